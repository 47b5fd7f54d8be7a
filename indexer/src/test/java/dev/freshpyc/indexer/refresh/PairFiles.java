package dev.freshpyc.indexer.refresh;

import dev.freshpyc.core.path.JavaPath;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.pyc.Magic;
import dev.freshpyc.core.pyc.SourceHash;
import dev.freshpyc.indexer.testing.CodeBody;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;

/**
 * Writes sources and pycs of CPython 3.11. The body of a pyc is a code object whose instructions are the source that
 * the pyc was compiled from. Every written file reports the test's clock as its ctime and birth time,
 * a little later for each file, as if an interpreter had compiled the source.
 */
record PairFiles(Path root, FileWatch watch, InstantSource clock) {

    /** The mtime of sources in tests that need no particular mtime. */
    static final long MTIME = 1_700_000_000;

    private static final int RAW_MAGIC = 0x0a0d0000 | 3495;
    private static final int CHECKED = 3;

    /** Writes a source and the pyc compiled from it. */
    PairFiles pair(String stem, String content) throws IOException {
        return pair(stem, content, MTIME);
    }

    PairFiles pair(String stem, String content, long mtime) throws IOException {
        return source(stem, content, mtime).compiled(stem, content, mtime);
    }

    /** Writes a source and the pyc compiled from it, with a checked hash in its header. */
    PairFiles hashed(String stem, String content) throws IOException {
        return source(stem, content, MTIME).compiledWithHash(stem, content, content, CHECKED);
    }

    PairFiles source(String stem, String content, long mtime) throws IOException {
        Path file = write(stem + ".py", content.getBytes(StandardCharsets.UTF_8));
        return touch(file, mtime);
    }

    /** Writes a pyc compiled from {@code content}; the header holds {@code mtime} and the size of the content. */
    PairFiles compiled(String stem, String content, long mtime) throws IOException {
        return compiled(stem, content, content.length(), mtime);
    }

    /** Writes a pyc compiled from {@code content}; the header holds {@code mtime} and {@code size}. */
    PairFiles compiled(String stem, String content, int size, long mtime) throws IOException {
        write(cached(stem), bytecode(0, (int) mtime, size, content));
        return this;
    }

    /** Writes a pyc compiled from {@code content}; the header holds the hash of {@code claimed}. */
    PairFiles compiledWithHash(String stem, String content, String claimed, int flags) throws IOException {
        byte[] source = claimed.getBytes(StandardCharsets.UTF_8);
        long hash = SourceHash.of(source, new Magic(RAW_MAGIC), SourceHash.Algorithm.SIPHASH_1_3)
                .value();
        write(cached(stem), bytecode(flags, (int) hash, (int) (hash >>> 32), content));
        return this;
    }

    /** Writes a legacy pyc without a source. */
    PairFiles sourceless(String stem, String content) throws IOException {
        write(stem + ".pyc", bytecode(0, (int) MTIME, content.length(), content));
        return this;
    }

    /** Sets the mtime of a source, as {@code touch -d} does. */
    PairFiles touch(String stem, long mtime) throws IOException {
        return touch(at(stem + ".py"), mtime);
    }

    PairFiles delete(String name) throws IOException {
        Files.delete(at(name));
        return this;
    }

    Path at(String name) {
        return JavaPath.resolve(root, RawPath.of(name));
    }

    static String cached(String stem) {
        int slash = stem.lastIndexOf('/') + 1;
        return stem.substring(0, slash) + "__pycache__/" + stem.substring(slash) + ".cpython-311.pyc";
    }

    static long inode(Path file) throws IOException {
        return (Long) Files.getAttribute(file, "unix:ino");
    }

    private PairFiles touch(Path file, long mtime) throws IOException {
        Files.setLastModifiedTime(file, FileTime.from(Instant.ofEpochSecond(mtime)));
        watch.setChangeTime(inode(file), watch.tick(clock.instant()));
        return this;
    }

    private Path write(String name, byte[] bytes) throws IOException {
        Path file = at(name);
        Files.createDirectories(Objects.requireNonNull(file.getParent()));
        Files.write(file, bytes);
        Instant written = watch.tick(clock.instant());
        Files.setLastModifiedTime(file, FileTime.from(written));
        watch.setChangeTime(inode(file), written);
        watch.setBirthTime(inode(file), written);
        return file;
    }

    private static byte[] bytecode(int flags, int third, int fourth, String content) {
        byte[] body = CodeBody.of(content.getBytes(StandardCharsets.UTF_8));
        return ByteBuffer.allocate(16 + body.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(RAW_MAGIC)
                .putInt(flags)
                .putInt(third)
                .putInt(fourth)
                .put(body)
                .array();
    }
}
