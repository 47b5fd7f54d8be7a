package dev.freshpyc.perf.tree;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * A tree with a given number of pairs, {@value #IN_DIRECTORY} in each directory, filled from a {@link PairTemplate}.
 *
 * <p>All sources are written before the first pyc, and no pyc gets another mtime: as after an installation that compiles, the
 * file system proves that each pyc was written after its source.
 */
public record GrownTree(Path root, int pairs, String tag) {

    private static final int IN_DIRECTORY = 100;

    /** Builds a tree in the new directory {@code root}. */
    public static GrownTree of(PeerInterpreter python, PairTemplate template, Path root, int pairs) throws IOException {
        GrownTree tree = new GrownTree(root, pairs, python.tag());
        for (int i = 0; i < pairs; i++) {
            if (i % IN_DIRECTORY == 0) {
                Files.createDirectories(tree.directory(i).resolve("__pycache__"));
            }
            Files.copy(template(template, i).source(), tree.source(i), StandardCopyOption.COPY_ATTRIBUTES);
        }
        for (int i = 0; i < pairs; i++) {
            if (i % IN_DIRECTORY == 0 && Thread.currentThread().isInterrupted()) {
                throw new InterruptedIOException("interrupted while the tree was built");
            }
            Files.copy(template(template, i).pyc(), tree.pyc(i));
        }
        return tree;
    }

    /** Some sources, far from each other. */
    public List<Path> sources(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> source((int) ((long) i * pairs / count)))
                .toList();
    }

    /** The source of that number, from 0. */
    public Path source(int number) {
        return directory(number).resolve(name(number) + ".py");
    }

    /** The bytecode of the source of that number. */
    public Path pyc(int number) {
        return directory(number).resolve("__pycache__").resolve(name(number) + "." + tag + ".pyc");
    }

    private static PairTemplate.Pair template(PairTemplate template, int number) {
        return template.pairs().get(number % template.pairs().size());
    }

    private Path directory(int number) {
        return root.resolve(String.format(Locale.ROOT, "d%05d", number / IN_DIRECTORY));
    }

    private static String name(int number) {
        return String.format(Locale.ROOT, "module_%02d", number % IN_DIRECTORY);
    }
}
