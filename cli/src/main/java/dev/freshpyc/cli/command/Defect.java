package dev.freshpyc.cli.command;

import dev.freshpyc.core.path.RawPath;
import org.jspecify.annotations.Nullable;

/** Describes an unexpected exception in one line: the innermost cause and where it was thrown. */
final class Defect {

    private Defect() {}

    static String describe(Throwable defect) {
        Throwable innermost = defect;
        @Nullable Throwable cause = innermost.getCause();
        while (cause != null) {
            innermost = cause;
            cause = innermost.getCause();
        }
        StackTraceElement[] trace = innermost.getStackTrace();
        String place = trace.length == 0 ? "" : " at " + trace[0].getClassName() + "." + trace[0].getMethodName();
        return RawPath.of(String.valueOf(innermost)).shown() + place;
    }
}
