package dev.freshpyc.cli.kill;

import dev.freshpyc.cli.Pairs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * A small tree that is edited between runs. Every content and every mtime is used only once, so that a record of an earlier state
 * never matches by chance.
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
        pairs.pair(stem, Pairs.header(3495, 0, mtime, content.length()), body(content));
        Files.writeString(pairs.at(stem + ".py"), content);
        Files.setLastModifiedTime(pairs.at(stem + ".py"), FileTime.fromMillis(mtime * 1000L));
    }

    private void delete(String stem) throws IOException {
        Files.delete(pairs.at(stem + ".py"));
        Files.delete(pairs.at(Pairs.cached(stem)));
    }

    /** A body: the type byte of a code object, then the content of the source. */
    private static byte[] body(String content) {
        byte[] body = ("c" + content).getBytes(StandardCharsets.UTF_8);
        body[0] = (byte) 0xe3;
        return body;
    }
}
