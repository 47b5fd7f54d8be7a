package dev.freshpyc.core.manifest;

import dev.freshpyc.core.path.RawPath;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * The {@code *.md5sums} of a Debian package, as {@code md5sum} prints them, with paths relative to the root and no
 * escapes. Rows that nobody asks for are counted and not decoded: a system has a hundred thousand rows, and an entry a
 * thousand. MD5 is evidence against accidents only: {@link DigestAlgorithm#MD5}.
 */
public final class Md5Sums extends ManifestParser {
    private static final int DIGITS = 2 * DigestAlgorithm.MD5.length();
    private static final int PATH = DIGITS + 2;

    private static final int TOO_LONG = ROW_LIMIT + 1;

    private static final byte[] NO_LINE = {};

    private final RowFilter filter;

    /** A row of which only the first bytes have arrived. Few files need it, and a system has a thousand. */
    private byte[] line = NO_LINE;

    private int length;

    public Md5Sums(RawPath manifest, RowFilter filter, Rows rows) {
        super(manifest, rows);
        this.filter = filter;
    }

    /** Parses rows that lie whole in {@code bytes} in place, and copies only pieces of rows. */
    @Override
    public void take(byte[] bytes, int from, int count) {
        int limit = from + count;
        int begin = from;
        for (int index = begin; index < limit; index++) {
            if (bytes[index] == '\n') {
                if (length == 0) {
                    row(bytes, begin, index);
                } else {
                    add(bytes, begin, index);
                    end();
                }
                begin = index + 1;
            }
        }
        if (begin < limit) {
            add(bytes, begin, limit);
        }
    }

    /** Ends the last line, even without a newline. */
    @Override
    public void end() {
        if (length == TOO_LONG) {
            bad();
        } else {
            row(line, 0, length);
        }
        length = 0;
    }

    private void add(byte[] bytes, int from, int to) {
        if (line.length == 0) {
            line = new byte[ROW_LIMIT];
        }
        if (to - from > line.length - length) {
            length = TOO_LONG;
        } else {
            System.arraycopy(bytes, from, line, length, to - from);
            length += to - from;
        }
    }

    private void row(byte[] bytes, int from, int to) {
        if (from == to) {
            return;
        }
        int path = from + PATH;
        if (to - from > ROW_LIMIT || to <= path || !isSeparated(bytes, from)) {
            bad();
        } else if (!filter.wants(bytes, path, to)) {
            good();
        } else if (hasNul(bytes, from, to)) {
            bad();
        } else {
            decode(bytes, from, RawPath.of(bytes, path, to));
        }
    }

    private void decode(byte[] bytes, int from, RawPath path) {
        try {
            String digits = new String(bytes, from, DIGITS, StandardCharsets.ISO_8859_1);
            found(path, DigestAlgorithm.MD5, HexFormat.of().parseHex(digits));
        } catch (IllegalArgumentException noDigits) {
            bad();
        }
    }

    private static boolean isSeparated(byte[] bytes, int from) {
        return bytes[from + DIGITS] == ' ' && (bytes[from + DIGITS + 1] == ' ' || bytes[from + DIGITS + 1] == '*');
    }

    private static boolean hasNul(byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            if (bytes[i] == 0) {
                return true;
            }
        }
        return false;
    }
}
