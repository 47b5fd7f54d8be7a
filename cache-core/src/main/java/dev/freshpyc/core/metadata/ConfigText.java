package dev.freshpyc.core.metadata;

import dev.freshpyc.core.text.PythonText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code entry_points.txt} as Python 3.8 and 3.9 read it: by {@code configparser.ConfigParser(delimiters='=')}, whose names
 * keep their case. Repeated sections and names are errors, indented lines continue a value, {@code [DEFAULT]} adds to every
 * section, and {@code %} begins an interpolation.
 */
final class ConfigText {

    private static final String DEFAULT = "DEFAULT";

    private final String text;
    private final Map<String, Map<String, List<String>>> sections = new LinkedHashMap<>();
    private final Map<String, List<String>> defaults = new LinkedHashMap<>();
    private @Nullable Map<String, List<String>> section;
    private @Nullable List<String> value;
    private boolean inDefaults;
    private int indentation;
    private @Nullable BrokenMetadataException fault;

    ConfigText(String text) {
        this.text = PythonText.universalNewlines(text);
    }

    List<EntryPoint> entryPoints() throws BrokenMetadataException {
        for (String line : text.split("\n", -1)) {
            read(line);
        }
        if (fault != null) {
            throw fault;
        }
        List<EntryPoint> found = new ArrayList<>();
        for (Map.Entry<String, Map<String, List<String>>> one : sections.entrySet()) {
            Map<String, String> values = new LinkedHashMap<>();
            defaults.forEach((name, lines) -> values.put(name, join(lines)));
            one.getValue().forEach((name, lines) -> values.put(name, join(lines)));
            Interpolation interpolation = new Interpolation(values);
            for (Map.Entry<String, String> option : values.entrySet()) {
                found.add(new EntryPoint(one.getKey(), option.getKey(), interpolation.of(option.getValue())));
            }
        }
        return found;
    }

    private void read(String line) throws BrokenMetadataException {
        String stripped = PythonText.strip(line);
        if (stripped.startsWith("#") || stripped.startsWith(";")) {
            return;
        }
        if (stripped.isEmpty()) {
            if (value != null) {
                value.add("");
            }
            return;
        }
        int indented = indentationOf(line);
        if (value != null && indented > indentation) {
            value.add(stripped);
            return;
        }
        indentation = indented;
        int end = stripped.indexOf(']');
        if (stripped.startsWith("[") && end > 1) {
            begin(stripped.substring(1, end));
        } else {
            option(stripped);
        }
    }

    private void begin(String header) throws BrokenMetadataException {
        value = null;
        inDefaults = header.equals(DEFAULT);
        if (inDefaults) {
            section = defaults;
            return;
        }
        Map<String, List<String>> fresh = new LinkedHashMap<>();
        if (sections.putIfAbsent(header, fresh) != null) {
            throw new BrokenMetadataException("a section occurs twice");
        }
        section = fresh;
    }

    private void option(String line) throws BrokenMetadataException {
        if (section == null) {
            throw new BrokenMetadataException("a line before the first section");
        }
        int equals = line.indexOf('=');
        if (equals < 0) {
            fault = new BrokenMetadataException("a line without '='");
            return;
        }
        String name = PythonText.stripRight(line.substring(0, equals));
        if (name.isEmpty()) {
            fault = new BrokenMetadataException("a line without a name");
        }
        List<String> lines = new ArrayList<>();
        lines.add(PythonText.strip(line.substring(equals + 1)));
        if (section.put(name, lines) != null) {
            throw new BrokenMetadataException("a name occurs twice in a section");
        }
        value = name.isEmpty() ? null : lines;
    }

    private static String join(List<String> lines) {
        return PythonText.stripRight(String.join("\n", lines));
    }

    private static int indentationOf(String line) {
        int at = 0;
        while (at < line.length() && PythonText.isSpace(line.charAt(at))) {
            at++;
        }
        return at;
    }
}
