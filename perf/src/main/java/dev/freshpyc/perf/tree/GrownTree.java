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
 * file system proves that each pyc was written after its source, and the code of each pyc names its source.
 */
public record GrownTree(Path root, int pairs, String tag) {

    private static final int IN_DIRECTORY = 100;

    /** The name that the code of a template must have, for trees in {@code folder}. */
    public static CodeName codeName(Path folder) {
        return new CodeName(new GrownTree(root(folder, 0), 0, "").source(0));
    }

    /** Builds a tree in {@code folder}; the code of the template has the name for that folder. */
    public static GrownTree of(PeerInterpreter python, PairTemplate template, Path folder, int pairs)
            throws IOException {
        GrownTree tree = new GrownTree(root(folder, pairs), pairs, python.tag());
        CodeName name = codeName(folder);
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
            byte[] pyc = Files.readAllBytes(template(template, i).pyc());
            Files.write(tree.pyc(i), name.replaced(pyc, tree.source(i)));
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

    /** As long for every size, since all paths in trees have the same length. */
    private static Path root(Path folder, int pairs) {
        return folder.resolve(String.format(Locale.ROOT, "tree-%07d", pairs));
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
