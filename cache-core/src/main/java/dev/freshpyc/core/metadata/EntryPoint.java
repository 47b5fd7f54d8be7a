package dev.freshpyc.core.metadata;

import java.util.regex.Pattern;

/**
 * One line of an {@code entry_points.txt}.
 *
 * @param group the section, such as {@code console_scripts}
 * @param name before the equals sign
 * @param value after the equals sign: usually {@code module:attribute [extras]}
 */
public record EntryPoint(String group, String name, String value) {

    /** The syntax of an object reference, as {@code importlib.metadata.EntryPoint} matches it. */
    private static final Pattern REFERENCE =
            Pattern.compile("[\\w.]+\\s*(:\\s*[\\w.]+\\s*)?(\\[[^\\n]*\\]\\s*)?\\n?", Pattern.UNICODE_CHARACTER_CLASS);

    /** Whether the value names an object; Python 3.15 refuses every other value. */
    public boolean isReference() {
        return REFERENCE.matcher(value).matches();
    }
}
