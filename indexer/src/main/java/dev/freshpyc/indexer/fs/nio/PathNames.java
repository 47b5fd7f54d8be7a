package dev.freshpyc.indexer.fs.nio;

import dev.freshpyc.core.path.RawPath;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;

/**
 * Names as bytes where Java offers text. On Unix a name that is not plain ASCII goes by way of its URI, which escapes the
 * bytes themselves, since the text of a name that is not UTF-8 does not lead back to the file.
 */
public final class PathNames {

    private final boolean unix = Path.of("").getFileSystem().getSeparator().equals("/");

    byte[] bytes(Path entry) {
        String name = String.valueOf(entry.getFileName());
        if (!unix || isAscii(name)) {
            return name.getBytes(StandardCharsets.UTF_8);
        }
        String escaped = entry.toUri().getRawPath();
        int end = escaped.endsWith("/") ? escaped.length() - 1 : escaped.length();
        return unescape(escaped.substring(escaped.lastIndexOf('/', end - 1) + 1, end));
    }

    /** The path that Java opens for those bytes. */
    public Path toPath(RawPath path) {
        String text = path.toPython();
        if (!unix || isAscii(text)) {
            return Path.of(text);
        }
        String absolute = path.isAbsolute() ? "" : Path.of("").toUri().getRawPath();
        return Path.of(URI.create("file://" + absolute + escape(path.toBytes())));
    }

    /** The bytes of a whole path. */
    public RawPath rawPath(Path path) {
        String text = path.toString();
        if (!unix || isAscii(text)) {
            return RawPath.of(text);
        }
        byte[] bytes = unescape(path.toUri().getRawPath());
        boolean slash = bytes.length > 1 && bytes[bytes.length - 1] == '/';
        return RawPath.of(bytes, 0, slash ? bytes.length - 1 : bytes.length);
    }

    Path resolve(Path parent, RawPath name) {
        String text = name.toPython();
        if (!unix || isAscii(text)) {
            return parent.resolve(text);
        }
        String base = parent.toUri().getRawPath();
        return Path.of(URI.create("file://" + base + (base.endsWith("/") ? "" : "/") + escape(name.toBytes())));
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

    private static boolean isAscii(String text) {
        return text.chars().allMatch(c -> c < 0x80);
    }
}
