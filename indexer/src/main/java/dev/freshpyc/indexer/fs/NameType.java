package dev.freshpyc.indexer.fs;

import dev.freshpyc.indexer.fs.Listing.Kind;
import org.jspecify.annotations.Nullable;

/** Which names a scan cares about, by ending; all else in a directory costs nothing. */
public final class NameType {

    private NameType() {}

    /** The type of a name that is a directory, a link or neither; null when a scan does not care. */
    public static @Nullable Kind of(byte[] bytes, int start, int end, boolean directory, boolean link) {
        if (directory) {
            return isDots(bytes, start, end) ? null : Kind.DIRECTORY;
        }
        if (end - start > 3 && bytes[end - 3] == '.' && bytes[end - 2] == 'p' && bytes[end - 1] == 'y') {
            return Kind.SOURCE;
        }
        if (end - start > 4
                && bytes[end - 4] == '.'
                && bytes[end - 3] == 'p'
                && bytes[end - 2] == 'y'
                && bytes[end - 1] == 'c') {
            return Kind.PYC;
        }
        return link ? Kind.LINK : null;
    }

    private static boolean isDots(byte[] bytes, int start, int end) {
        return bytes[start] == '.' && (end == start + 1 || (end == start + 2 && bytes[start + 1] == '.'));
    }
}
