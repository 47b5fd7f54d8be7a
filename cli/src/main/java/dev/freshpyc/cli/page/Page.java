package dev.freshpyc.cli.page;

import dev.freshpyc.core.verdict.Verdict;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One page, in Markdown, or a JSON Schema.
 *
 * @param name the name of its file, without the folder, {@code .md} and {@code .json}
 */
public record Page(String name, String text) {

    /** The page that lists all others. */
    public static final String INDEX = "index";

    /** The folders of the pages, below the folder of this class: for subjects, verdicts, reasons and JSON Schemas. */
    private static final List<String> FOLDERS = List.of("", "verdicts/", "reasons/", "schema/");

    private static final String HEADING = "## ";

    private static final Pattern PARAGRAPH = Pattern.compile("\n\n+");

    private static final Pattern LINK = Pattern.compile("\\[([^\\]]+)]\\([^)]+\\)");

    private static final Pattern NAME = Pattern.compile("[a-z][a-z-]*[0-9]*");

    /** The page of a name; empty where there is none. */
    public static Optional<Page> of(String name) {
        return NAME.matcher(name).matches()
                ? FOLDERS.stream()
                        .flatMap(folder -> read(folder + name))
                        .findFirst()
                        .map(text -> new Page(name, text))
                : Optional.empty();
    }

    /** The names of the pages about a verdict: the page of its kind, and that of its reason. An error of the system has no page. */
    public static List<String> about(Verdict verdict) {
        return Stream.of(verdict.kind().label(), verdict.reason().label())
                .distinct()
                .filter(name -> NAME.matcher(name).matches())
                .toList();
    }

    /** The first paragraph below the title. */
    public String summary() {
        return plain(PARAGRAPH.splitAsStream(text).skip(1).findFirst().orElse(""));
    }

    /** The text below a heading of the second level, without examples; empty where there is no such heading. */
    public String section(String heading) {
        return PARAGRAPH
                .splitAsStream(text)
                .dropWhile(part -> !part.equals(HEADING + heading))
                .skip(1)
                .takeWhile(part -> !part.startsWith(HEADING))
                .filter(part -> !part.startsWith("```") && !part.startsWith("<!--"))
                .map(Page::plain)
                .collect(Collectors.joining("\n\n"));
    }

    /** The text without its links, which lead to other pages. */
    public String withoutLinks() {
        return LINK.matcher(text).replaceAll("$1");
    }

    private static String plain(String paragraph) {
        return LINK.matcher(paragraph).replaceAll("$1").replace('\n', ' ').strip();
    }

    private static Stream<String> read(String file) {
        return Stream.of(".md", ".json").flatMap(suffix -> resource(file + suffix));
    }

    private static Stream<String> resource(String file) {
        try (@Nullable InputStream page = Page.class.getResourceAsStream(file)) {
            return page == null ? Stream.empty() : Stream.of(new String(page.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
