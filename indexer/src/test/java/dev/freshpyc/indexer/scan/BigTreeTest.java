package dev.freshpyc.indexer.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.freshpyc.indexer.testing.Programs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** A scan copes with directories of very many files, and with paths as long as the system allows or longer. */
@EnabledOnOs(OS.LINUX)
class BigTreeTest extends TreeScannerContract {

    private static final int MAX_PATH = 4095;

    /**
     * Makes directories inside each other: all of a part at once, since a process for each would take a minute. A part is shorter
     * than the longest path of a system call.
     */
    private static final String BUILD = """
            step=$0 left=$1 most=$((4000 / (${#step} + 1)))
            while [ $left -gt 0 ]; do
              count=$((left < most ? left : most)) part=
              for ((i = 0; i < count; i++)); do part+=$step/; done
              mkdir -p "$part" && cd "./$part" || exit
              left=$((left - count))
            done
            mkdir __pycache__ && touch a.py __pycache__/a.cpython-311.pyc
            """;

    /** Removes the tree with {@code rm}, since Java cannot remove a path that is longer than the system allows. */
    @AfterEach
    void remove() throws InterruptedException {
        Programs.succeeds("rm", "-rf", "--", tree.root());
    }

    @Test
    void aDirectoryOfAHundredThousandFilesIsScanned() throws Exception {
        shell(
                "seq -f 'm%.0f.py' 50000 | xargs touch; cd __pycache__; seq -f 'm%.0f.cpython-311.pyc' 50000 | xargs touch");
        long before = openDescriptors();

        Scan scan = scan(tree.root());

        assertThat(scan.pairs()).hasSize(50_000).doesNotHaveDuplicates().contains(Tree.pair("m1"), Tree.pair("m49999"));
        assertThat(scan.seen()).noneMatch(seen -> seen.source().equals("-"));
        assertThat(openDescriptors()).as("all files are closed").isLessThanOrEqualTo(before);
    }

    @Test
    void aPathOfFourThousandCharactersIsScanned() throws Exception {
        String deep = deep("d", (4000 - tree.root().toString().length()) / 2);
        long before = openDescriptors();

        Scan scan = scan(tree.root());

        assertThat(scan.refusals()).isEmpty();
        assertThat(scan.pairs()).containsExactly(Tree.pair(deep + "a"));
        assertThat(openDescriptors()).as("all files are closed").isLessThanOrEqualTo(before);
    }

    @Test
    void aDirectoryWhosePathIsTooLongIsRefused() throws Exception {
        requireDisk("paths that are too long cannot be copied");
        deep("d".repeat(99), 50);
        long before = openDescriptors();

        Scan scan = scan(tree.root());

        assertThat(scan.refusals()).singleElement().asString().endsWith("d ENAMETOOLONG");
        String refused = scan.refusals().getFirst().split(" ", -1)[0];
        assertThat(tree.root().toString().length() + 1 + refused.length()).isBetween(MAX_PATH + 1, MAX_PATH + 100);
        assertThat(openDescriptors()).as("all files are closed").isLessThanOrEqualTo(before);
    }

    @Test
    void moreDirectoriesThanFileDescriptorsAreScanned() throws Exception {
        shell("mkdir -p {1..700}/{a,b} && touch {1..700}/a/x.pyc");
        long before = openDescriptors();

        Scan scan = scan(tree.root());

        assertThat(scan.pairs()).hasSize(700);
        assertThat(scan.finished()).hasSize(1 + 3 * 700);
        assertThat(openDescriptors()).as("all files are closed").isLessThanOrEqualTo(before);
    }

    /** Each {@code z} is scanned only after all directories below the {@code d} beside it. */
    @Test
    void openDirectoriesStayBelowTheUsualLimitOfFileDescriptors() throws Exception {
        deep("d", 600);
        shell("path=; for i in {0..599}; do echo \"$path\"z; path=${path}d/; done | xargs mkdir");
        DescriptorCounter counter = new DescriptorCounter(files().get());

        Scan.of(() -> counter, workers(1), tree.root());

        assertThat(counter.maximum()).isBetween(500, 600);
        assertThat(counter.open()).isZero();
    }

    /** Makes a source and its pyc below nested directories, and returns the innermost path with a trailing slash. */
    private String deep(String step, int steps) throws IOException, InterruptedException {
        run("bash", "-c", BUILD, step, String.valueOf(steps));
        return (step + "/").repeat(steps);
    }

    private void shell(String script) throws IOException, InterruptedException {
        Files.createDirectories(tree.at("__pycache__"));
        run("bash", "-c", script);
    }

    private void run(String... command) throws IOException, InterruptedException {
        var builder =
                new ProcessBuilder(command).directory(tree.root().toFile()).inheritIO();
        builder.environment().put("PATH", "/usr/bin:/bin:" + System.getenv("PATH"));
        assumeTrue(builder.start().waitFor() == 0, "NOT RUN: " + command[0] + " could not build the tree");
    }

    private static long openDescriptors() throws IOException {
        try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
            return open.count();
        }
    }
}
