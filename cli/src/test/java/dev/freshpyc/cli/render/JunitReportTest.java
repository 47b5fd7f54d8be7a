package dev.freshpyc.cli.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshpyc.cli.CommandLineRun;
import dev.freshpyc.cli.Pairs;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xml.sax.SAXException;

/** The documents of {@code audit --format junit} follow the published schema of Surefire reports. */
class JunitReportTest {

    private static final String SCHEMA = "surefire-test-report.xsd";

    @TempDir
    Path directory = Path.of("");

    private Pairs tree() {
        return new Pairs(directory);
    }

    private String report(Object... more) throws Exception {
        String document = CommandLineRun.of("audit", "--no-index", "--format", "junit", more)
                .out();
        Schemas.requireXml(SCHEMA, document);
        return document;
    }

    @Test
    void findingsAreFailuresAndUselessFilesAreSkipped() throws Exception {
        tree().fresh("a")
                .stale("b")
                .impostor("c")
                .file("__pycache__/gone.cpython-311.pyc", Pairs.header(3495, 0, 1, 1), (byte) 0xe3);

        String report = report("--all", directory, directory.resolve("none"));

        assertThat(report)
                .contains(
                        "<testsuite name=\"freshpyc audit\" tests=\"6\" errors=\"1\" skipped=\"1\" failures=\"2\">",
                        "<failure message=\"stale (mtime)\" type=\"stale\">",
                        "<error message=\"could not be read: ENOENT\" type=\"unreadable\"/>",
                        "<testcase name=\"__pycache__/a.cpython-311.pyc\" classname=\"" + directory + "\" time=\"0\">"
                                + "</testcase>");
    }

    @Test
    void aTreeWithoutFindingsHasACaseThatPasses() throws Exception {
        tree().fresh("a");

        assertThat(report(directory)).contains("tests=\"1\"", "failures=\"0\"", "<system-out>1 pyc: 1 fresh");
    }

    @Test
    void everyFileNameIsEscaped() throws Exception {
        tree().stale("<a href=\"x\">&'").stale("p\udcff/new\nline\u001b").stale("]]>\u202e\ufffe");

        assertThat(report(directory))
                .contains("&lt;a href=&quot;x", "p\\xff/__pycache__/new\\nline\\x1b")
                .doesNotContain("<a href");
    }

    @Test
    void anAuditOfTooFewFilesIsAnError() throws Exception {
        tree().fresh("a");

        assertThat(report("--min-files", "9", directory))
                .contains(
                        "tests=\"2\" errors=\"1\"",
                        "<error message=\"1 bytecode file judged, but --min-files asks for 9\" type=\"incomplete\"/>");
    }

    @Test
    void theSchemaRejectsAnInvalidDocument() {
        assertThatThrownBy(() -> Schemas.requireXml(SCHEMA, "<testsuite name=\"a\"/>"))
                .isInstanceOf(SAXException.class);
    }
}
