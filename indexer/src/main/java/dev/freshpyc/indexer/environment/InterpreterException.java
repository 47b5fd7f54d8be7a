package dev.freshpyc.indexer.environment;

import dev.freshpyc.core.path.RawPath;
import java.io.IOException;
import java.io.Serial;
import java.time.Duration;
import java.util.Objects;

/** A program could not be probed as a Python interpreter. The message is one sentence: the program, the reason, advice. */
public final class InterpreterException extends Exception {

    @Serial
    private static final long serialVersionUID = 1L;

    private static final String ADVICE = "name a Python interpreter with --python EXE";

    /** How Java's message begins where its helper program finds no descriptor for the C library; a page of guesses follows. */
    private static final String NO_HELPER = "Failed to exec spawn helper";

    private final String reason;
    private final boolean timeout;

    private InterpreterException(String subject, String reason, String advice) {
        this(subject, reason, advice, false);
    }

    private InterpreterException(String subject, String reason, String advice, boolean timeout) {
        super(subject + " " + reason + ": " + advice);
        this.reason = reason;
        this.timeout = timeout;
    }

    /** Whether the program did not answer in time; it may with more time. */
    public boolean isTimeout() {
        return timeout;
    }

    /** The reason alone, a predicate whose subject is the program, such as {@code was not found}; safe to print. */
    public String reason() {
        return reason;
    }

    /** Why the system did not start a program, without the program's name, which Java prepends unescaped. */
    public static String startFailure(IOException refused) {
        Throwable cause = Objects.requireNonNullElse(refused.getCause(), refused);
        String reason = Objects.requireNonNullElse(cause.getMessage(), "no reason given");
        return reason.startsWith(NO_HELPER)
                ? "the program that starts others could not run itself: too few files may be open at once, see 'ulimit -n'"
                : reason;
    }

    static InterpreterException notFound(String name) {
        return new InterpreterException(interpreter(name), "was not found", ADVICE);
    }

    static InterpreterException inRelativeEntry(String name) {
        return new InterpreterException(
                interpreter(name),
                "was found only in a relative entry of PATH, which is left out since it depends on the current directory",
                ADVICE);
    }

    static InterpreterException notExecutable(String name) {
        return new InterpreterException(interpreter(name), "is not an executable file", ADVICE);
    }

    static InterpreterException notStarted(String name, String why) {
        return new InterpreterException(interpreter(name), "could not be started (" + shown(why) + ")", ADVICE);
    }

    static InterpreterException timedOut(String name, Duration limit) {
        return new InterpreterException(
                interpreter(name),
                "did not answer within " + shown(limit) + " and was stopped",
                "find out why it hangs, or " + ADVICE,
                true);
    }

    static InterpreterException interrupted(String name) {
        return new InterpreterException(interpreter(name), "was stopped by an interruption", "try again");
    }

    static InterpreterException flooded(String name, int limit) {
        return new InterpreterException(
                interpreter(name), "printed more than " + (limit >> 20) + " MiB and was stopped", ADVICE);
    }

    static InterpreterException failed(String name, int status, String complaint) {
        String detail = complaint.isEmpty() ? "" : " (" + complaint + ")";
        return new InterpreterException(
                interpreter(name), "failed with exit status " + status + detail, "repair it, or " + ADVICE);
    }

    static InterpreterException notPython(String name) {
        return new InterpreterException("'" + shown(name) + "'", "did not answer as Python does", ADVICE);
    }

    static InterpreterException unknownImplementation(String name, String implementation) {
        return new InterpreterException(
                interpreter(name),
                "is " + shown(implementation) + ", whose bytecode files are not known",
                "name a CPython, PyPy or GraalPy with --python EXE");
    }

    private static String interpreter(String name) {
        return "interpreter '" + shown(name) + "'";
    }

    private static String shown(String text) {
        return RawPath.of(text).shown();
    }

    private static String shown(Duration limit) {
        long millis = limit.toMillis();
        return millis % 1000 == 0 ? millis / 1000 + " s" : millis + " ms";
    }
}
