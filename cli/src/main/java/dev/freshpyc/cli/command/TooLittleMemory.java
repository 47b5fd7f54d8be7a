package dev.freshpyc.cli.command;

import org.jspecify.annotations.Nullable;

/** Recognizes and describes a run that needed more memory than the Java heap has, which is no defect. */
final class TooLittleMemory {

    private static final long MIB = 1 << 20;

    private TooLittleMemory() {}

    /** Whether an exception was thrown because the heap was full. */
    static boolean isReasonOf(Throwable failure) {
        @Nullable Throwable cause = failure;
        while (cause != null && !(cause instanceof OutOfMemoryError)) {
            cause = cause.getCause();
        }
        return cause != null;
    }

    /** The message with the remedy. */
    static String line() {
        return "too little memory: the heap of " + Runtime.getRuntime().maxMemory() / MIB
                + " MiB is full; use fewer workers (-j 1), or raise -Xmx in the file lib/java.options of this installation."
                + " What a repair or an undo has begun is in its journal, and the next run completes it";
    }
}
