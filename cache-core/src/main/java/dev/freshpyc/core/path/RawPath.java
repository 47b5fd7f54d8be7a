package dev.freshpyc.core.path;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A path as the kernel knows it: bytes without NUL, which need not be UTF-8. People see the {@linkplain #shown() escaped}
 * text, programs the text {@linkplain #toPython() that Python prints}.
 */
public final class RawPath implements Comparable<RawPath> {

    /** The empty path: the directory itself. */
    public static final RawPath EMPTY = new RawPath(new byte[0]);

    private static final byte SEPARATOR = '/';
    private static final char MAX_ASCII = 0x7f;
    private static final RawPath TOP = of("/");
    private static final RawPath HERE = of(".");
    private static final RawPath UP = of("..");

    private final byte[] bytes;

    private RawPath(byte[] bytes) {
        this.bytes = bytes;
    }

    /** The path of those bytes, copied. */
    public static RawPath of(byte[] bytes, int from, int to) {
        return new RawPath(Arrays.copyOfRange(bytes, from, to));
    }

    /** The path that Python prints, or Java was given, as {@code text}: UTF-8 with surrogate escapes. */
    public static RawPath of(String text) {
        return new RawPath(SurrogateEscape.encode(text));
    }

    /** {@code name} inside this directory; a leading slash of {@code name} is ignored. */
    public RawPath resolve(RawPath name) {
        if (bytes.length == 0 || name.bytes.length == 0) {
            return bytes.length == 0 ? name : this;
        }
        int separators = (bytes[bytes.length - 1] == SEPARATOR ? 0 : 1);
        int skip = name.bytes[0] == SEPARATOR ? 1 : 0;
        byte[] joined = Arrays.copyOf(bytes, bytes.length + separators + name.bytes.length - skip);
        if (separators == 1) {
            joined[bytes.length] = SEPARATOR;
        }
        System.arraycopy(name.bytes, skip, joined, bytes.length + separators, name.bytes.length - skip);
        return new RawPath(joined);
    }

    public RawPath resolve(String name) {
        return resolve(of(name));
    }

    /**
     * The path of {@code file} for a process in this directory: an absolute path stays, a relative path starts at this
     * directory.
     */
    public RawPath locate(RawPath file) {
        return file.isAbsolute() ? file : resolve(file);
    }

    /**
     * The path up to its last slash: {@link #EMPTY} for a path without a slash, the root for a path directly below the
     * root.
     */
    public RawPath parent() {
        int slash = lastSlash();
        return slash < 0 ? EMPTY : of(bytes, 0, Math.max(slash, 1));
    }

    /** What follows the last slash. */
    public RawPath name() {
        return of(bytes, lastSlash() + 1, bytes.length);
    }

    /** This path relative to {@code directory}; empty if this path is not inside it. */
    public Optional<RawPath> relativeTo(RawPath directory) {
        if (directory.bytes.length == 0) {
            return isAbsolute() ? Optional.empty() : Optional.of(this);
        }
        boolean slash = directory.bytes[directory.bytes.length - 1] == SEPARATOR;
        int from = directory.bytes.length + (slash ? 0 : 1);
        boolean inside = bytes.length > from
                && Arrays.equals(bytes, 0, directory.bytes.length, directory.bytes, 0, directory.bytes.length)
                && bytes[from - 1] == SEPARATOR;
        return inside ? Optional.of(of(bytes, from, bytes.length)) : Optional.empty();
    }

    /** The path of this file for a process with that root directory; empty if this path is neither the root nor inside it. */
    public Optional<RawPath> seenFrom(RawPath root) {
        return equals(root) ? Optional.of(TOP) : relativeTo(root).map(TOP::resolve);
    }

    /** The names between the slashes, from the front. */
    public List<RawPath> names() {
        List<RawPath> names = new ArrayList<>();
        int from = 0;
        for (int at = 0; at <= bytes.length; at++) {
            if (at == bytes.length || bytes[at] == SEPARATOR) {
                if (at > from) {
                    names.add(of(bytes, from, at));
                }
                from = at + 1;
            }
        }
        return names;
    }

    /** Whether this path is relative, and has no empty name, {@code .} or {@code ..}. */
    public boolean isPlain() {
        return isPlain(bytes, 0, bytes.length);
    }

    /** Whether the path in those bytes {@linkplain #isPlain() is plain}. */
    public static boolean isPlain(byte[] bytes, int from, int to) {
        int begin = from;
        for (int at = from; at <= to; at++) {
            if (at == to || bytes[at] == SEPARATOR) {
                int length = at - begin;
                boolean dots =
                        length <= 2 && (length == 0 || bytes[begin] == '.') && (length < 2 || bytes[at - 1] == '.');
                if (dots) {
                    return false;
                }
                begin = at + 1;
            }
        }
        return true;
    }

    public boolean isAbsolute() {
        return bytes.length > 0 && bytes[0] == SEPARATOR;
    }

    /**
     * The absolute path. A relative path starts at the working directory and loses its names {@code .}. Links are not
     * resolved, as in {@code os.path.abspath}. Names {@code ..} stay, since each may follow a link.
     */
    public RawPath absolute() {
        if (isAbsolute()) {
            return this;
        }
        RawPath path = WorkingDirectory.path();
        for (RawPath name : names()) {
            path = name.equals(HERE) ? path : path.resolve(name);
        }
        return path;
    }

    /**
     * This path without empty names and dots; two dots remove the name before them without following links, as in {@code
     * os.path.normpath}.
     */
    public RawPath normalized() {
        RawPath path = isAbsolute() ? of(bytes, 0, 1) : EMPTY;
        int depth = 0;
        for (RawPath name : names()) {
            if (name.equals(UP) && (depth > 0 || isAbsolute())) {
                path = path.parent();
                depth = Math.max(0, depth - 1);
            } else if (!name.equals(HERE)) {
                path = path.resolve(name);
                depth += name.equals(UP) ? 0 : 1;
            }
        }
        return path;
    }

    /** Whether all bytes are ASCII. */
    boolean isAscii() {
        return SurrogateEscape.isAscii(bytes);
    }

    /** The length in bytes. */
    public int length() {
        return bytes.length;
    }

    /** A copy of the bytes. */
    public byte[] toBytes() {
        return bytes.clone();
    }

    public boolean endsWith(String suffix) {
        int from = bytes.length - suffix.length();
        for (int i = suffix.length() - 1; i >= 0; i--) {
            char c = suffix.charAt(i);
            if (c > MAX_ASCII) {
                return endsWith(SurrogateEscape.encode(suffix));
            }
            if (from + i < 0 || bytes[from + i] != c) {
                return false;
            }
        }
        return true;
    }

    private boolean endsWith(byte[] end) {
        return bytes.length >= end.length
                && Arrays.equals(bytes, bytes.length - end.length, bytes.length, end, 0, end.length);
    }

    /** The text that Python shows for this path: bytes that are not UTF-8 become lone surrogates (PEP 383). */
    public String toPython() {
        return SurrogateEscape.decode(bytes);
    }

    /**
     * The path {@linkplain #toPython() as Python's text}, in the bytes that marshal writes for it: UTF-8, each lone surrogate in
     * three bytes. A path in UTF-8 stays as it is.
     */
    public RawPath toMarshalled() {
        return new RawPath(SurrogateEscape.decodeToUtf8(bytes));
    }

    /** Whether marshal may write a text with these bytes. */
    public boolean isMarshalledText() {
        return SurrogateEscape.isText(bytes);
    }

    /** The path whose text marshal writes with these bytes, as Python finds the file: {@code os.fsencode} in a UTF-8 locale. */
    public RawPath fromMarshalled() {
        return new RawPath(SurrogateEscape.encodeFromUtf8(bytes));
    }

    /** The path that is {@linkplain #shown() shown} as {@code text}; empty for a text that no path is shown as. */
    public static Optional<RawPath> ofShown(String text) {
        return TerminalText.unescape(text)
                .map(RawPath::new)
                .filter(path -> path.shown().equals(text));
    }

    /** The text for a terminal: no character moves the cursor, changes colours or hides other text. */
    public String shown() {
        return TerminalText.escape(bytes);
    }

    @Override
    public int compareTo(RawPath other) {
        return Arrays.compareUnsigned(bytes, other.bytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RawPath that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return shown();
    }

    private int lastSlash() {
        int at = bytes.length - 1;
        while (at >= 0 && bytes[at] != SEPARATOR) {
            at--;
        }
        return at;
    }
}
