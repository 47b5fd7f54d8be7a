package dev.freshpyc.core.text;

import dev.freshpyc.core.path.RawPath;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Quotes words for a shell, so that a printed command can be run as it is, whatever the names of the files. */
public final class ShellWord {

    private static final String PLAIN = "[A-Za-z0-9_@%+=:,./-]+";

    private ShellWord() {}

    /** Quotes a path such that no program takes the path for an option. */
    public static String ofPath(RawPath path) {
        boolean dash = path.toBytes().length > 0 && path.toBytes()[0] == '-';
        return of(dash ? RawPath.of(".").resolve(path) : path);
    }

    /** Quotes any word. Bytes and characters that must not reach a terminal are escaped as in {@code $'…'} of POSIX. */
    public static String of(RawPath word) {
        String text = word.toPython();
        if (text.matches(PLAIN)) {
            return text;
        }
        boolean printable = word.shown().replace("\\\\", "\\").equals(text);
        return printable ? "'" + text.replace("'", "'\\''") + "'" : escaped(word);
    }

    private static String escaped(RawPath word) {
        StringBuilder text = new StringBuilder("$'");
        for (byte b : word.toBytes()) {
            if (b == '\'' || b == '\\') {
                text.append('\\').append((char) b);
            } else if (b >= ' ' && b < 0x7f) {
                text.append(new String(new byte[] {b}, StandardCharsets.US_ASCII));
            } else {
                text.append("\\x").append(HexFormat.of().toHexDigits(b)); // the quotes end: a digit may follow
                text.append("'$'");
            }
        }
        return text.append('\'').toString();
    }
}
