package dev.freshpyc.indexer.environment;

import dev.freshpyc.core.path.RawPath;
import java.io.Serial;
import java.time.Duration;

/** An interpreter that could not be asked. The message is one sentence that names it and says what to do. */
public final class InterpreterException extends Exception {

    @Serial
    private static final long serialVersionUID = 1L;

    private static final String ADVICE = "give the path of a Python interpreter";

    private InterpreterException(String message) {
        super(message);
    }

    static InterpreterException notFound(String name) {
        return new InterpreterException("interpreter '" + shown(name) + "' was not found: " + ADVICE);
    }

    static InterpreterException notExecutable(String name) {
        return new InterpreterException("interpreter '" + shown(name) + "' is not an executable file: " + ADVICE);
    }

    static InterpreterException notStarted(String name, String why) {
        return new InterpreterException(
                "interpreter '" + shown(name) + "' could not be started (" + shown(why) + "): " + ADVICE);
    }

    static InterpreterException timedOut(String name, Duration limit) {
        return new InterpreterException("interpreter '" + shown(name) + "' did not answer within " + shown(limit)
                + " and was stopped: see why it hangs, or " + ADVICE);
    }

    static InterpreterException interrupted(String name) {
        return new InterpreterException("interpreter '" + shown(name) + "' was stopped by an interruption: try again");
    }

    static InterpreterException flooded(String name, int limit) {
        return new InterpreterException("interpreter '" + shown(name) + "' printed more than " + (limit >> 20)
                + " MiB and was stopped: " + ADVICE);
    }

    static InterpreterException failed(String name, int status, String complaint) {
        String detail = complaint.isEmpty() ? "" : " (" + complaint + ")";
        return new InterpreterException("interpreter '" + shown(name) + "' failed with exit status " + status + detail
                + ": mend it, or " + ADVICE);
    }

    static InterpreterException notPython(String name) {
        return new InterpreterException("'" + shown(name) + "' did not answer as Python does: " + ADVICE);
    }

    static InterpreterException unknownImplementation(String name, String implementation) {
        return new InterpreterException("interpreter '" + shown(name) + "' is " + shown(implementation)
                + ", whose bytecode files are not known: give the path of a CPython, PyPy or GraalPy");
    }

    private static String shown(String text) {
        return RawPath.of(text).shown();
    }

    private static String shown(Duration limit) {
        long millis = limit.toMillis();
        return millis % 1000 == 0 ? millis / 1000 + " s" : millis + " ms";
    }
}
