package dev.freshpyc.core.metadata;

import dev.freshpyc.core.text.PythonText;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The fields at the beginning of a METADATA or PKG-INFO file, read as Python's {@code email} package does: of several fields with
 * one name the first counts, names are equal without regard to case, indented lines continue a field, and the first other line ends
 * the header. Patch releases of
 * Python differ in one respect, which is left out: whether the first line of a field may be empty.
 */
public final class MetadataHeader {

    private static final String ENVELOPE = "From ";

    private final Map<String, String> fields = new HashMap<>();

    /**
     * Parses a header.
     *
     * @param rules from 3.10 on, the common indentation of a field's lines is removed
     */
    public static MetadataHeader parse(String text, MetadataRules rules) {
        MetadataHeader header = new MetadataHeader();
        header.read(PythonText.universalNewlines(text), !rules.isConfig());
        return header;
    }

    /** The value of {@code Name}, if there is one. */
    public Optional<String> name() {
        return Optional.ofNullable(fields.get("name"));
    }

    /** The value of {@code Version}, if there is one. */
    public Optional<String> version() {
        return Optional.ofNullable(fields.get("version"));
    }

    private void read(String text, boolean dedents) {
        @Nullable StringBuilder field = null;
        int at = 0;
        while (at < text.length()) {
            int newline = text.indexOf('\n', at);
            int end = newline < 0 ? text.length() : newline + 1;
            String line = text.substring(at, end);
            if (line.charAt(0) == ' ' || line.charAt(0) == '\t') {
                if (field != null) {
                    field.append(line);
                }
            } else if (line.startsWith(ENVELOPE) || isField(line)) {
                add(field, dedents);
                field = line.startsWith(ENVELOPE) || line.startsWith(":") ? null : new StringBuilder(line);
            } else {
                break;
            }
            at = end;
        }
        add(field, dedents);
    }

    /** Whether printable characters and then a colon begin the line. */
    private static boolean isField(String line) {
        int at = 0;
        while (at < line.length() && line.charAt(at) > ' ' && line.charAt(at) < 0x7f && line.charAt(at) != ':') {
            at++;
        }
        return at < line.length() && line.charAt(at) == ':';
    }

    private void add(@Nullable StringBuilder field, boolean dedents) {
        if (field == null) {
            return;
        }
        int colon = field.indexOf(":");
        int from = colon + 1;
        while (from < field.length() && (field.charAt(from) == ' ' || field.charAt(from) == '\t')) {
            from++;
        }
        int to = field.length();
        while (to > from && field.charAt(to - 1) == '\n') {
            to--;
        }
        String value = field.substring(from, to);
        fields.putIfAbsent(
                field.substring(0, colon).toLowerCase(Locale.ROOT),
                dedents && value.indexOf('\n') >= 0 ? Indentation.removed(" ".repeat(8) + value) : value);
    }
}
