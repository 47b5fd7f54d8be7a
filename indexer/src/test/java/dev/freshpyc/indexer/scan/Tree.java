package dev.freshpyc.indexer.scan;

import dev.freshpyc.core.path.RawPath;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;

/**
 * A tree that a test builds. Names are text as Python has them: a lone surrogate from U+DC80 to U+DCFF is a byte that is not
 * UTF-8, whatever the locale that the test runs in.
 */
record Tree(Path root) {

    private static final String CODE = "x = 1\n";

    /** A header of CPython 3.11 that fits nothing, and the first byte of a code object. */
    static byte[] bytecode() {
        return ByteBuffer.allocate(17)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(0x0a0d0da7)
                .putInt(0)
                .putInt(1_700_000_000)
                .putInt(CODE.length())
                .put((byte) 0xe3)
                .array();
    }

    Path at(String name) {
        return at(root, name);
    }

    static Path at(Path directory, String name) {
        StringBuilder uri = new StringBuilder();
        for (byte b : RawPath.of(name).toBytes()) {
            uri.append(b == '/' ? "/" : "%" + HexFormat.of().toHexDigits(b));
        }
        String base = directory.toUri().getRawPath();
        return Path.of(URI.create("file://" + base + (base.endsWith("/") ? "" : "/") + uri));
    }

    Tree sources(String... names) throws IOException {
        for (String name : names) {
            Files.writeString(parented(name), CODE);
        }
        return this;
    }

    Tree pycs(String... names) throws IOException {
        for (String name : names) {
            Files.write(parented(name), bytecode());
        }
        return this;
    }

    /** A source and its bytecode for CPython 3.11, for each stem such as {@code pkg/a}. */
    Tree pairs(String... stems) throws IOException {
        for (String stem : stems) {
            int slash = stem.lastIndexOf('/') + 1;
            sources(stem + ".py");
            pycs(stem.substring(0, slash) + "__pycache__/" + stem.substring(slash) + ".cpython-311.pyc");
        }
        return this;
    }

    /** How a scan shows what {@link #pairs} makes. */
    static String pair(String stem) {
        int slash = stem.lastIndexOf('/') + 1;
        return stem + ".py <- " + stem.substring(0, slash) + "__pycache__/" + stem.substring(slash)
                + ".cpython-311.pyc";
    }

    Tree directories(String... names) throws IOException {
        for (String name : names) {
            Files.createDirectories(at(name));
        }
        return this;
    }

    Tree link(String name, String target) throws IOException {
        return link(name, Path.of(target));
    }

    Tree link(String name, Path target) throws IOException {
        Files.createSymbolicLink(parented(name), target);
        return this;
    }

    /** Runs a program to its end; false when it fails or is not there. */
    static boolean runs(Object... command) throws InterruptedException {
        try {
            List<String> words = List.of(command).stream().map(Object::toString).toList();
            return new ProcessBuilder(words)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException absent) {
            return false;
        }
    }

    private Path parented(String name) throws IOException {
        Path path = at(name);
        Files.createDirectories(Objects.requireNonNull(path.getParent()));
        return path;
    }
}
