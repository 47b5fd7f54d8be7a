package dev.freshpyc.perf.measure;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Runs programs to their end, one at a time, each within a time limit.
 *
 * <p>Output goes to files, so that no thread reads a pipe while a program is measured. If a program exceeds its limit, or the
 * waiting thread is interrupted, then the program and its descendants are killed.
 *
 * @param scratch directory for the files of output
 */
public record ChildProcesses(Path scratch) {

    /** Environment variables that change what an interpreter compiles, or where it writes bytecode. */
    private static final List<String> UNWANTED =
            List.of("PYTHONPYCACHEPREFIX", "PYTHONDONTWRITEBYTECODE", "PYTHONPATH", "PYTHONHOME", "SOURCE_DATE_EPOCH");

    /** The exit code and the output of a program. */
    public record Ended(List<String> command, int status, String output, String errors) {

        /** The standard output; an exception if the program failed. */
        public String orFail() throws IOException {
            if (status != 0) {
                throw new IOException(String.join(" ", command) + " ended with " + status + lastWords());
            }
            return output;
        }

        /** The first line of the errors, for a message: what follows may be a long trace. */
        public String firstError() {
            return errors.strip().lines().findFirst().map(line -> ": " + line).orElse("");
        }

        /** The end of the output, for a message. */
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
