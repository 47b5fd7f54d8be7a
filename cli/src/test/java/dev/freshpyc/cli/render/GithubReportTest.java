package dev.freshpyc.cli.render;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshpyc.cli.CommandLineRun;
import dev.freshpyc.cli.Pairs;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code audit --format github}: the workflow commands of GitHub Actions. */
class GithubReportTest {

    @TempDir
    Path directory = Path.of("");

    private List<String> report(String... more) {
        return CommandLineRun.of("audit", "--no-index", "--format", "github", more, directory)
                .lines();
    }

    @Test
    void aFindingIsAnAnnotation() throws Exception {
        new Pairs(directory).stale("a").impostor("b").fresh("c");

        assertThat(report("--all"))
                .containsExactly(
                        "::warning file=" + directory
                                + "/a.py,line=1,title=stale (mtime)::__pycache__/a.cpython-311.pyc is"
                                + " stale (mtime): the interpreter distrusts it and compiles the source.%0ATo fix: compile"
                                + " the source with that interpreter.",
                        "::error file=" + directory
                                + "/b.py,line=1,title=impostor (hash)::__pycache__/b.cpython-311.pyc is"
                                + " impostor (hash): the interpreter loads it by its header; the body could not be read to"
                                + " its end.%0ATo fix: compile the source with that interpreter.",
                        "::notice title=freshpyc audit::3 pycs judged, 2 findings.");
    }

    @Test
    void anAuditOfTooFewFilesIsAnError() throws Exception {
        new Pairs(directory).fresh("a");

        assertThat(report("--min-files", "9"))
                .containsExactly(
                        "::error title=freshpyc audit::1 bytecode file judged, but --min-files asks for 9",
                        "::notice title=freshpyc audit::1 pyc judged, 0 findings.");
    }

    /** A name cannot end the property or the line that contains the name. */
    @Test
    void everyFileNameIsEscaped() throws Exception {
        new Pairs(directory).stale("100%0A,title=x::y\n::error::z");

        assertThat(report())
                .hasSize(2)
                .first()
                .asString()
                .startsWith("::warning file=" + directory
                        + "/100%250A%2Ctitle=x%3A%3Ay\\n%3A%3Aerror%3A%3Az.py,line=1,title=stale"
                        + " (mtime)::__pycache__/100%250A,title=x::y\\n::error::z.cpython-311.pyc is");
    }
}
