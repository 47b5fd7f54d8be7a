package dev.freshpyc.cli.index;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshpyc.cli.CommandLineRun;
import dev.freshpyc.cli.Pairs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The output, the written files and the error messages of {@code refresh}. */
@Timeout(60)
class RefreshCommandTest {

    private final Path lib;
    private final Path index;
    private final Pairs tree;

    RefreshCommandTest(@TempDir Path directory) throws IOException {
        lib = Files.createDirectories(directory.resolve("lib"));
        index = directory.resolve("index");
        tree = new Pairs(lib);
    }

    @Test
    void theTextSummaryIsOneLine() throws Exception {
        tree.fresh("a").stale("b");

        CommandLineRun run = CommandLineRun.of("refresh", "--index", index, lib);

        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.err()).isEmpty();
        assertThat(run.lines()).singleElement().asString().startsWith("2 seen, 0 reused; 4 files hashed (");
        assertThat(run.out()).contains("2 records changed, 0 vanished");
    }

    @Test
    void theJsonSummaryIsOneObject() throws Exception {
        tree.fresh("a");

        CommandLineRun run = CommandLineRun.of("refresh", "--format", "json", "--index", index, lib);

        assertThat(run.code()).isZero();
        assertThat(run.lines())
                .singleElement()
                .asString()
                .startsWith("{\"tool\":\"freshpyc\"")
                .endsWith("}");
        assertThat(run.out())
                .contains("\"seen\":1,\"reused\":0,\"hashed\":2,", "\"changed\":1,\"vanished\":0,", "\"troubles\":[]");
    }

    @Test
    void quietPrintsNothing() throws Exception {
        tree.fresh("a");

        CommandLineRun run = CommandLineRun.of("refresh", "-q", "--index", index, lib);

        assertThat(run.out() + run.err()).isEmpty();
        assertThat(index).isNotEmptyDirectory();
    }

    /** A symbolic link to a directory counts as unreadable; a dangling symbolic link is ignored. */
    @Test
    void unreadableFilesAreReported() throws Exception {
        tree.fresh("a").fresh("b").fresh("c");
        Path a = tree.at(Pairs.cached("a"));
        Files.delete(a);
        Files.createSymbolicLink(a, Path.of("/proc/self/mem")); // its first byte cannot be read, not even by root
        Path b = tree.at(Pairs.cached("b"));
        Files.delete(b);
        Files.createSymbolicLink(b, Path.of("nowhere"));

        CommandLineRun run = CommandLineRun.of("refresh", "-q", "--index", index, lib);

        assertThat(run.complaint(3)).contains("1 bytecode file", "'freshpyc audit'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"file", "file/below", "dangling", "file/\033[31mred\nnext", "/proc/freshpyc"})
    void anUnwritableIndexDirectoryIsOneLineAndAuditStillRuns(String directory) throws Exception {
        tree.fresh("a").stale("b");
        Path file = Files.writeString(lib.resolveSibling("file"), "in the way");
        Files.createSymbolicLink(lib.resolveSibling("dangling"), Path.of("nowhere"));
        Path unwritable = lib.resolveSibling(directory);

        CommandLineRun refresh = CommandLineRun.of("refresh", "-q", "--index", unwritable, lib);
        CommandLineRun audit = CommandLineRun.of("audit", "--index", unwritable, lib);

        refresh.complaint(3);
        assertThat(audit.code()).isZero();
        assertThat(audit.out()).contains("1 stale");
        assertThat(file).hasContent("in the way");
    }

    @Test
    void anAuditWithTheIndexReportsNeedlessWhenAllTimesAreLost() throws Exception {
        tree.fresh("a").fresh("pkg/b");
        CommandLineRun.of("refresh", "-q", "--index", index, lib);
        Files.setLastModifiedTime(tree.at("a.py"), FileTime.fromMillis(0));
        Files.setLastModifiedTime(tree.at("pkg/b.py"), FileTime.fromMillis(0));

        CommandLineRun with = CommandLineRun.of("audit", "--format", "jsonl", "--index", index, lib);
        CommandLineRun without = CommandLineRun.of("audit", "--format", "jsonl", "--no-index", lib);

        assertThat(with.lines())
                .hasSize(2)
                .allMatch(line -> line.contains("\"verdict\":\"needless\"") && line.contains("\"index\""));
        assertThat(without.lines()).hasSize(2).allMatch(line -> line.contains("\"verdict\":\"stale\""));
    }

    @Test
    void aListOfChangedPathsRefreshesTheEntriesWithAnIndex() throws Exception {
        tree.fresh("a").fresh("b");
        CommandLineRun.of("refresh", "-q", "--index", index, lib);
        tree.fresh("new").stale("b");
        Path list = Files.writeString(
                lib.resolveSibling("list"), tree.at("new.py") + "\0" + tree.at(Pairs.cached("b")) + "\0/else/x.py\0");

        CommandLineRun run = CommandLineRun.of("refresh", "--index", index, "--changed-from", list, "-0");

        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.out()).startsWith("2 seen").contains("2 records changed");
    }

    @Test
    void anUnreadableListIsOneLine() {
        CommandLineRun.of("refresh", "--index", index, "--changed-from", lib.resolve("none"), lib)
                .complaint(2);
    }

    @Test
    void metricsAreWrittenInPrometheusFormat() throws Exception {
        tree.fresh("a");
        Path file = Files.writeString(lib.resolveSibling("freshpyc.prom"), "old");
        Object before = Files.getAttribute(file, "unix:ino");

        CommandLineRun.of("refresh", "-q", "--index", index, "--metrics-file", file, lib);

        assertThat(file)
                .content()
                .contains("# TYPE freshpyc_refresh_seen_total counter", "freshpyc_refresh_seen_total 1.0")
                .contains("freshpyc_refresh_pycs{verdict=\"stale\"} 0.0", "freshpyc_refresh_duration_seconds ");
        assertThat(Files.getAttribute(file, "unix:ino")).as("written by rename").isNotEqualTo(before);
        assertThat(lib.resolveSibling(".")).isDirectoryNotContaining("glob:**.tmp");
    }
}
