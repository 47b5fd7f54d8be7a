package dev.freshpyc.cli.repair;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshpyc.cli.CommandLineRun;
import dev.freshpyc.cli.Pairs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * While repairs of a root run, another process exchanges directories and files of the tree with links that lead
 * outside, atomically and as fast as the kernel allows. Nothing outside may change.
 */
@EnabledOnOs(OS.LINUX)
class ExchangedLinksTest {

    private static final int FILES = 60;
    private static final int REPAIRS = 24;

    /**
     * A script that exchanges pairs of names until its input ends. It prints a line after the first round, and the
     * number of rounds at the end.
     */
    private static final String EXCHANGER = """
            import ctypes, os, sys, threading
            libc = ctypes.CDLL(None, use_errno=True)
            names = [os.fsencode(name) for name in sys.argv[1:]]
            ended = threading.Event()
            threading.Thread(target=lambda: (sys.stdin.read(), ended.set()), daemon=True).start()
            rounds = 0
            while not ended.is_set():
                for name in names:
                    if libc.renameat2(-100, name, -100, name + b'.other', 2):
                        sys.exit(os.strerror(ctypes.get_errno()))
                rounds += 1
                if rounds == 1:
                    print('exchanging', flush=True)
            print(rounds)
            """;

    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"replace", "in-place"})
    void nothingOutsideTheRootIsWritten(String write) throws Exception {
        Shell.require("python3");
        Path root = directory.resolve("root");
        MatchingTree tree = new MatchingTree(root.resolve("lib")).pairs(FILES);
        MatchingTree outside = new MatchingTree(directory.resolve("outside")).pairs(FILES);
        List<String> exchanged = new ArrayList<>();
        exchange("pkg0", outside.root(), exchanged, tree);
        exchange("pkg1/__pycache__", Path.of("../../../outside"), exchanged, tree);
        for (int i = 2; i < FILES; i += 3) {
            String stem = "pkg2/m" + i;
            exchange(i % 2 == 0 ? Pairs.cached(stem) : stem + ".py", outside.root(), exchanged, tree);
        }
        Map<String, FileSnapshot> before = FileSnapshot.tree(outside.root());

        Process exchanger = exchanger(exchanged);
        try {
            assertThat(exchanger.inputReader().readLine()).isEqualTo("exchanging");
            for (int i = 0; i < REPAIRS; i++) {
                CommandLineRun run = CommandLineRun.of(
                        "repair",
                        "--root",
                        root,
                        "--write",
                        write,
                        "--durability",
                        "none",
                        "--to",
                        i % 2 == 0 ? "checked-hash" : "timestamp",
                        "--index",
                        directory.resolve("index"),
                        "/lib");
                assertThat(run.err()).doesNotContain("defect");
            }
            exchanger.getOutputStream().close();
            assertThat(Integer.parseInt(exchanger.inputReader().readLine())).isGreaterThan(REPAIRS);
            assertThat(exchanger.waitFor()).isZero();
        } finally {
            exchanger.destroyForcibly().waitFor();
        }

        assertThat(FileSnapshot.tree(outside.root())).isEqualTo(before);
    }

    /** Makes a link beside a file or directory of the tree. The link leads to the same name outside. */
    private static void exchange(String name, Path outside, List<String> exchanged, MatchingTree tree)
            throws IOException {
        Path inside = tree.root().resolve(name);
        Files.createSymbolicLink(inside.resolveSibling(inside.getFileName() + ".other"), outside.resolve(name));
        exchanged.add(inside.toString());
    }

    private static Process exchanger(List<String> names) throws IOException {
        List<String> command = new ArrayList<>(List.of("python3", "-I", "-c", EXCHANGER));
        command.addAll(names);
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }
}
