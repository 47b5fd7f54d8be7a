package dev.freshpyc.core.path;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The environment variables of this process, with the bytes that the process was given. {@link System#getenv} decodes
 * by the locale: a byte that the locale cannot express becomes U+FFFD, so a path in a variable leads to another file.
 * The bytes are read from {@code /proc/self/environ}; where there is no such file, {@code System.getenv} is used.
 */
public final class EnvironmentVariables {

    private static final Path BYTES = Path.of("/proc/self/environ");
    private static final Map<String, String> ALL = isAscii(System.getenv()) ? System.getenv() : read();

    private EnvironmentVariables() {}

    /** All variables by name. Names and values are decoded as in Python: UTF-8 with surrogate escapes. */
    public static Map<String, String> all() {
        return ALL;
    }

    /** The value of a variable, decoded as in Python; empty if the variable is not set. */
    public static Optional<String> get(String name) {
        return Optional.ofNullable(ALL.get(name));
    }

    private static boolean isAscii(Map<String, String> variables) {
        return variables.entrySet().stream()
                .allMatch(each -> SurrogateEscape.isAscii(each.getKey()) && SurrogateEscape.isAscii(each.getValue()));
    }

    private static Map<String, String> read() {
        try {
            return parse(Files.readAllBytes(BYTES));
        } catch (IOException notLinux) {
            return System.getenv();
        }
    }

    /**
     * The variables in {@code bytes}, each {@code NAME=VALUE} terminated by NUL. The first value of a name counts, as
     * in the JVM.
     */
    static Map<String, String> parse(byte[] bytes) {
        Map<String, String> variables = new TreeMap<>();
        int start = 0;
        for (int at = 0; at < bytes.length; at++) {
            if (bytes[at] == 0) {
                String variable = RawPath.of(bytes, start, at).toPython();
                int equals = variable.indexOf('=');
                if (equals > 0) {
                    variables.putIfAbsent(variable.substring(0, equals), variable.substring(equals + 1));
                }
                start = at + 1;
            }
        }
        return Collections.unmodifiableMap(variables);
    }
}
