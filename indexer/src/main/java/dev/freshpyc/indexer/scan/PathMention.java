package dev.freshpyc.indexer.scan;

import dev.freshpyc.indexer.fs.FileContents;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * Tells whether a module may give itself a search path, and so reach files that the finders' order hides: it assigns {@code
 * __path__}, or declares a namespace of {@code pkg_resources}. The names stand in sources, bytecode and extension modules alike.
 */
final class PathMention {

    private static final List<byte[]> NAMES = List.of(
            "__path__".getBytes(StandardCharsets.US_ASCII), "declare_namespace".getBytes(StandardCharsets.US_ASCII));

    private static final int MAX_READ = 1 << 23;

    private PathMention() {}

    /** Whether the file has such a name; true also for a file that cannot be read or is too large to read. */
    static boolean isIn(FileContents.Opening opening) {
        if (!(opening instanceof FileContents.Opening.Open(FileContents contents))) {
            return true;
        }
        try (contents) {
            if (contents.size() > MAX_READ) {
                return true;
            }
            byte[] bytes = new byte[(int) contents.size()];
            int length = 0;
            int read = 1;
            while (length < bytes.length && read > 0) {
                read = contents.read(length, bytes, length, bytes.length - length);
                length += Math.max(read, 0);
            }
            return isIn(bytes, length);
        } catch (IOException unreadable) {
            return true;
        }
    }

    private static boolean isIn(byte[] bytes, int length) {
        for (byte[] name : NAMES) {
            for (int at = 0; at + name.length <= length; at++) {
                if (bytes[at] == name[0] && Arrays.equals(bytes, at, at + name.length, name, 0, name.length)) {
                    return true;
                }
            }
        }
        return false;
    }
}
