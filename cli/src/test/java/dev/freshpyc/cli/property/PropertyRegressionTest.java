package dev.freshpyc.cli.property;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.freshpyc.cli.CommandLineRun;
import dev.freshpyc.cli.oracle.Interpreter;
import dev.freshpyc.cli.oracle.Interpreters;
import dev.freshpyc.cli.property.ModuleScenario.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Defects that the random trees of {@link RepairPropertyTest} found, as minimal cases. */
class PropertyRegressionTest {

    private static final List<Interpreter> PYTHONS =
            Interpreters.all().stream().filter(Interpreter::hasFlags).toList();

    private static final FileTime OLD = FileTime.fromMillis(1_600_000_000_000L);
    private static final FileTime LATER = FileTime.fromMillis(1_700_000_000_000L);
    private static final FileTime ZERO = FileTime.fromMillis(0);

    @TempDir
    private Path directory;

    private Path root = Path.of("");
    private Path source = Path.of("");
    private Path pyc = Path.of("");

    @BeforeEach
    void makeTree() throws IOException {
        assumeFalse(PYTHONS.isEmpty(), "NOT RUN: no CPython since 3.7");
        root = Files.createDirectory(directory.toRealPath().resolve("lib"));
        source = Files.writeString(root.resolve("a.py"), "x = 1\n");
        Files.setLastModifiedTime(source, OLD);
        pyc = root.resolve("__pycache__/a." + python().tag() + ".pyc");
    }

    /** A new header with mtime 0 matches only a source with mtime 0. */
    @Test
    void theSourceOfAMissingPycGetsMtimeZero() throws IOException {
        CommandLineRun run = repair("--to", "zero-mtime", "--zero-source-mtime", "--expect", python().tag());

        assertThat(run.code()).as(run.out() + run.err()).isZero();
        assertThat(pyc).exists();
        assertThat(Files.getLastModifiedTime(source)).isEqualTo(ZERO);
    }

    @Test
    void theSourceOfAPycThatIsAsWantedGetsMtimeZero() throws IOException {
        Files.setLastModifiedTime(source, ZERO);
        compile(Kind.TIMESTAMP);
        Files.setLastModifiedTime(source, LATER);

        CommandLineRun run = repair("--to", "zero-mtime", "--zero-source-mtime");

        assertThat(run.out()).contains("restamped: 0, recompiled: 0, mtimes of sources set: 1; 1 as-wanted");
        assertThat(Files.getLastModifiedTime(source)).isEqualTo(ZERO);
    }

    /** The interpreter still loads the wrong code, so the file counts as unrepaired. */
    @Test
    void anImpostorWhoseSourceDoesNotCompileIsUnrepaired() throws IOException {
        compile(Kind.UNCHECKED_HASH);
        Files.writeString(source, "def (:\n");

        CommandLineRun run = repair();

        assertThat(run.code()).as(run.out() + run.err()).isEqualTo(1);
        assertThat(run.out()).contains(pyc + "  left: syntax-error");
    }

    /** The interpreter compiles the source itself and reports the syntax error. */
    @Test
    void aStalePycWhoseSourceDoesNotCompileIsNoFailure() throws IOException {
        compile(Kind.TIMESTAMP);
        Files.writeString(source, "def (:\n");
        Files.setLastModifiedTime(source, LATER);

        CommandLineRun run = repair();

        assertThat(run.code()).as(run.out() + run.err()).isZero();
        assertThat(run.out()).contains("1 syntax-error");
        assertThat(run.out()).contains(source + ":1  does not compile: ");
    }

    @Test
    void aSourceThatDoesNotCompileIsNamedInJson() throws IOException {
        compile(Kind.TIMESTAMP);
        Files.writeString(source, "x = 1\ndef (:\n");
        Files.setLastModifiedTime(source, LATER);

        assertThat(repair("--format", "json").out())
                .contains("\"source_errors\":[{\"file\":\"" + source + "\",\"line\":2,\"message\":\"");
        assertThat(repair("--format", "jsonl").out())
                .contains("\"outcome\":\"does-not-compile\",\"line\":2,\"message\":\"")
                .endsWith("\"other_code_loads\":false}\n");
    }

    private static Interpreter python() {
        return PYTHONS.getFirst();
    }

    private void compile(Kind kind) throws IOException {
        Files.createDirectories(pyc.resolveSibling(""));
        new CodeOracle(python()).compile(List.of(new CodeOracle.Order(source, pyc, 0, kind)), directory);
    }

    private CommandLineRun repair(String... more) {
        return CommandLineRun.of(
                "repair", "--index", directory.resolve("index"), "--python", python().executable(), more, root);
    }
}
