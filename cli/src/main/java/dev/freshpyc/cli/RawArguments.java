package dev.freshpyc.cli;

import dev.freshpyc.core.path.RawPath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The command line with the bytes that the user typed. The JVM decodes arguments by the locale and loses characters outside of it, such as
 * an umlaut under {@code LANG=C}, and names that are not UTF-8. On Linux, {@code /proc} still has the bytes.
 */
final class RawArguments {

    private static final Path COMMAND_LINE = Path.of("/proc/self/cmdline");

    private RawArguments() {}

    /** The arguments as Python would show them; read from {@code /proc} only where one of them is not ASCII. */
    static String[] of(String[] decoded) {
        boolean ascii = true;
        for (String argument : decoded) {
            ascii &= isAscii(argument);
        }
        if (ascii) {
            return decoded;
        }
        try {
            List<String> raw = split(Files.readAllBytes(COMMAND_LINE));
            int others = raw.size() - decoded.length;
            return others < 0 ? decoded : raw.subList(others, raw.size()).toArray(String[]::new);
        } catch (IOException notLinux) {
            return decoded;
        }
    }

    /** The strings in {@code bytes}, each terminated by NUL. */
    static List<String> split(byte[] bytes) {
        List<String> strings = new ArrayList<>();
        int start = 0;
        for (int at = 0; at < bytes.length; at++) {
            if (bytes[at] == 0) {
                strings.add(RawPath.of(bytes, start, at).toPython());
                start = at + 1;
            }
        }
        return strings;
    }

    private static boolean isAscii(String text) {
        for (int at = 0; at < text.length(); at++) {
            if (text.charAt(at) >= 0x80) {
                return false;
            }
        }
        return true;
    }
}
