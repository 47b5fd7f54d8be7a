package dev.freshpyc.cli;

import dev.freshpyc.core.path.RawPath;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.HexFormat;
import java.util.Objects;

/**
 * Builds a small tree of sources and bytecode of CPython 3.11. Lone surrogates in a name stand for bytes that are not
 * UTF-8.
 */
public record Pairs(Path root) {

    /** The mtime of every source, in seconds. */
    public static final int MTIME = 1_700_000_000;

    private static final String SOURCE = "x = 1\n";
    private static final byte CODE_TYPE = (byte) 0xe3;

    /** Writes a pair whose header matches its source. */
    public Pairs fresh(String stem) throws IOException {
        return pair(stem, header(3495, 0, MTIME, SOURCE.length()), CODE_TYPE);
    }

    /** Writes a pair whose header has another mtime than the source. */
    public Pairs stale(String stem) throws IOException {
        return pair(stem, header(3495, 0, MTIME - 9, SOURCE.length()), CODE_TYPE);
    }

    /** Writes a pair whose header has an unchecked hash of another source. */
    public Pairs impostor(String stem) throws IOException {
        return pair(stem, header(3495, 1, 0x01020304, 0x05060708), CODE_TYPE);
    }

    /** Writes a pair whose bytecode file ends after a valid header. */
    public Pairs fatal(String stem) throws IOException {
        return pair(stem, header(3495, 0, MTIME, SOURCE.length()));
    }

    /** Writes a source and a bytecode file that consists of {@code header} and {@code body}. */
    public Pairs pair(String stem, byte[] header, byte... body) throws IOException {
        source(stem + ".py");
        byte[] bytes = ByteBuffer.allocate(header.length + body.length)
                .put(header)
                .put(body)
                .array();
        CompiledFile.write(at(stem + ".py"), withParent(cached(stem)), bytes);
        return this;
    }

    public Pairs source(String name) throws IOException {
        Path file = Files.writeString(withParent(name), SOURCE);
        Files.setLastModifiedTime(file, FileTime.fromMillis(MTIME * 1000L));
        return this;
    }

    public Pairs file(String name, byte[] header, byte... body) throws IOException {
        ByteBuffer bytes =
                ByteBuffer.allocate(header.length + body.length).put(header).put(body);
        Files.write(withParent(name), bytes.array());
        return this;
    }

    public static byte[] header(int magic, int flags, int third, int fourth) {
        return ByteBuffer.allocate(16)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(magic | 0x0a0d0000)
                .putInt(flags)
                .putInt(third)
                .putInt(fourth)
                .array();
    }

    public static String cached(String stem) {
        int slash = stem.lastIndexOf('/') + 1;
        return stem.substring(0, slash) + "__pycache__/" + stem.substring(slash) + ".cpython-311.pyc";
    }

    public Path at(String name) {
        StringBuilder uri = new StringBuilder();
        for (byte b : RawPath.of(name).toBytes()) {
            uri.append(b == '/' ? "/" : "%" + HexFormat.of().toHexDigits(b));
        }
        String base = root.toUri().getRawPath();
        return Path.of(URI.create("file://" + base + (base.endsWith("/") ? "" : "/") + uri));
    }

    private Path withParent(String name) throws IOException {
        Path path = at(name);
        Files.createDirectories(Objects.requireNonNull(path.getParent()));
        return path;
    }
}
