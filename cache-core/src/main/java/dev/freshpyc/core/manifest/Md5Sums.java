package dev.freshpyc.core.manifest;

import dev.freshpyc.core.path.RawPath;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * The {@code *.md5sums} of a Debian package, as {@code md5sum} prints them, with paths relative to the root and no
 * escapes. MD5 is evidence against accidents only: {@link DigestAlgorithm#MD5}.
 */
public final class Md5Sums extends ManifestParser {
    private static final int DIGITS = 2 * DigestAlgorithm.MD5.length();
    private static final int PATH = DIGITS + 2;

    private static final int TOO_LONG = ROW_LIMIT + 1;

    private final byte[] line = new byte[ROW_LIMIT];
    private int length;

    public Md5Sums(RawPath manifest, Rows rows) {
        super(manifest, rows);
    }

    @Override
    void take(byte next) {
        if (next == '\n') {
            end();
        } else if (length < line.length) {
            line[length++] = next;
        } else {
            length = TOO_LONG;
        }
    }

    /** Ends the last line, even without a newline. */
    @Override
    public void end() {
        if (length > 0) {
            row();
        }
        length = 0;
    }

    private void row() {
        if (length == TOO_LONG || length <= PATH || !isSeparated() || hasNul()) {
            bad();
            return;
        }
        try {
            String digits = new String(line, 0, DIGITS, StandardCharsets.ISO_8859_1);
            found(
                    RawPath.of(line, PATH, length),
                    DigestAlgorithm.MD5,
                    HexFormat.of().parseHex(digits));
        } catch (IllegalArgumentException noDigits) {
            bad();
        }
    }

    private boolean isSeparated() {
        return line[DIGITS] == ' ' && (line[DIGITS + 1] == ' ' || line[DIGITS + 1] == '*');
    }

    private boolean hasNul() {
        for (int index = PATH; index < length; index++) {
            if (line[index] == 0) {
                return true;
            }
        }
        return false;
    }
}
