package dev.freshpyc.perf;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What {@code refresh --format json} counts.
 *
 * @param hashed files read whole
 * @param hashedBytes bytes read for that
 */
record RefreshCounts(long seen, long reused, long hashed, long hashedBytes) {

    /** Reads the numbers of the document; an {@link IllegalArgumentException} says which is not there. */
    static RefreshCounts parse(String json) {
        return new RefreshCounts(
                number("seen", json), number("reused", json), number("hashed", json), number("hashed_bytes", json));
    }

    private static long number(String name, String json) {
        Matcher number =
                Pattern.compile("\"" + name + "\"\\s*:\\s*(\\d{1,18})(?!\\d)").matcher(json);
        if (!number.find()) {
            throw new IllegalArgumentException("no " + name + " in: " + json.strip());
        }
        return Long.parseLong(number.group(1));
    }
}
