package dev.freshpyc.core.path;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HexFormat;

/**
 * Converts paths of bytes to Java's paths and back. Java decodes file names by the locale, and a name that the locale
 * cannot express does not lead back to its file. On Unix, a name beyond ASCII is therefore passed as a URI, which
 * escapes the bytes. A path that the user or the environment names must be converted here, too: if the locale cannot
 * express the name of the {@linkplain WorkingDirectory working directory}, Java looks for a relative path in a
 * directory that does not exist.
 */
public final class JavaPath {

    private static final boolean UNIX =
            Path.of("").getFileSystem().getSeparator().equals("/");

    private JavaPath() {}

    /**
     * The Java path of the file that {@code path} names.
     *
     * @throws InvalidPathException when Java cannot name the file
     */
    public static Path of(RawPath path) {
        String text = path.toPython();
        if (!UNIX || (path.isAscii() && (path.isAbsolute() || WorkingDirectory.isPlain()))) {
            return Path.of(text);
        }
        if (text.indexOf('\0') >= 0) {
            throw new InvalidPathException(text, "NUL in a path");
        }
        StringBuilder escaped = new StringBuilder();
        path.absolute().names().forEach(name -> escaped.append('/').append(escape(name.toBytes())));
        return Path.of(URI.create("file://" + (escaped.isEmpty() ? "/" : escaped)));
    }

    /**
     * The Java path of a file that the user or the environment names.
     *
     * @param text UTF-8 with surrogate escapes, as Python shows it
     * @throws InvalidPathException when Java cannot name the file
     */
    public static Path of(String text) {
        return of(RawPath.of(text));
    }

    /** The file {@code name} in {@code parent}. */
    public static Path resolve(Path parent, RawPath name) {
        if (!UNIX || name.isAscii()) {
            return parent.resolve(name.toPython());
        }
        String base = parent.toUri().getRawPath();
        return Path.of(URI.create("file://" + base + (base.endsWith("/") ? "" : "/") + escape(name.toBytes())));
    }

    /** The file beside {@code file} whose name is the name of {@code file} followed by {@code suffix}. */
    public static Path beside(Path file, String suffix) {
        return resolve(file.resolveSibling(""), RawPath.of(SurrogateEscape.decode(nameOf(file)) + suffix));
    }

    /** The bytes of a path. */
    public static RawPath toRaw(Path path) {
        String text = path.toString();
        if (!UNIX || SurrogateEscape.isAscii(text)) {
            return RawPath.of(text);
        }
        byte[] bytes = unescape(path.toUri().getRawPath());
        boolean slash = bytes.length > 1 && bytes[bytes.length - 1] == '/';
        return RawPath.of(bytes, 0, slash ? bytes.length - 1 : bytes.length);
    }

    /** The bytes of a path's last name. */
    public static byte[] nameOf(Path path) {
        String name = String.valueOf(path.getFileName());
        if (!UNIX || SurrogateEscape.isAscii(name)) {
            return name.getBytes(StandardCharsets.UTF_8);
        }
        String escaped = path.toUri().getRawPath();
        int end = escaped.endsWith("/") ? escaped.length() - 1 : escaped.length();
        return unescape(escaped.substring(escaped.lastIndexOf('/', end - 1) + 1, end));
    }

    private static String escape(byte[] bytes) {
        StringBuilder escaped = new StringBuilder();
        for (byte b : bytes) {
            escaped.append(b == '/' ? "/" : "%" + HexFormat.of().toHexDigits(b));
        }
        return escaped.toString();
    }

    private static byte[] unescape(String escaped) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int at = 0; at < escaped.length(); at++) {
            if (escaped.charAt(at) == '%') {
                bytes.write(HexFormat.fromHexDigits(escaped, at + 1, at + 3));
                at += 2;
            } else {
                bytes.write(escaped.charAt(at));
            }
        }
        return bytes.toByteArray();
    }
}
