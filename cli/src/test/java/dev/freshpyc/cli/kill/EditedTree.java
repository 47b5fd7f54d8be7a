package dev.freshpyc.cli.kill;

import dev.freshpyc.cli.CompiledFile;
import dev.freshpyc.cli.Pairs;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.random.RandomGenerator;

/**
 * A small tree that is edited between runs. Every content and every mtime is used only once, so that a record of an
 * earlier state never matches by chance.
 */
final class EditedTree {

    private static final int DIRECTORIES = 4;
    private static final int PAIRS = 60;

    private final Pairs pairs;
    private final RandomGenerator random;
    private final List<String> stems = new ArrayList<>();
    private int edits;

    EditedTree(Path root, RandomGenerator random) throws IOException {
        this.pairs = new Pairs(root);
        this.random = random;
        for (int i = 0; i < PAIRS; i++) {
            add();
        }
    }

    /** Changes, adds and deletes a few pairs; the number of pairs stays nearly the same. */
    void edit() throws IOException {
        for (int i = random.nextInt(1, 4); i > 0; i--) {
            write(stems.get(random.nextInt(stems.size())));
        }
        if (random.nextBoolean()) {
            add();
        }
        if (stems.size() > PAIRS) {
            delete(stems.remove(random.nextInt(stems.size())));
        }
    }

    private void add() throws IOException {
        String stem = "pkg" + edits % DIRECTORIES + "/m" + edits;
        stems.add(stem);
        write(stem);
    }

    private void write(String stem) throws IOException {
        int number = edits++;
        String content = "x = " + number + "\n";
        int mtime = Pairs.MTIME + number;
        Path source = pairs.source(stem + ".py").at(stem + ".py");
        Files.writeString(source, content);
        Files.setLastModifiedTime(source, FileTime.fromMillis(mtime * 1000L));
        Path pyc = pairs.at(Pairs.cached(stem));
        Files.createDirectories(Objects.requireNonNull(pyc.getParent()));
        CompiledFile.write(source, pyc, bytecode(content, mtime));
    }

    private void delete(String stem) throws IOException {
        Files.delete(pairs.at(stem + ".py"));
        Files.delete(pairs.at(Pairs.cached(stem)));
    }

    /**
     * A header with the mtime and size of the source, and a code object of CPython 3.11 whose instructions are the
     * content of the source: five numbers, the instructions, three empty tuples, no kinds of variables, three names,
     * the first line, two tables.
     */
    private static byte[] bytecode(String content, int mtime) {
        byte[] text = content.getBytes(StandardCharsets.US_ASCII);
        String empty = "s\0\0\0\0";
        String rest = ")\0)\0)\0" + empty + "z\3<m>z\1mz\1m" + "\0\0\0\0" + empty + empty;
        byte[] tail = rest.getBytes(StandardCharsets.US_ASCII);
        return ByteBuffer.allocate(16 + 2 + 6 * Integer.BYTES + text.length + tail.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(Pairs.header(3495, 0, mtime, content.length()))
                .put((byte) 0xe3)
                .put(new byte[5 * Integer.BYTES])
                .put((byte) 's')
                .putInt(text.length)
                .put(text)
                .put(tail)
                .array();
    }
}
