package dev.freshpyc.indexer.concurrency;

import dev.freshpyc.core.digest.Sha256;
import dev.freshpyc.indexer.testing.CodeBody;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A tree that changes while other threads read the tree. Every change is a rename, so a reader always sees whole files.
 * Every content and every mtime is unique, so a header matches only the source that its pyc was compiled from. An
 * instance knows the source of every body.
 */
final class ChangingTree {

    private static final int PAIRS = 200;
    private static final int DIRECTORIES = 10;
    private static final long MTIME = 1_700_000_000;
    private static final int MAGIC = 0x0a0d0000 | 3495;
    private static final int HEADER = 16;

    private final Path root;
    private final Path spool;
    private final Random random = new Random();
    private final Map<Sha256, Sha256> sources = new ConcurrentHashMap<>();
    private int writes;

    /** Creates the tree at {@code root}. New files are prepared in {@code spool}, on the same file system. */
    ChangingTree(Path root, Path spool) throws IOException {
        this.root = root;
        this.spool = Files.createDirectories(spool);
        for (int directory = 0; directory < DIRECTORIES; directory++) {
            Files.createDirectories(root.resolve("pkg" + directory + "/__pycache__"));
        }
        for (int pair = 0; pair < PAIRS; pair++) {
            write(pair);
        }
    }

    /** Replaces the source and the pyc of a random pair, in random order; deletes both in one of eight calls. */
    void edit() throws IOException {
        int pair = random.nextInt(PAIRS);
        if (random.nextInt(8) == 0) {
            Files.deleteIfExists(source(pair));
            Files.deleteIfExists(bytecode(pair));
        } else {
            write(pair);
        }
    }

    /** Whether any source ever had this content. */
    boolean hasSource(Sha256 content) {
        return sources.containsValue(content);
    }

    /** The digest of the source that a body was compiled from. */
    Sha256 sourceOf(Sha256 body) {
        Sha256 content = sources.get(body);
        if (content == null) {
            throw new AssertionError("no pyc ever had the body " + body);
        }
        return content;
    }

    private void write(int pair) throws IOException {
        long mtime = MTIME + writes++;
        byte[] content = ("x = " + writes + "\n").getBytes(StandardCharsets.UTF_8);
        byte[] body = CodeBody.of(content);
        sources.put(digest(body), digest(content));
        Path source = prepare(content, mtime);
        Path bytecode = prepare(withHeader(mtime, content.length, body), mtime);
        if (random.nextBoolean()) {
            rename(source, source(pair));
            rename(bytecode, bytecode(pair));
        } else {
            rename(bytecode, bytecode(pair));
            rename(source, source(pair));
        }
    }

    private static Sha256 digest(byte[] bytes) {
        return Sha256.of(Sha256.newDigest().digest(bytes));
    }

    private Path prepare(byte[] bytes, long mtime) throws IOException {
        Path file = Files.createTempFile(spool, "new", null);
        Files.write(file, bytes);
        return Files.setLastModifiedTime(file, FileTime.fromMillis(mtime * 1000));
    }

    private static void rename(Path from, Path to) throws IOException {
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static byte[] withHeader(long mtime, int size, byte[] body) {
        return ByteBuffer.allocate(HEADER + body.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(MAGIC)
                .putInt(0)
                .putInt((int) mtime)
                .putInt(size)
                .put(body)
                .array();
    }

    private Path source(int pair) {
        return root.resolve("pkg" + pair % DIRECTORIES + "/m" + pair + ".py");
    }

    private Path bytecode(int pair) {
        return root.resolve("pkg" + pair % DIRECTORIES + "/__pycache__/m" + pair + ".cpython-311.pyc");
    }
}
