package dev.freshpyc.cli.repair;

import dev.freshpyc.cli.CommandLineRun;
import dev.freshpyc.cli.CompiledFile;
import dev.freshpyc.cli.Pairs;
import dev.freshpyc.core.pyc.Magic;
import dev.freshpyc.core.pyc.SourceHash;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.TreeMap;

/** Builds a tree of sources and matching bytecode of CPython 3.11: a repair of the tree only rewrites headers. */
final class MatchingTree {

    /** The mtime of the sources, in seconds. */
    static final int MTIME = 1_700_000_000;

    /** The mtime of the bytecode files: later than their birth, as an interpreter leaves it. */
    static final Instant COMPILED = Instant.ofEpochSecond(4_000_000_100L, 123_456_789);

    static final int BODY = 2500;

    private static final int MAGIC = 3495;

    private final Path root;
    private final Map<String, byte[]> sources = new TreeMap<>();
    private final SplittableRandom random = new SplittableRandom(7);

    MatchingTree(Path root) {
        this.root = root;
    }

    Path root() {
        return root;
    }

    /** The paths of the bytecode files. */
    Iterable<String> pycs() {
        return sources.keySet();
    }

    /** Writes {@code count} pairs, spread over three directories. */
    MatchingTree pairs(int count) throws IOException {
        for (int i = 0; i < count; i++) {
            pair("pkg" + i % 3 + "/m" + i);
        }
        return this;
    }

    MatchingTree pair(String stem) throws IOException {
        return pair(stem, "x = '" + stem + "'\n");
    }

    MatchingTree pair(String stem, String text) throws IOException {
        byte[] source = text.getBytes(StandardCharsets.UTF_8);
        Path file = root.resolve(stem + ".py");
        Files.createDirectories(Objects.requireNonNull(file.getParent()));
        Files.write(file, source);
        Files.setLastModifiedTime(file, FileTime.from(Instant.ofEpochSecond(MTIME)));
        String name = Pairs.cached(stem);
        sources.put(name, source);
        return compiled(name, timestamp(name));
    }

    /** Runs {@code freshpyc repair} on the tree, to checked hashes unless the options include {@code --to}. */
    CommandLineRun repair(Path index, String... options) {
        List<Object> words = new ArrayList<>(List.of("repair", "--index", index, root));
        words.addAll(List.of(options));
        if (!words.contains("--to")) {
            words.addAll(List.of("--to", "checked-hash"));
        }
        return CommandLineRun.of(words.toArray());
    }

    /** Writes a bytecode file with a given header and a random body. */
    MatchingTree compiled(String name, byte[] header) throws IOException {
        byte[] bytecode = new byte[BODY];
        random.nextBytes(bytecode);
        byte[] body = MarshalledCode.of311(bytecode);
        Path file = root.resolve(name);
        Files.createDirectories(Objects.requireNonNull(file.getParent()));
        byte[] bytes = ByteBuffer.allocate(header.length + body.length)
                .put(header)
                .put(body)
                .array();
        CompiledFile.write(sourceFile(name), file, bytes);
        Files.setLastModifiedTime(file, FileTime.from(COMPILED));
        return this;
    }

    private Path sourceFile(String pyc) {
        String stem = pyc.replace("__pycache__/", "");
        return root.resolve(stem.substring(0, stem.indexOf('.')) + ".py");
    }

    /** A header with the mtime and size of the pyc's source. */
    byte[] timestamp(String pyc) {
        return Pairs.header(MAGIC, 0, MTIME, source(pyc).length);
    }

    /** A header with the checked hash of the pyc's source. */
    byte[] hash(String pyc) {
        long hash = SourceHash.of(source(pyc), Magic.of(MAGIC), SourceHash.Algorithm.SIPHASH_1_3)
                .value();
        return Pairs.header(MAGIC, 3, (int) hash, (int) (hash >>> 32));
    }

    /**
     * Whether the bytes {@code now} are a timestamp or hash header of the pyc and the body of the bytes {@code then}.
     */
    boolean isWhole(String pyc, byte[] now, byte[] then) {
        byte[] head = Arrays.copyOf(now, 16);
        return now.length == then.length
                && (Arrays.equals(head, timestamp(pyc)) || Arrays.equals(head, hash(pyc)))
                && Arrays.equals(now, 16, now.length, then, 16, then.length);
    }

    /** The little-endian integer at an offset of a header. */
    static int word(byte[] header, int at) {
        return ByteBuffer.wrap(header).order(ByteOrder.LITTLE_ENDIAN).getInt(at);
    }

    private byte[] source(String pyc) {
        return Objects.requireNonNull(sources.get(pyc), pyc);
    }
}
