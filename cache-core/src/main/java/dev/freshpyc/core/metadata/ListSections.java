package dev.freshpyc.core.metadata;

import dev.freshpyc.core.path.RawPath;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A list of distributions in an {@link EntryPointFile}: flags and four sections of text.
 *
 * @param flags {@link #BROKEN} and {@link #NO_REFERENCE}
 */
record ListSections(int flags, String keys, String distributions, String groups, String records) {

    /** A distribution is broken. */
    static final int BROKEN = 1;

    /** A value is no object reference. */
    static final int NO_REFERENCE = 2;

    static final String SEPARATOR = "\0";

    private static final String PRESENT = "=";

    /** The sections for a list; empty for a list with a NUL in a text. */
    static Optional<ListSections> encode(List<Distribution> list) {
        List<String> keys = new ArrayList<>();
        List<String> rows = new ArrayList<>();
        Map<String, List<String>> groups = new LinkedHashMap<>();
        int flags = 0;
        int number = 0;
        for (Distribution one : list) {
            String position = String.valueOf(keys.size());
            keys.add(one.key().orElse(""));
            rows.add(one.file());
            rows.add(one.key().isPresent() ? "1" : "0");
            rows.add(optional(one.name()));
            rows.add(optional(one.version()));
            rows.add(optional(one.fault()));
            flags |= one.fault().isPresent() ? BROKEN : 0;
            for (EntryPoint point : one.entryPoints()) {
                flags |= point.isReference() ? 0 : NO_REFERENCE;
                groups.computeIfAbsent(point.group(), _ -> new ArrayList<>())
                        .addAll(List.of(String.valueOf(number++), position, point.name(), point.value()));
            }
        }
        boolean hasNul = keys.stream().anyMatch(ListSections::hasNul)
                || rows.stream().anyMatch(ListSections::hasNul)
                || groups.keySet().stream().anyMatch(ListSections::hasNul)
                || groups.values().stream().flatMap(List::stream).anyMatch(ListSections::hasNul);
        return hasNul ? Optional.empty() : Optional.of(of(flags, keys, rows, groups));
    }

    private static ListSections of(int flags, List<String> keys, List<String> rows, Map<String, List<String>> groups) {
        List<String> directory = new ArrayList<>();
        StringBuilder records = new StringBuilder();
        int offset = 0;
        for (Map.Entry<String, List<String>> group : groups.entrySet()) {
            String text = String.join(SEPARATOR, group.getValue());
            int length = bytes(text).length;
            directory.addAll(List.of(group.getKey(), String.valueOf(offset), String.valueOf(length)));
            records.append(text);
            offset += length;
        }
        return new ListSections(flags, join(keys), join(rows), join(directory), records.toString());
    }

    /** The flags and lengths for the header. */
    String lengths() {
        return flags + " " + bytes(keys).length + " " + bytes(distributions).length + " " + bytes(groups).length + " "
                + bytes(records).length;
    }

    void writeTo(ByteArrayOutputStream body) {
        body.writeBytes(bytes(keys));
        body.writeBytes(bytes(distributions));
        body.writeBytes(bytes(groups));
        body.writeBytes(bytes(records));
    }

    static Optional<String> optional(String field) {
        return field.isEmpty() ? Optional.empty() : Optional.of(field.substring(PRESENT.length()));
    }

    private static String optional(Optional<String> value) {
        return value.map(PRESENT::concat).orElse("");
    }

    private static String join(List<String> fields) {
        return String.join(SEPARATOR, fields);
    }

    private static byte[] bytes(String text) {
        return RawPath.of(text).toBytes();
    }

    private static boolean hasNul(String text) {
        return text.indexOf('\0') >= 0;
    }
}
