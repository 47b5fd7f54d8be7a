package dev.freshpyc.perf.tree;

import dev.freshpyc.perf.measure.ChildProcesses;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A tree of real packages with up-to-date bytecode: several copies of the interpreter's libraries.
 *
 * <p>The first copy is compiled; the others are copies of the first, bytecode included. Sources that do not compile (test data
 * of the standard library) are left out: the peer would try to compile them in every run and look slower than it is.
 */
public final class BenchTree {

    private static final Duration SYNC = Duration.ofMinutes(10);

    private final ChildProcesses processes;
    private final PeerInterpreter python;
    private final Path root;
    private final Path first;
    private int copies;
    private int pairs;

    /** An empty tree below {@code root}. */
    public BenchTree(ChildProcesses processes, PeerInterpreter python, Path root) {
        this.processes = processes;
        this.python = python;
        this.root = root;
        this.first = root.resolve("copy-0");
    }

    /** The directory of the tree. */
    public Path root() {
        return root;
    }

    /** Adds copies until there are {@code wanted} pairs, all compiled and written to the disk. */
    public void growTo(int wanted) throws IOException, InterruptedException {
        if (copies == 0) {
            pairs = compiledOnce(wanted);
            copies = 1;
        }
        while (pairs < wanted) {
            pairs += TreeCopy.of(python, first, root.resolve("copy-" + copies++), wanted - pairs);
        }
        if (!python.compile(processes, root)) {
            throw new IOException("some sources of the tree do not compile");
        }
        processes.run(SYNC, List.of("sync")).orFail(); // no write-back during the measurement
    }

    private int compiledOnce(int wanted) throws IOException, InterruptedException {
        int sources = 0;
        for (Path library : python.libraries()) {
            sources += TreeCopy.of(python, library, first.resolve("library-" + sources), wanted - sources);
        }
        python.compile(processes, first);
        int left = sources - removeUncompiled();
        if (left == 0) {
            throw new IOException("no source could be compiled from " + python.libraries());
        }
        return left;
    }

    private int removeUncompiled() throws IOException {
        int removed = 0;
        for (Path source : TreeFiles.ending(first, ".py")) {
            if (!Files.exists(python.cached(source))) {
                Files.delete(source);
                removed++;
            }
        }
        return removed;
    }

    /** Deletes a directory and its content, if it exists. */
    public static void delete(Path directory) throws IOException {
        if (Files.notExists(directory)) {
            return;
        }
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : (Iterable<Path>) files.sorted(Comparator.reverseOrder())::iterator) {
                Files.delete(file);
            }
        }
    }
}
