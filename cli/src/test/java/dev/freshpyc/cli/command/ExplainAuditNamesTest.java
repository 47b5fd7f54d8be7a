package dev.freshpyc.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshpyc.cli.CommandLineRun;
import dev.freshpyc.cli.Pairs;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code explain} accepts every name that {@code audit} shows. */
class ExplainAuditNamesTest {

    private static final Pattern FINDING = Pattern.compile("(/.*?)(?::1)?: [a-z-]+ \\([a-z-]+\\)(?:: .*)?");
    private static final Pattern DIRECTORY = Pattern.compile(" {2}(?!\\d+ pycs?:)(\\S.*): \\d+ .*");

    private static final List<String> NAMES = List.of(
            "back\\slash",
            "a\\x41",
            "a\\n",
            "new\nline",
            "tab\tr\r",
            "esc\u001b[31m",
            "bytes\udcff\udc80",
            "rtl\u202e",
            "caf\u00e9",
            "\ud83d\ude00",
            "\ue000",
            "\u0085",
            "two\\\\",
            "end\\",
            "-dash",
            "sp ace");

    @TempDir
    Path directory = Path.of("");

    @Test
    void everyNameOfTheReportIsExplained() throws Exception {
        Path root = directory.toRealPath();
        for (int i = 0; i < NAMES.size(); i++) {
            new Pairs(root.resolve("e" + i))
                    .stale("d/" + NAMES.get(i))
                    .stale(NAMES.get(i) + "/m")
                    .file("__pycache__/untagged" + NAMES.get(i) + ".pyc", new byte[16])
                    .file("u/__pycache__/" + NAMES.get(i) + ".cpython-311.pyc", new byte[16])
                    .file("t/__pycache__/" + NAMES.get(i) + ".cpython-311-pytest-8.3.4.pyc", new byte[16])
                    .file("l/" + NAMES.get(i) + ".pyc", new byte[3]);
        }

        for (int i = 0; i < NAMES.size(); i++) {
            List<String> shown = names(root.resolve("e" + i));
            assertThat(shown).as(NAMES.get(i)).hasSize(10);
            for (String name : shown) {
                CommandLineRun run = CommandLineRun.of("explain", "--no-index", name);
                assertThat(run.code()).as(name + run.err()).isZero();
            }
        }
    }

    @Test
    void twoNamesThatAreShownAlikeAreBothExplained() throws Exception {
        Pairs tree = new Pairs(directory.toRealPath()).stale("a\\n").fatal("a\n");

        assertThat(CommandLineRun.of("explain", "--no-index", tree.root() + "/a\\n.py")
                        .out())
                .contains("/a\\\\n.py\n", "stale (mtime)", "/a\\n.py\n", "fatal (empty-body)");
    }

    @Test
    void explainNamesTheFileThatIsImportedInPlaceOfAHiddenOne() throws Exception {
        Pairs tree = new Pairs(directory.toRealPath())
                .source("some.py")
                .file("some/__init__.pyc", Pairs.header(3495, 0, Pairs.MTIME, 6), (byte) 0xe3)
                .source("taken.py")
                .stale("taken/m");

        assertThat(CommandLineRun.of("explain", "--no-index", tree.at("some.py"))
                        .out())
                .contains(
                        "imports   find " + tree.root() + "/some/__init__.pyc in place of this source",
                        "bytecode  none, and none is needed");
        assertThat(CommandLineRun.of("explain", "--no-index", tree.at("some/__init__.pyc"))
                        .out())
                .contains("imports   find this package, and not " + tree.root() + "/some.py");
        assertThat(CommandLineRun.of("explain", "--no-index", tree.at("taken/m.py"))
                        .out())
                .contains("shadowed (module-beside)", "it imports " + tree.root() + "/taken.py instead");
    }

    /** The paths of the files and directories that the text report names. */
    private static List<String> names(Path root) {
        CommandLineRun run = CommandLineRun.of("audit", "--no-index", "--format", "text", root);
        return run.lines().stream()
                .flatMap(line -> {
                    Matcher finding = FINDING.matcher(line);
                    Matcher below = DIRECTORY.matcher(line);
                    return finding.matches()
                            ? Stream.of(finding.group(1))
                            : below.matches() ? Stream.of(root + "/" + below.group(1)) : Stream.of();
                })
                .toList();
    }
}
