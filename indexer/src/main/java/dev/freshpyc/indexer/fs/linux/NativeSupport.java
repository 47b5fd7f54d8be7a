package dev.freshpyc.indexer.fs.linux;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whether this system has the C functions that this package calls. Callers must check that before they use any other class of
 * this package, since the other classes fail to load on a system without the functions.
 */
public final class NativeSupport {

    /** System property: {@code true} makes the program behave as on a system without native support. */
    public static final String PORTABLE = "freshpyc.portable";

    private NativeSupport() {}

    /** Why files cannot be read by system calls here; empty when they can. */
    public static Optional<String> obstacleToReading() {
        return isSwitchedOff() ? Optional.of(switchedOff()) : Optional.ofNullable(Reading.OBSTACLE);
    }

    /** Why files cannot be written by system calls here; empty when they can. */
    public static Optional<String> obstacleToWriting() {
        return obstacleToReading().or(() -> Optional.ofNullable(Writing.OBSTACLE));
    }

    public static boolean isAvailable() {
        return obstacleToReading().isEmpty();
    }

    private static boolean isSwitchedOff() {
        return Boolean.getBoolean(PORTABLE);
    }

    private static String switchedOff() {
        return "system calls are switched off by -D" + PORTABLE;
    }

    /** The functions for reading, linked at the first use. */
    private static final class Reading {
        static final @Nullable String OBSTACLE = find();

        private static @Nullable String find() {
            String system = System.getProperty("os.name");
            return system.equals("Linux") && OpenFlags.isKnownArchitecture()
                    ? obstacleTo(Libc::link)
                    : "this system is " + system + " on " + System.getProperty("os.arch");
        }
    }

    /** The functions for writing, linked at the first use. */
    private static final class Writing {
        static final @Nullable String OBSTACLE = obstacleTo(Libc::linkWriting);
    }

    /** The reason why linking failed: an old C library lacks a function, or the JVM denies native access. */
    private static @Nullable String obstacleTo(Runnable linking) {
        try {
            linking.run();
            return null;
        } catch (LinkageError | RuntimeException failed) {
            Throwable cause = failed;
            while (cause.getCause() != null) {
                cause = cause.getCause();
            }
            return String.valueOf(cause.getMessage());
        }
    }
}
