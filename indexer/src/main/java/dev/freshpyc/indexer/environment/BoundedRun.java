package dev.freshpyc.indexer.environment;

import dev.freshpyc.indexer.environment.BoundedOutput.WhenFull;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/**
 * One run of a program that is not trusted to end: its input is empty, its output and its time are limited, and
 * when the run is over the program is dead, with every process that it started and that was below it still.
 */
final class BoundedRun {

    /** The most that a program may print; a {@code sys.path} of a thousand entries is a tenth of it. */
    static final int OUTPUT_LIMIT = 1 << 20;

    private static final int COMPLAINT_LIMIT = 64 * 1024;

    /** How a run went. */
    sealed interface Outcome {

        /** It ended; {@code output} has one character per byte, as has {@code complaint}, its standard error. */
        record Ended(int status, String output, String complaint) implements Outcome {}

        record TimedOut() implements Outcome {}

        record Flooded() implements Outcome {}

        record NotStarted(String why) implements Outcome {}
    }

    private final Process process;
    private final long end;

    private BoundedRun(Process process, long end) {
        this.process = process;
        this.end = end;
    }

    static Outcome of(List<String> command, Duration limit) throws InterruptedException {
        long end = System.nanoTime() + limit.toNanos();
        Process process;
        try {
            process = new ProcessBuilder(command).start();
        } catch (IOException refused) {
            return new Outcome.NotStarted(why(refused));
        }
        try {
            return new BoundedRun(process, end).await();
        } finally {
            kill(process);
        }
    }

    private Outcome await() throws InterruptedException {
        closeInput();
        BoundedOutput complaint = BoundedOutput.of(process.getErrorStream(), COMPLAINT_LIMIT, WhenFull.DISCARD);
        BoundedOutput output = BoundedOutput.of(process.getInputStream(), OUTPUT_LIMIT, WhenFull.STOP);
        if (!output.await(left())) {
            return new Outcome.TimedOut();
        }
        if (output.full()) {
            return new Outcome.Flooded();
        }
        if (!process.waitFor(left().toNanos(), TimeUnit.NANOSECONDS)) {
            return new Outcome.TimedOut();
        }
        boolean complete = process.exitValue() == 0 || complaint.await(left());
        return new Outcome.Ended(process.exitValue(), output.text(), complete ? complaint.text() : "");
    }

    private Duration left() {
        return Duration.ofNanos(Math.max(0, end - System.nanoTime()));
    }

    private void closeInput() {
        try {
            process.getOutputStream().close();
        } catch (IOException alreadyClosed) {
            // Nothing was written, so nothing is lost.
        }
    }

    private static void kill(Process process) {
        if (process.isAlive()) {
            List<ProcessHandle> below = process.descendants().toList();
            process.destroyForcibly();
            below.forEach(ProcessHandle::destroyForcibly);
        }
    }

    /** What the system said, without the name of the program, which Java puts before it unescaped. */
    private static String why(IOException refused) {
        Throwable cause = Objects.requireNonNullElse(refused.getCause(), refused);
        return Objects.requireNonNullElse(cause.getMessage(), "no reason given");
    }
}
