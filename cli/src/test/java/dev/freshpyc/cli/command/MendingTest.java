package dev.freshpyc.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshpyc.cli.CommandLineRun;
import dev.freshpyc.cli.Pairs;
import dev.freshpyc.cli.oracle.Interpreters;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** {@code explain} ends with the commands that mend a file. Run as printed, the commands leave no finding. */
@EnabledOnOs(OS.LINUX)
class MendingTest {

    private static final String HEADING = "To mend:";
    private static final byte CODE_TYPE = (byte) 0xe3;

    @TempDir
    Path directory = Path.of("");

    private Path lib = Path.of("");
    private Path index = Path.of("");
    private String python = "";

    @BeforeEach
    void findPython() throws IOException {
        lib = Files.createDirectory(directory.toRealPath().resolve("it's a \"lib\" & 'more'"));
        index = directory.resolve("index of $HOME");
        python = Interpreters.assumed("cpython 3.11").executable().toString();
    }

    @Test
    void everyFindingOfASourceIsMended() throws Exception {
        byte[] foreign = Pairs.header(3400, 0, Pairs.MTIME, 6);
        byte[] flags = Pairs.header(3495, 12, Pairs.MTIME, 6);
        tree().stale("stale/a")
                .impostor("impostor/a")
                .fatal("fatal/a")
                .pair("foreign/a", foreign, CODE_TYPE)
                .pair("malformed/a", flags, CODE_TYPE)
                .stale("line\nfeed/tab\t\u202e/-a")
                .stale("-dash/a");

        for (String stem : List.of(
                "stale/a",
                "impostor/a",
                "fatal/a",
                "foreign/a",
                "malformed/a",
                "line\nfeed/tab\t\u202e/-a",
                "-dash/a")) {
            requireCommandsMend(tree().at(Pairs.cached(stem)));
        }
        assertThat(findings()).isEmpty();
    }

    @Test
    void bytecodeWithoutASourceIsRemoved() throws Exception {
        byte[] good = Pairs.header(3495, 0, Pairs.MTIME, 6);
        tree().file("__pycache__/gone $(x).cpython-311.pyc", good, CODE_TYPE)
                .file("__pycache__/untagged.pyc", good, CODE_TYPE)
                .file("old.pyc", Pairs.header(3495, 0, Pairs.MTIME, 6));

        for (String name : List.of("__pycache__/gone $(x).cpython-311.pyc", "__pycache__/untagged.pyc", "old.pyc")) {
            requireCommandsMend(lib.resolve(name));
        }
        assertThat(findings()).isEmpty();
    }

    @Test
    void aFileWithAHardLinkIsMended() throws Exception {
        tree().stale("a");
        Files.createLink(directory.resolve("elsewhere"), lib.resolve(Pairs.cached("a")));

        requireCommandsMend(lib.resolve("a.py"));
        assertThat(findings()).isEmpty();
    }

    @Test
    void aNeedlessFileIsMendedWithTheIndexOfItsEntry() throws Exception {
        tree().source("pkg/a.py");
        tree().source("pkg/__init__.py");
        compile(lib.resolve("pkg"));
        CommandLineRun.of("refresh", "-q", "--index", index, lib);
        Files.setLastModifiedTime(lib.resolve("pkg/a.py"), FileTime.fromMillis(0));

        assertThat(explain(lib.resolve("pkg/a.py")).out()).contains("verdict   needless (mtime), evidence: index");
        requireCommandsMend(lib.resolve("pkg/a.py"));
        assertThat(findings()).isEmpty();
    }

    @Test
    void aDirectoryIsMendedWithAllItsFiles() throws Exception {
        tree().stale("pkg/a").fatal("pkg/b").file("pkg/__pycache__/c.cpython-311.pyc", new byte[16]);

        CommandLineRun run = explain(lib.resolve("pkg"));

        assertThat(run.out())
                .contains(
                        lib + "/pkg/__pycache__/a.cpython-311.pyc  stale (mtime): distrusts it and compiles the source",
                        lib + "/pkg/__pycache__/b.cpython-311.pyc  fatal (empty-body): fails",
                        lib + "/pkg/__pycache__/c.cpython-311.pyc  orphaned (no-source): never reads it");
        assertThat(commands(run)).hasSize(2);
        requireCommandsMend(lib.resolve("pkg"));
        assertThat(findings()).isEmpty();
    }

    @Test
    void aMemberIsMendedWithItsArchive() throws Exception {
        Path archive = lib.resolve("an archive.zip");
        tree().source("a.py");
        compile(lib);
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(archive))) {
            zip.putNextEntry(new ZipEntry("a.py"));
            zip.write("a = 2\n".getBytes(StandardCharsets.US_ASCII));
            zip.putNextEntry(new ZipEntry("a.pyc"));
            zip.write(Files.readAllBytes(lib.resolve(Pairs.cached("a"))));
        }
        Path member = lib.resolve("an archive.zip!/a.pyc");

        assertThat(explain(member).out())
                .contains(
                        "verdict   stale (mtime)", "to fix    compile the source with the interpreter that imports it");
        requireCommandsMend(member);
        assertThat(explain(member).out()).contains("verdict   fresh").doesNotContain(HEADING);
    }

    @Test
    void aFreshFileNeedsNoCommand() throws Exception {
        tree().source("a.py");
        compile(lib);

        assertThat(explain(lib.resolve("a.py")).out())
                .contains("verdict   fresh")
                .doesNotContain(HEADING);
    }

    /** A repair leaves these files, so no command is promised; the reason has the words of the repair. */
    @Test
    void aFileThatARepairLeavesGetsTheReasonAndNoCommand() throws Exception {
        Path outside = Files.writeString(directory.toRealPath().resolve("outside.py"), "x = 1\n");
        tree().stale("link/a").source("absent/a.py");
        Files.delete(lib.resolve("link/a.py"));
        Files.createSymbolicLink(lib.resolve("link/a.py"), outside);
        byte[] old = Arrays.copyOf(Pairs.header(3230, 0, 0, 0), 12);
        tree().file("absent/__pycache__/a.cpython-33.pyc", old, CODE_TYPE);

        requireSameReason(lib.resolve("link"), "symbolic-link (a.py leads to " + outside + ")");
        requireSameReason(lib.resolve("absent"), "no-interpreter (");
    }

    private void requireSameReason(Path place, String begin) {
        String explained = explain(place.resolve("a.py")).out();
        assertThat(explained).contains("  repair    leaves it: " + begin).doesNotContain(HEADING);
        String reason =
                explained.replaceFirst("(?s).*  repair    leaves it: ", "").replaceFirst("(?s)\n.*", "");
        assertThat(explain(place).out())
                .contains("; repair leaves it: " + reason)
                .doesNotContain(HEADING);

        assertThat(CommandLineRun.of("repair", "--python", python, "--index", index, place)
                        .out())
                .contains("left: " + reason);
    }

    @Test
    void explainAndAuditTakeTheSameVerdictFromTheIndex() throws Exception {
        tree().source("needless.py").source("impostor.py");
        compile(lib);
        CommandLineRun.of("refresh", "-q", "--index", index, lib);
        Files.setLastModifiedTime(lib.resolve("needless.py"), FileTime.fromMillis(1));
        FileTime time = Files.getLastModifiedTime(lib.resolve("impostor.py"));
        Files.writeString(lib.resolve("impostor.py"), "x = 2\n");
        Files.setLastModifiedTime(lib.resolve("impostor.py"), time);

        String audit = CommandLineRun.of("audit", "--index", index, lib).out();

        assertThat(audit).contains("needless (mtime)", "impostor (content)");
        assertThat(explain(lib.resolve("needless.py")).out()).contains("verdict   needless (mtime), evidence: index");
        assertThat(explain(lib.resolve("impostor.py")).out()).contains("verdict   impostor (content), evidence: index");
        requireCommandsMend(lib.resolve("needless.py"));
        assertThat(CommandLineRun.of("audit", "--index", index, "--format", "jsonl", lib)
                        .lines())
                .isEmpty();
    }

    private Pairs tree() {
        return new Pairs(lib);
    }

    private CommandLineRun explain(Path file) {
        return CommandLineRun.of("explain", "--python", python, "--index", index, file);
    }

    private List<String> findings() {
        return CommandLineRun.of("audit", "--no-index", "--format", "jsonl", lib)
                .lines();
    }

    private void requireCommandsMend(Path file) throws Exception {
        List<String> commands = commands(explain(file));
        assertThat(commands).as(file.toString()).isNotEmpty();
        for (String command : commands) {
            List<String> words = words(command);
            if (words.getFirst().equals("freshpyc")) {
                CommandLineRun run = CommandLineRun.of(words.subList(1, words.size()));
                assertThat(run.code())
                        .as(command + "\n" + run.out() + run.err())
                        .isZero();
            } else {
                assertThat(new ProcessBuilder(words).start().waitFor())
                        .as(command)
                        .isZero();
            }
        }
        if (Files.exists(file)) {
            assertThat(explain(file).out()).doesNotContain(HEADING);
        }
    }

    private static List<String> commands(CommandLineRun run) {
        List<String> lines = run.lines();
        int heading = lines.indexOf(HEADING);
        return heading < 0
                ? List.of()
                : lines.subList(heading + 1, lines.size()).stream()
                        .map(String::strip)
                        .toList();
    }

    /** Splits a command into words as a shell does. */
    private static List<String> words(String command) throws IOException {
        Process shell = new ProcessBuilder("bash", "-c", "printf '%s\\0' " + command).start();
        String words = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return List.of(words.substring(0, words.length() - 1).split("\0", -1));
    }

    private void compile(Path tree) throws IOException, InterruptedException {
        Process compiler = new ProcessBuilder(python, "-m", "compileall", "-q", tree.toString())
                .redirectErrorStream(true)
                .start();
        String output = new String(compiler.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(compiler.waitFor()).as(output).isZero();
    }
}
