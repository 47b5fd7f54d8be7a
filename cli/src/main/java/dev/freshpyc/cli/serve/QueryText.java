package dev.freshpyc.cli.serve;

import dev.freshpyc.core.path.RawPath;
import java.io.ByteArrayOutputStream;
import java.util.HexFormat;
import java.util.Optional;
import org.eclipse.jetty.http.HttpStatus;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of a request's target. Values are bytes, because file names need not be UTF-8. Of a repeated parameter, the first value
 * counts.
 */
final class QueryText {

    private static final int RADIX = 16;

    private static final String PLAIN = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/";

    private final String query;

    /** The parameters of a query as it was sent; null for a target without a query. */
    QueryText(@Nullable String query) {
        this.query = query == null ? "" : query;
    }

    /** The decoded value of a parameter; empty where the parameter is missing or has no value. */
    Optional<RawPath> path(String name) throws BadRequestException {
        for (String part : query.split("&", -1)) {
            int equals = part.indexOf('=');
            if (equals > 0 && part.substring(0, equals).equals(name)) {
                byte[] value = decode(part.substring(equals + 1));
                return value.length == 0 ? Optional.empty() : Optional.of(RawPath.of(value, 0, value.length));
            }
        }
        return Optional.empty();
    }

    /** The decoded value of a parameter that a request must have. */
    RawPath required(String name) throws BadRequestException {
        return path(name)
                .orElseThrow(() -> new BadRequestException(
                        HttpStatus.BAD_REQUEST_400, "The parameter '" + name + "' is missing or empty."));
    }

    /** Refuses a query with a part that is no {@code NAME=VALUE}. */
    void requirePairs() throws BadRequestException {
        for (String part : query.split("&", -1)) {
            if (part.indexOf('=') < 0) {
                throw new BadRequestException(
                        HttpStatus.BAD_REQUEST_400, "The query is malformed: parameters are NAME=VALUE, joined by &.");
            }
        }
    }

    /** The decoded value of a parameter as text. */
    Optional<String> text(String name) throws BadRequestException {
        return path(name).map(RawPath::toString);
    }

    /** Escapes a value so that {@link #path} reads it. Letters, digits, and signs that need no escape in a query stay as they are. */
    static String encode(RawPath value) {
        StringBuilder text = new StringBuilder();
        for (byte b : value.toBytes()) {
            char c = (char) (b & 0xff);
            if (PLAIN.indexOf(c) >= 0) {
                text.append(c);
            } else {
                text.append('%').append(HexFormat.of().withUpperCase().toHexDigits(b));
            }
        }
        return text.toString();
    }

    private static byte[] decode(String text) throws BadRequestException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        int at = 0;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '%') {
                bytes.write(hex(text, at + 1) * RADIX + hex(text, at + 2));
                at += 3;
            } else if (c > '~') {
                throw malformed();
            } else {
                bytes.write(c == '+' ? ' ' : c);
                at++;
            }
        }
        return bytes.toByteArray();
    }

    private static int hex(String text, int at) throws BadRequestException {
        int digit = at < text.length() && text.charAt(at) <= 'f' ? Character.digit(text.charAt(at), RADIX) : -1;
        if (digit < 0) {
            throw malformed();
        }
        return digit;
    }

    private static BadRequestException malformed() {
        return new BadRequestException(
                HttpStatus.BAD_REQUEST_400,
                "The query is malformed: a byte is written as a percent sign and two hexadecimal digits.");
    }
}
