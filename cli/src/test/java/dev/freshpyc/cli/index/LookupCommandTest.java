package dev.freshpyc.cli.index;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshpyc.cli.CommandLineRun;
import dev.freshpyc.cli.Pairs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code lookup}, {@code status} and {@code index}: reading and maintaining index files. */
@Timeout(60)
class LookupCommandTest {

    private final Path lib;
    private final Path index;
    private final Pairs tree;

    LookupCommandTest(@TempDir Path directory) throws IOException {
        lib = Files.createDirectories(directory.resolve("lib"));
        index = directory.resolve("index");
        tree = new Pairs(lib);
        tree.fresh("a").stale("pkg/b");
        CommandLineRun.of("refresh", "-q", "--index", index, lib);
    }

    @Test
    void aSourceAndABytecodeFileAreFound() {
        CommandLineRun run = CommandLineRun.of("lookup", "--index", index, tree.at("a.py"), tree.at(cached()));

        assertThat(run.code()).isZero();
        assertThat(run.lines()).hasSize(4);
        assertThat(run.lines().getFirst()).startsWith(lib + "/a.py: seen ").contains(" in " + lib);
        assertThat(run.lines().get(3)).startsWith("  cpython-311  ");
    }

    @Test
    void anUnknownPathIsReportedWithExitCode3() {
        CommandLineRun text = CommandLineRun.of("lookup", "--index", index, tree.at("none.py"), tree.at("a.py"));
        CommandLineRun json = CommandLineRun.of("lookup", "--format", "json", "--index", index, "/else/x.py");

        assertThat(text.code()).isEqualTo(3);
        assertThat(text.lines().getFirst()).isEqualTo(lib + "/none.py: not in any index");
        assertThat(text.lines().getLast())
                .startsWith("An index has no shadowed or unreadable files: 'freshpyc explain FILE' ");
        assertThat(CommandLineRun.of("lookup", "--index", index, tree.at("a.py"))
                        .out())
                .doesNotContain("shadowed");
        assertThat(json.code()).isEqualTo(3);
        assertThat(json.out()).endsWith("\"paths\":[{\"path\":\"/else/x.py\",\"known\":false}]}\n");
    }

    /** A scan names the files below a link to a directory by the link, wherever the link leads. */
    @Test
    void aFileBelowALinkToADirectoryIsFound() throws Exception {
        Path outside = Files.createDirectories(lib.resolveSibling("outside/inner"));
        new Pairs(outside).fresh("far");
        Files.createSymbolicLink(lib.resolve("near"), lib.resolve("pkg"));
        Files.createSymbolicLink(lib.resolve("away"), outside.getParent());
        CommandLineRun.of("refresh", "-q", "--index", index, lib);

        for (String name : new String[] {"pkg/b.py", "near/b.py", "away/inner/far.py", "near/../a.py"}) {
            CommandLineRun run = CommandLineRun.of("lookup", "--index", index, lib + "/" + name);
            assertThat(run.code()).as(run.out()).isZero();
        }
        assertThat(CommandLineRun.of("lookup", "--format", "json", "--index", index, lib.resolve("away/inner/far.py"))
                        .out())
                .contains("\"entry\":\"" + lib + "\"", "\"source\":\"away/inner/far.py\"");
    }

    @Test
    void anAnswerContainsItsAge() {
        CommandLineRun run = CommandLineRun.of("lookup", "--format", "json", "--index", index, tree.at("pkg/b.py"));

        assertThat(run.code()).isZero();
        assertThat(run.out())
                .contains("\"known\":true", "\"source\":\"pkg/b.py\"", "\"generation\":1", "\"age_seconds\":")
                .containsPattern("\"sha256\":\"[0-9a-f]{64}\"")
                .contains("\"tag\":\"cpython-311\"");
    }

    @Test
    void lookupReadsNoFiles() throws Exception {
        Files.delete(tree.at("a.py"));

        assertThat(CommandLineRun.of("lookup", "--index", index, tree.at("a.py"))
                        .code())
                .isZero();
    }

    @Test
    void metricsAreWrittenInPrometheusFormat() throws Exception {
        Path file = lib.resolveSibling("freshpyc.prom");

        CommandLineRun run = CommandLineRun.of(
                "lookup", "--index", index, "--metrics-file", file, tree.at("a.py"), tree.at("none.py"));

        assertThat(run.code()).isEqualTo(3);
        assertThat(file)
                .content()
                .contains("# TYPE freshpyc_lookup_known_total counter", "freshpyc_lookup_known_total 1.0")
                .contains("freshpyc_lookup_unknown_total 1.0", "freshpyc_lookup_duration_seconds ")
                .contains("freshpyc_lookup_pycs{verdict=\"fatal\"} 0.0");
    }

    @Test
    void metricsThatCannotBeWrittenAreOneLine() {
        CommandLineRun run = CommandLineRun.of(
                "lookup", "--index", index, "--metrics-file", lib.resolve("none/file"), tree.at("a.py"));

        assertThat(run.code()).isEqualTo(3);
        assertThat(run.err())
                .hasLineCount(1)
                .contains(
                        "--metrics-file " + lib.resolve("none/file"),
                        "; choose a file in a directory that you may write to");
    }

    @Test
    void statusListsAllIndexes() {
        CommandLineRun text = CommandLineRun.of("status", "--index", index);
        CommandLineRun json = CommandLineRun.of("status", "--format", "json", "--index", index);

        assertThat(text.lines()).hasSize(2);
        assertThat(text.lines().getFirst()).isEqualTo(lib.toString());
        assertThat(text.lines().getLast())
                .startsWith("  generation 1, checked ")
                .contains("2 records, ");
        assertThat(json.out())
                .contains("\"indexes\":[{\"entry\":\"" + lib + "\",\"generation\":1,\"records\":2,\"bytes\":");
        assertThat(CommandLineRun.of("status", "--index", lib.resolve("none")).out())
                .startsWith("There is no index yet");
    }

    @Test
    void verifyReadsEveryRecord() {
        assertThat(CommandLineRun.of("index", "--index", index, "verify").out())
                .isEqualTo(lib + ": 2 of 2 records are valid\n");
    }

    @Test
    void pruneRemovesTheIndexOfADeletedEntry() throws Exception {
        Path other = Files.createDirectories(lib.resolveSibling("other"));
        CommandLineRun.of("refresh", "-q", "--index", index, other);
        Files.delete(other);

        assertThat(CommandLineRun.of("index", "--index", index, "prune").out()).isEqualTo(other + ": removed\n");
        assertThat(CommandLineRun.of("index", "--index", index, "prune").out()).isEmpty();
        assertThat(CommandLineRun.of("status", "--index", index).lines().getFirst())
                .isEqualTo(lib.toString());
    }

    @Test
    void aDamagedIndexIsReportedOnceAndSetAsideAndAuditStillRuns() throws Exception {
        damage();

        CommandLineRun first = CommandLineRun.of("audit", "--index", index, lib);
        CommandLineRun second = CommandLineRun.of("audit", "--index", index, lib);

        assertThat(first.err()).hasLineCount(1).contains("set aside");
        assertThat(first.out()).contains("1 stale").isEqualTo(second.out());
        assertThat(second.err()).isEmpty();
        assertThat(index).isDirectoryContaining("glob:**.bad");
        assertThat(CommandLineRun.of("refresh", "-q", "--index", index, lib).code())
                .isZero();
    }

    @Test
    void aQuietAuditDoesNotReportADamagedIndex() throws Exception {
        damage();

        CommandLineRun run = CommandLineRun.of("audit", "-q", "--index", index, lib);

        assertThat(run.err()).isEmpty();
        assertThat(run.out()).contains("1 stale");
    }

    private void damage() throws IOException {
        try (var files = Files.list(index)) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".index")).toList()) {
                byte[] bytes = Files.readAllBytes(file);
                Files.write(file, java.util.Arrays.copyOf(bytes, bytes.length / 2));
            }
        }
    }

    private static String cached() {
        return Pairs.cached("pkg/b");
    }
}
