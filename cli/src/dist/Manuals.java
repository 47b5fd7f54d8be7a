import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.commonmark.ext.gfm.tables.TableBlock;
import org.commonmark.ext.gfm.tables.TableHead;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.BulletList;
import org.commonmark.node.Code;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.Heading;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.node.OrderedList;
import org.commonmark.node.Paragraph;
import org.commonmark.node.SoftLineBreak;
import org.commonmark.node.StrongEmphasis;
import org.commonmark.node.Text;
import org.commonmark.parser.Parser;

/**
 * Copies the pages of the documentation into the distribution, and makes manual pages of section 7 from them: {@code
 * freshpyc-evidence.7} from {@code evidence.md}. An element of Markdown that no page has used before ends the build, so that no text
 * is lost in silence.
 *
 * <p>Arguments: the directory of the pages, the directory of the distribution, and the date of the build.
 */
final class Manuals {

    /** Columns of a line of the file; mandoc(1) advises against more than 80. */
    private static final int WIDTH = 78;

    private static final Pattern SENTENCE_END = Pattern.compile("[^.][.?:]$");

    private final StringBuilder page = new StringBuilder();

    public static void main(String[] args) throws IOException {
        Path pages = Path.of(args[0]);
        Path manuals = Files.createDirectories(Path.of(args[1], "share", "man", "man7"));
        Path documents = Path.of(args[1], "share", "doc", "freshpyc");
        Parser parser =
                Parser.builder().extensions(List.of(TablesExtension.create())).build();
        try (Stream<Path> files = Files.walk(pages)) {
            for (Path file : files.filter(path -> path.toString().matches(".*\\.(md|json)"))
                    .sorted()
                    .toList()) {
                if (file.toString().endsWith(".md")) {
                    String name = "freshpyc-" + file.getFileName().toString().replace(".md", "");
                    Manuals manual = new Manuals();
                    manual.write(name, args[2], parser.parse(Files.readString(file)));
                    Files.writeString(manuals.resolve(name + ".7"), manual.page);
                }
                Path copy = documents.resolve(pages.relativize(file).toString());
                Files.createDirectories(copy.getParent());
                Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    private void write(String name, String date, Node document) {
        Node title = document.getFirstChild();
        line(".TH " + text(name.toUpperCase(Locale.ROOT)) + " 7 " + date + " freshpyc \"freshpyc\"");
        line(".SH NAME");
        line(text(name) + " \\- " + inline(title));
        line(".SH DESCRIPTION");
        for (Node node = title.getNext(); node != null; node = node.getNext()) {
            block(node);
        }
    }

    private void block(Node node) {
        switch (node) {
            case Heading heading -> line((heading.getLevel() == 2 ? ".SH " : ".SS ") + "\"" + inline(heading) + "\"");
            case Paragraph paragraph -> {
                gap();
                lines(inline(paragraph));
            }
            case FencedCodeBlock code -> {
                gap();
                line(".in +4n");
                line(".nf");
                code.getLiteral()
                        .lines()
                        .map(Manuals::text)
                        .map(Manuals::protect)
                        .forEach(this::line);
                line(".fi");
                line(".in");
            }
            case BulletList list -> children(list).forEach(item -> item("\\(bu 2", item));
            case OrderedList list -> {
                int number = 1;
                for (Node item : children(list)) {
                    item(number++ + ". 4", item);
                }
            }
            case TableBlock table -> table(table);
            default -> throw new IllegalStateException("no manual page can have a " + node);
        }
    }

    /** The gap before a paragraph; a heading has one of its own. */
    private void gap() {
        if (!page.substring(page.lastIndexOf("\n", page.length() - 2) + 1).startsWith(".S")) {
            line(".PP");
        }
    }

    private void item(String mark, Node item) {
        line(".IP " + mark);
        for (Node part : children(item)) {
            lines(inline(part));
        }
    }

    /** A row becomes a paragraph under its first cell: roff's tables do not fit into a terminal. */
    private void table(TableBlock table) {
        List<String> names = new ArrayList<>();
        for (Node part : children(table)) {
            for (Node row : children(part)) {
                List<String> cells = children(row).stream().map(this::inline).toList();
                if (part instanceof TableHead) {
                    names.addAll(cells);
                } else {
                    line(".TP");
                    line(cells.getFirst());
                    lines(
                            cells.size() == 2
                                    ? cells.getLast()
                                    : IntStream.range(1, cells.size())
                                            .mapToObj(i -> names.get(i) + ": " + cells.get(i))
                                            .collect(Collectors.joining("; ")));
                }
            }
        }
    }

    private String inline(Node parent) {
        return children(parent).stream().map(this::word).collect(Collectors.joining());
    }

    private String word(Node node) {
        return switch (node) {
            case Text words -> text(words.getLiteral());
            case Code code -> "\\fB" + text(code.getLiteral()) + "\\fR";
            case StrongEmphasis strong -> "\\fB" + inline(strong) + "\\fR";
            case SoftLineBreak _ -> " ";
            case Link link -> inline(link) + reference(link.getDestination());
            default -> throw new IllegalStateException("no manual page can have a " + node);
        };
    }

    private static String reference(String destination) {
        String file = destination.replaceAll("#.*|.*/|\\.md", "");
        return file.isEmpty() ? "" : " (\\fBfreshpyc\\-" + text(file) + "\\fR(7))";
    }

    /** One sentence a line, as roff needs it to space sentences; long ones are broken. */
    private void lines(String words) {
        StringBuilder line = new StringBuilder();
        for (String word : words.split(" +")) {
            boolean full = !line.isEmpty() && line.length() + 1 + word.length() > WIDTH;
            if (full || SENTENCE_END.matcher(line).find()) {
                line(protect(line.toString()));
                line.setLength(0);
            }
            line.append(line.isEmpty() ? word : " " + word);
        }
        line(protect(line.toString()));
    }

    private void line(String words) {
        page.append(words).append('\n');
    }

    private static List<Node> children(Node parent) {
        List<Node> nodes = new ArrayList<>();
        for (Node node = parent.getFirstChild(); node != null; node = node.getNext()) {
            nodes.add(node);
        }
        return nodes;
    }

    /** A line that begins with a dot or an apostrophe would be a request. */
    private static String protect(String line) {
        return line.startsWith(".") || line.startsWith("'") ? "\\&" + line : line;
    }

    private static final Map<Character, String> ESCAPES =
            Map.of('\\', "\\e", '-', "\\-", '\'', "\\(aq", '^', "\\(ha", '~', "\\(ti", '`', "\\(ga", '"', "\\(dq");

    private static String text(String words) {
        return words.chars()
                .mapToObj(c -> ESCAPES.getOrDefault(
                        (char) c, c < 128 ? String.valueOf((char) c) : String.format("\\[u%04X]", c)))
                .collect(Collectors.joining());
    }
}
