package dev.freshpyc.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshpyc.cli.CommandLineRun;
import dev.freshpyc.cli.Pairs;
import dev.freshpyc.cli.ProgramProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands find the source of cached bytecode however the path to its {@code __pycache__} is written. */
class InsideCacheTest {

    @TempDir
    Path directory = Path.of("");

    private Path pkg = Path.of("");
    private Path cache = Path.of("");

    @BeforeEach
    void makeTree() throws Exception {
        pkg = directory.toRealPath().resolve("pkg");
        cache = pkg.resolve("__pycache__");
        new Pairs(directory).stale("pkg/m").fresh("pkg/n").stale("pkg/sub/m").file("pkg/old.pyc", new byte[16]);
        Files.createSymbolicLink(directory.resolve("link"), cache);
        CommandLineRun.of("refresh", "-q", "--index", directory.resolve("index"), pkg);
    }

    @Test
    void explainFindsTheSourceFromInsideTheCache() throws Exception {
        assertThat(List.of("m.cpython-311.pyc", "./m.cpython-311.pyc"))
                .allSatisfy(name -> assertThat(runInCache("explain", name).out())
                        .startsWith(pkg + "/m.py\n")
                        .contains("verdict   stale (mtime)"));
    }

    @Test
    void explainFindsTheSourceOfAFileBelowACachePrefix() throws Exception {
        Path prefix = directory.toRealPath().resolve("prefix");
        Path mirror = Files.createDirectories(prefix.resolve(Path.of("/").relativize(pkg)));
        Files.copy(cache.resolve("m.cpython-311.pyc"), mirror.resolve("m.cpython-311.pyc"));

        CommandLineRun run = runIn(mirror, "explain", "--pycache-prefix", prefix, "m.cpython-311.pyc");

        assertThat(run.out()).startsWith(pkg + "/m.py\n").contains(mirror + "/m.cpython-311.pyc\n");
    }

    @Test
    void explainFindsTheSourceThroughALinkAndDots() {
        assertThat(List.of(
                        "link/m.cpython-311.pyc",
                        "pkg/__pycache__/./m.cpython-311.pyc",
                        "pkg/__pycache__//m.cpython-311.pyc"))
                .allSatisfy(name -> assertThat(CommandLineRun.of("explain", directory + "/" + name)
                                .out())
                        .startsWith(pkg + "/m.py\n")
                        .contains("verdict   stale (mtime)"));
    }

    @Test
    void auditJudgesTheCacheWithItsSources() throws Exception {
        assertThat(List.of(
                        runInCache("audit", "--no-index", "--format", "jsonl", "."),
                        CommandLineRun.of("audit", "--no-index", "--format", "jsonl", directory.resolve("link")),
                        CommandLineRun.of("audit", "--no-index", "--format", "jsonl", cache)))
                .allSatisfy(run -> assertThat(run.lines())
                        .singleElement()
                        .asString()
                        .contains("\"source\":\"m.py\"", "\"verdict\":\"stale\"", "\"entry\":\"" + pkg + "\""));
    }

    @Test
    void anAuditOfADirectoryAndOfItsCacheJudgesBoth() {
        CommandLineRun run = CommandLineRun.of("audit", "--no-index", "--format", "jsonl", cache, pkg);

        assertThat(run.lines()).hasSize(4);
    }

    @Test
    void lookupFindsTheRecordFromInsideTheCache() throws Exception {
        Object index = directory.resolve("index");

        assertThat(List.of("m.cpython-311.pyc", "./m.cpython-311.pyc"))
                .allSatisfy(name -> assertThat(
                                runInCache("lookup", "--index", index, name).code())
                        .isZero());
        assertThat(CommandLineRun.of("lookup", "--index", index, directory + "/link/m.cpython-311.pyc")
                        .code())
                .isZero();
    }

    @Test
    void changedPathsAreFoundThroughALink() throws Exception {
        Path list = Files.writeString(directory.resolve("list"), directory + "/link/m.cpython-311.pyc\n");

        CommandLineRun run = CommandLineRun.of(
                "refresh", "--index", directory.resolve("index"), "--changed-from", list, "--format", "jsonl", pkg);

        assertThat(run.out()).contains("\"source\":\"m.py\"");
    }

    @Test
    void refreshAndRepairRefuseACacheAndNameItsDirectory() {
        for (String command : List.of("refresh", "repair")) {
            assertThat(CommandLineRun.of(command, "--index", directory.resolve("index"), cache)
                            .complaint(2))
                    .contains(cache + " is the cache of " + pkg + ": give the directory of the sources");
        }
    }

    private CommandLineRun runInCache(Object... words) throws Exception {
        return runIn(cache, words);
    }

    private static CommandLineRun runIn(Path current, Object... words) throws Exception {
        return ProgramProcess.run(ProgramProcess.ofProgram(List.of(), words).directory(current.toFile()), "");
    }
}
