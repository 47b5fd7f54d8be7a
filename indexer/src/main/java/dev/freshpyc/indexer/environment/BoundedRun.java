package dev.freshpyc.indexer.environment;

import dev.freshpyc.indexer.environment.BoundedOutput.WhenFull;
import java.io.File;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Runs a program that may hang or flood its output: the input is empty, output and time are limited, and afterwards the
 * program and its remaining descendants are dead.
 */
public final class BoundedRun {

    /** Limit of the output in bytes; a {@code sys.path} of a thousand entries takes a tenth of that. */
    static final int OUTPUT_LIMIT = 1 << 20;

    private static final int COMPLAINT_LIMIT = 64 * 1024;

    /** How a run ended. */
    public sealed interface RunResult {

        /** The program ended; {@code output} and {@code complaint} (standard error) have one character per byte. */
        record Ended(int status, String output, String complaint) implements RunResult {}

        record TimedOut() implements RunResult {}

        record Flooded() implements RunResult {}

        record NotStarted(String why) implements RunResult {}
    }

    private static final File NOTHING = new File("/dev/null");

    private final Process process;
    private final long end;

    private BoundedRun(Process process, long end) {
        this.process = process;
        this.end = end;
    }

    /** Runs a program to its end, or to the end of {@code limit}. */
    public static RunResult of(List<String> command, Duration limit) throws InterruptedException {
        long end = System.nanoTime() + limit.toNanos();
        Optional<String> objection = NativeProgram.objection(command.getFirst());
        if (objection.isPresent()) {
            return new RunResult.NotStarted(objection.get());
        }
        Process process;
        try {
            ProcessBuilder builder = new ProcessBuilder(CommandWords.expressible(command));
            if (NOTHING.exists()) {
                builder.redirectInput(NOTHING); // takes one descriptor less than a pipe
            }
            process = builder.start();
        } catch (IOException refused) {
            return new RunResult.NotStarted(InterpreterException.startFailure(refused));
        }
        try {
            return new BoundedRun(process, end).await();
        } finally {
            kill(process);
        }
    }

    private RunResult await() throws InterruptedException {
        closeInput();
        BoundedOutput complaint = BoundedOutput.of(process.getErrorStream(), COMPLAINT_LIMIT, WhenFull.DISCARD);
        BoundedOutput output = BoundedOutput.of(process.getInputStream(), OUTPUT_LIMIT, WhenFull.STOP);
        if (!output.await(left())) {
            return new RunResult.TimedOut();
        }
        if (output.full()) {
            return new RunResult.Flooded();
        }
        if (!process.waitFor(left().toNanos(), TimeUnit.NANOSECONDS)) {
            return new RunResult.TimedOut();
        }
        boolean complete = process.exitValue() == 0 || complaint.await(left());
        return new RunResult.Ended(process.exitValue(), output.text(), complete ? complaint.text() : "");
    }

    private Duration left() {
        return Duration.ofNanos(Math.max(0, end - System.nanoTime()));
    }

    private void closeInput() {
        try {
            process.getOutputStream().close();
        } catch (IOException alreadyClosed) {
            // The program ended already.
        }
    }

    private static void kill(Process process) {
        if (process.isAlive()) {
            List<ProcessHandle> below = process.descendants().toList();
            process.destroyForcibly();
            below.forEach(ProcessHandle::destroyForcibly);
        }
    }
}
