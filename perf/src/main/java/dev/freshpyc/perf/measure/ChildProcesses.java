package dev.freshpyc.perf.measure;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Runs programs to their end, one at a time and each within a time limit.
 *
 * <p>Output goes to files and not through pipes: nothing has to be read while a measured program runs. A program that is
 * late, or whose waiting thread is interrupted, is ended by its handle together with what it started.
 *
 * @param scratch directory for the output
 */
public record ChildProcesses(Path scratch) {

    /** Variables that change what the interpreter compiles, or where it puts the result. */
    private static final List<String> UNWANTED =
            List.of("PYTHONPYCACHEPREFIX", "PYTHONDONTWRITEBYTECODE", "PYTHONPATH", "PYTHONHOME", "SOURCE_DATE_EPOCH");

    /** How a program ended. */
    public record Ended(List<String> command, int status, String output, String errors) {

        /** The standard output of a program that succeeded. */
        public String orFail() throws IOException {
            if (status != 0) {
                throw new IOException(String.join(" ", command) + " ended with " + status + lastWords());
            }
            return output;
        }

        /** The end of what it said, for a message. */
        public String lastWords() {
            String said = (output + errors).strip();
            return said.isEmpty() ? "" : ": " + said.substring(Math.max(0, said.length() - 500));
        }
    }

    public Ended run(Duration limit, List<String> command) throws IOException, InterruptedException {
        Path output = scratch.resolve("output");
        Path errors = scratch.resolve("errors");
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .redirectOutput(output.toFile())
                .redirectError(errors.toFile());
        builder.environment().keySet().removeAll(UNWANTED);
        int status = await(builder.start(), limit, command);
        return new Ended(command, status, text(output), text(errors));
    }

    private static int await(Process process, Duration limit, List<String> command)
            throws IOException, InterruptedException {
        try {
            if (!process.waitFor(limit.toNanos(), TimeUnit.NANOSECONDS)) {
                throw new IOException(String.join(" ", command) + " did not end in " + limit.toSeconds() + " s");
            }
            return process.exitValue();
        } finally {
            if (process.isAlive()) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
            }
        }
    }

    private static String text(Path file) throws IOException {
        return new String(Files.readAllBytes(file), StandardCharsets.UTF_8); // a name that is not UTF-8 is no failure
    }
}
