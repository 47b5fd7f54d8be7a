package dev.freshpyc.perf.tree;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * The path that the code in the pycs of a {@link PairTemplate} names as its source ({@code co_filename}).
 *
 * <p>Matching times prove nothing for code that names another source. So the pycs are compiled under a path that is as long as the
 * paths in the trees that are filled with the pycs, and each copy gets the path of its own source in the same place.
 *
 * @param path of no file
 */
public record CodeName(Path path) {

    /**
     * The code of a pyc, in which the path is replaced by the path of the copy's source.
     *
     * @param source as long as the path in the code
     * @throws IOException when the code does not name the path
     */
    byte[] replaced(byte[] pyc, Path source) throws IOException {
        byte[] from = bytes(path);
        byte[] to = bytes(source);
        if (from.length != to.length) {
            throw new IllegalArgumentException(source + " is not as long as " + path);
        }
        byte[] copy = pyc.clone();
        boolean found = false;
        for (int at = 0; at <= copy.length - from.length; at++) {
            if (copy[at] == from[0] && Arrays.equals(copy, at, at + from.length, from, 0, from.length)) {
                System.arraycopy(to, 0, copy, at, to.length);
                found = true;
            }
        }
        if (!found) {
            throw new IOException("the code of a pyc does not name " + path);
        }
        return copy;
    }

    private static byte[] bytes(Path path) {
        return path.toString().getBytes(StandardCharsets.UTF_8);
    }
}
