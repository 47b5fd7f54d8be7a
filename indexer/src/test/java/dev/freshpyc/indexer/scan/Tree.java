package dev.freshpyc.indexer.scan;

import dev.freshpyc.core.path.JavaPath;
import dev.freshpyc.core.path.RawPath;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/**
 * A tree that a test builds. Names are written as Python decodes them: in every locale, a lone surrogate from U+DC80 to
 * U+DCFF stands for a byte that is not UTF-8.
 */
record Tree(Path root) {

    private static final String CODE = "x = 1\n";

    /** A pyc of CPython 3.11: a header that matches no source's mtime, and the first byte of a code object. */
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
        return JavaPath.resolve(directory, RawPath.of(name));
    }

    Tree sources(String... names) throws IOException {
        for (String name : names) {
            Files.writeString(atNewParent(name), CODE);
        }
        return this;
    }

    Tree pycs(String... names) throws IOException {
        for (String name : names) {
            Files.write(atNewParent(name), bytecode());
        }
        return this;
    }

    /** Makes a source and its pyc of CPython 3.11 for each stem, such as {@code pkg/a}. */
    Tree pairs(String... stems) throws IOException {
        for (String stem : stems) {
            int slash = stem.lastIndexOf('/') + 1;
            sources(stem + ".py");
            pycs(stem.substring(0, slash) + "__pycache__/" + stem.substring(slash) + ".cpython-311.pyc");
        }
        return this;
    }

    /** The pair of {@code stem} as {@link Scan#pairs} shows it. */
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
        Files.createSymbolicLink(atNewParent(name), target);
        return this;
    }

    private Path atNewParent(String name) throws IOException {
        Path path = at(name);
        Files.createDirectories(Objects.requireNonNull(path.getParent()));
        return path;
    }
}
