package dev.freshpyc.cli.render;

import dev.freshpyc.cli.page.Page;
import dev.freshpyc.core.verdict.Verdict;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.core.JsonGenerator;

/**
 * A rule of a SARIF report: a verdict with its reason. The help texts are those of the pages about the two.
 *
 * @param pages the page of the verdict and that of the reason, where each has one
 */
record SarifRule(Verdict.Kind kind, String id, List<Page> pages) {

    private static final Pattern WORD = Pattern.compile("[^A-Za-z0-9]+");

    static SarifRule of(Verdict verdict) {
        return new SarifRule(
                verdict.kind(),
                id(verdict),
                Page.about(verdict).stream()
                        .map(Page::of)
                        .flatMap(Optional::stream)
                        .toList());
    }

    /** The rule about directories and files that hide bytecode from the user of an audit. */
    static SarifRule ofObstacles() {
        return new SarifRule(
                Verdict.Kind.UNREADABLE,
                AccessObstacle.LABEL,
                Page.of(Verdict.Kind.UNREADABLE.label()).stream().toList());
    }

    static String id(Verdict verdict) {
        return verdict.kind().label() + "/" + verdict.reason();
    }

    void write(JsonGenerator json) {
        json.writeStartObject();
        json.writeStringProperty("id", id);
        json.writeStringProperty("name", name());
        text(json, "shortDescription", summary());
        text(json, "fullDescription", join(Stream.of(summary(), sections("What Python does"))));
        json.writeObjectPropertyStart("help");
        json.writeStringProperty("text", join(Stream.of(sections("What to do"))));
        json.writeStringProperty(
                "markdown", pages.stream().map(Page::withoutLinks).collect(Collectors.joining("\n")));
        json.writeEndObject();
        json.writeObjectPropertyStart("defaultConfiguration");
        json.writeStringProperty("level", Severity.of(kind).sarif());
        json.writeEndObject();
        json.writeEndObject();
    }

    private String summary() {
        return pages.isEmpty() ? id : pages.getFirst().summary();
    }

    /** A section of each page; a page about a reason may repeat what the page about the verdict says. */
    private String sections(String heading) {
        String sections = "";
        for (Page page : pages) {
            String section = page.section(heading);
            if (!sections.contains(section)) {
                sections = join(Stream.of(sections, section));
            }
        }
        return sections;
    }

    private static String join(Stream<String> parts) {
        return parts.filter(part -> !part.isEmpty()).collect(Collectors.joining("\n\n"));
    }

    /** The id in the form of a symbol: {@code StaleMtime}. */
    private String name() {
        return WORD.splitAsStream(id)
                .filter(word -> !word.isEmpty())
                .map(word -> word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1))
                .collect(Collectors.joining());
    }

    private static void text(JsonGenerator json, String name, String text) {
        json.writeObjectPropertyStart(name);
        json.writeStringProperty("text", text);
        json.writeEndObject();
    }
}
