package dev.freshpyc.cli.render;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshpyc.cli.CommandLineRun;
import dev.freshpyc.cli.Pairs;
import dev.freshpyc.cli.oracle.Interpreters;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The headline of {@code audit --format html} says what happens to the files, and what is not known about them. */
class HeadlineTest {

    private static final byte CODE_TYPE = (byte) 0xe3;

    @TempDir
    private Path directory = Path.of("");

    private Pairs tree() {
        return new Pairs(directory);
    }

    private String page(Object... words) {
        return CommandLineRun.of("audit", "--no-index", "--format", "html", words)
                .out();
    }

    private String headline(Object... words) {
        String page = page(words);
        return page.substring(page.indexOf("<h1>") + 4, page.indexOf("</h1>"));
    }

    @Test
    void bytecodeThatFailsWithoutASourceIsNotSlow() throws Exception {
        tree().file("m.pyc", new byte[2]).stale("a");

        assertThat(headline(directory))
                .isEqualTo("1 of 2 bytecode files runs wrong code or fails; 1 slows every start down");
        assertThat(page(directory)).contains("<span class=\"mark error\"></span>malformed");
    }

    @Test
    void bytecodeThatLoadsWithoutASourceIsOfUse() throws Exception {
        tree().file("m.pyc", Pairs.header(3495, 0, 1, 1), CODE_TYPE);
        Path python = Interpreters.required("cpython 3.11").executable();

        assertThat(headline("--python", python, directory)).isEqualTo("1 of 1 bytecode file has no source");
        assertThat(page("--python", python, directory)).contains("of no use, or without a source</span>");
    }

    @Test
    void uselessFilesAreNamedIfNothingIsWorse() throws Exception {
        tree().fresh("a").file("__pycache__/gone.cpython-311.pyc", Pairs.header(3495, 0, 1, 1), CODE_TYPE);

        assertThat(headline(directory)).isEqualTo("1 of 2 bytecode files is of no use");
    }

    /** GraalPy's hash function is unknown. */
    @Test
    void aFileThatCouldNotBeJudgedIsNotCalledUseless() throws Exception {
        tree().source("m.py");
        try (InputStream file = getClass().getResourceAsStream("/dev/freshpyc/cli/command/m.graalpy242-311.pyc")) {
            byte[] bytecode = Objects.requireNonNull(file).readAllBytes();
            bytecode[4] = 3; // a checked hash
            tree().file("__pycache__/m.graalpy242-311.pyc", bytecode);
        }

        assertThat(headline(directory)).isEqualTo("1 of 1 bytecode file could not be judged");
        assertThat(page(directory)).contains("slow starts, or not judged</span>");
    }

    @Test
    void aFileThatCannotBeReadIsNotCalledSlow() throws Exception {
        tree().fresh("a").source("b.py");
        Files.createSymbolicLink(
                Files.createDirectories(tree().at("__pycache__")).resolve("b.cpython-311.pyc"),
                Path.of("x".repeat(300))); // a link that the system does not follow, since the name is too long

        assertThat(headline(directory))
                .isEqualTo("Nothing is amiss with 1 bytecode file; 1 file or directory could not be read");
    }

    @Test
    void aPathThatCannotBeReadIsNamed() throws IOException {
        assertThat(headline(directory.resolve("none"))).isEqualTo("1 path could not be read");
        tree().fresh("a");
        assertThat(headline(directory, directory.resolve("none")))
                .isEqualTo("Nothing is amiss with 1 bytecode file; 1 path could not be read");
    }

    @Test
    void theHeadlineOfATreeWithoutBytecodeSaysSo() {
        assertThat(headline(directory)).isEqualTo("There is no bytecode");
        assertThat(page(directory)).doesNotContain("<h2>Verdicts</h2>");
    }

    @Test
    void knownFindingsAreMentioned() throws Exception {
        Path old = directory.resolve("old.json");
        tree().stale("a").fresh("b");
        Files.writeString(
                old, CommandLineRun.of("audit", "--format", "json", directory).out());

        assertThat(headline("--baseline", old, directory))
                .isEqualTo("Nothing new is amiss with 2 bytecode files; 1 finding was known before");
    }

    @Test
    void anAuditOfTooFewFilesIsCalledIncomplete() throws Exception {
        tree().fresh("a");

        assertThat(headline("--min-files", "9", directory))
                .isEqualTo("Nothing is amiss with 1 bytecode file; the audit is incomplete");
        assertThat(page("--min-files", "9", directory))
                .contains("<p>Not complete: 1 bytecode file judged, but --min-files asks for 9.</p>");
    }
}
