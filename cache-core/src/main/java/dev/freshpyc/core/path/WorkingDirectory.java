package dev.freshpyc.core.path;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/**
 * The directory in which the process was started. The JVM decodes its name by the locale and loses what the locale cannot express:
 * in the locale C, each byte beyond ASCII becomes a question mark, so that two directories have one name and neither is found. On
 * Linux, {@code /proc} has the bytes.
 */
public final class WorkingDirectory {

    private static final Path LINK = Path.of("/proc/self/cwd");
    private static final String DECODED = Objects.requireNonNull(System.getProperty("user.dir"));
    private static final boolean PLAIN = JavaPath.isAscii(DECODED) && DECODED.indexOf('?') < 0;
    private static final RawPath PATH = PLAIN ? RawPath.of(DECODED) : read();

    private WorkingDirectory() {}

    /** The absolute path, without links. */
    public static RawPath path() {
        return PATH;
    }

    /** Whether the JVM has the name of this directory for certain, so that it finds files by relative paths. */
    static boolean isPlain() {
        return PLAIN;
    }

    private static RawPath read() {
        try {
            return JavaPath.toRaw(Files.readSymbolicLink(LINK));
        } catch (IOException | UnsupportedOperationException notLinux) {
            return RawPath.of(DECODED);
        }
    }
}
