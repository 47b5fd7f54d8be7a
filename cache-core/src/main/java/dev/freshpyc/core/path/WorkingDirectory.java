package dev.freshpyc.core.path;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/**
 * The directory in which the process was started. The JVM decodes the name of the directory by the locale: in the
 * locale C, each byte beyond ASCII becomes a question mark, and no file is found by such a name. Where {@code
 * /proc/self/cwd} exists, the bytes of the name are read from there.
 */
public final class WorkingDirectory {

    private static final Path LINK = Path.of("/proc/self/cwd");
    private static final String DECODED = Objects.requireNonNull(System.getProperty("user.dir"));
    private static final boolean PLAIN = SurrogateEscape.isAscii(DECODED) && DECODED.indexOf('?') < 0;
    private static final RawPath PATH = PLAIN ? RawPath.of(DECODED) : read();

    private WorkingDirectory() {}

    /** The absolute path, without links. */
    public static RawPath path() {
        return PATH;
    }

    /** Whether the JVM certainly has the right name of this directory, so that Java finds files by relative paths. */
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
