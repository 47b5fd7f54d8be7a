package dev.freshpyc.perf.report;

import dev.freshpyc.perf.measure.Claim;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The file with the figures of all benches, and the pictures beside it. A section that is measured again replaces the older one
 * of its title; the others stay, so that a slow machine can measure a few sections at a time.
 *
 * @param folder of {@value #FILE} and of the folder {@value #PICTURES}
 * @param titles the order of the sections
 * @param command how all of it is measured again
 */
public record ResultsFile(Path folder, List<String> titles, String command) {

    static final String FILE = "RESULTS.md";
    static final String PICTURES = "results";
    static final String HEADING = "## ";

    private static final Pattern SECTION = Pattern.compile("(?m)^(?=" + HEADING + ")");

    public ResultsFile {
        titles = List.copyOf(titles);
    }

    /** Writes a section and its pictures. */
    public void put(Section section) throws IOException {
        Files.createDirectories(folder.resolve(PICTURES));
        for (Content content : section.contents()) {
            if (content instanceof Content.Picture picture) {
                Files.writeString(folder.resolve(PICTURES).resolve(picture.file()), picture.svg());
            }
        }
        Map<String, String> sections = sections();
        sections.put(section.title(), section.markdown());
        Files.writeString(folder.resolve(FILE), document(sections));
    }

    private Map<String, String> sections() throws IOException {
        Map<String, String> sections = new LinkedHashMap<>();
        Path file = folder.resolve(FILE);
        if (Files.exists(file)) {
            for (String part : SECTION.split(Files.readString(file), -1)) {
                if (part.startsWith(HEADING)) {
                    String title = part.substring(HEADING.length(), part.indexOf('\n'));
                    sections.put(title, part.stripTrailing() + "\n");
                }
            }
        }
        return sections;
    }

    private String document(Map<String, String> sections) {
        List<String> present = new ArrayList<>();
        for (String title : titles) {
            String section = sections.get(title);
            if (section != null) {
                present.add(section);
            }
        }
        String body = String.join("\n", present);
        return "# Results of the benches\n\nMeasured by one command after `mvn -B -q package -DskipTests`:\n\n```\n"
                + command
                + "\n```\n\n" + Claim.FALSIFIED_BY + "\n"
                + count(body, Section.HELD) + " claims are held, " + count(body, Section.MISSED) + " are missed.\n\n"
                + body;
    }

    private static long count(String body, String judgement) {
        return body.lines()
                .filter(line -> line.contains(" | " + judgement + " | "))
                .count();
    }
}
