package dev.freshpyc.core.metadata;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code configparser.BasicInterpolation}: {@code %(name)s} stands for another value, and {@code %%} for a percent sign. */
final class Interpolation {

    private static final int MAX_DEPTH = 10;

    /** Values that name each other several times grow with every level, so their length is bounded. */
    private static final int MAX_LENGTH = 1 << 20;

    private final Map<String, String> values;

    Interpolation(Map<String, String> values) {
        this.values = values;
    }

    String of(String value) throws BrokenMetadataException {
        if (value.indexOf('%') < 0) {
            return value;
        }
        StringBuilder text = new StringBuilder();
        append(text, value, 1);
        return text.toString();
    }

    private void append(StringBuilder text, String value, int depth) throws BrokenMetadataException {
        if (depth > MAX_DEPTH) {
            throw new BrokenMetadataException(
                    "values that refer to each other more than " + MAX_DEPTH + " levels deep");
        }
        int at = 0;
        while (at < value.length()) {
            int percent = value.indexOf('%', at);
            if (percent < 0) {
                text.append(value, at, value.length());
                return;
            }
            text.append(value, at, percent);
            if (value.startsWith("%%", percent)) {
                text.append('%');
                at = percent + 2;
            } else {
                at = appendNamed(text, value, percent, depth);
            }
            if (text.length() > MAX_LENGTH) {
                throw new BrokenMetadataException("a value longer than " + MAX_LENGTH + " characters");
            }
        }
    }

    private int appendNamed(StringBuilder text, String value, int percent, int depth) throws BrokenMetadataException {
        int close = value.indexOf(')', percent);
        if (!value.startsWith("%(", percent) || close <= percent + 2 || !value.startsWith(")s", close)) {
            throw new BrokenMetadataException("a '%' that begins no %(name)s");
        }
        @Nullable String named = values.get(value.substring(percent + 2, close));
        if (named == null) {
            throw new BrokenMetadataException("%(name)s with a name that the section does not have");
        }
        if (named.indexOf('%') < 0) {
            text.append(named);
        } else {
            append(text, named, depth + 1);
        }
        return close + 2;
    }
}
