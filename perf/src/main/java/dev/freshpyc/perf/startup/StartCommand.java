package dev.freshpyc.perf.startup;

import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.indexer.host.ChildCpuTime;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A command whose starts are measured.
 *
 * <p>A run is bounded in time. Afterwards the command, its descendants, and every process whose environment has the mark of the run are
 * ended: a daemon that left its parent still has the mark.
 *
 * @param ready what a line of the first answer contains; empty where the answer is the command's end
 * @param limit of one run
 */
public record StartCommand(List<String> words, Optional<Pattern> ready, Duration limit) {

    /** In the message of a process that cannot be started: {@code Exec failed, error: 2 (No such file or directory)}. */
    private static final Pattern SYSTEM_WORDS = Pattern.compile("error: \\d+ \\(([^()]+)\\)");

    private static final String MARK = "FRESHPYC_BENCH_RUN";

    /** Characters of a line in a message. */
    private static final int MAX_SHOWN = 200;

    public StartCommand {
        words = List.copyOf(words);
    }

    /**
     * Runs the command once.
     *
     * @param settings environment variables to set; an empty value removes the variable
     * @throws StartupException when the command fails, does not answer in time, or cannot be started
     */
    public StartRun run(Map<String, String> settings) throws StartupException, InterruptedException {
        String mark = UUID.randomUUID().toString();
        ProcessBuilder builder = new ProcessBuilder(words)
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
        Map<String, String> environment = builder.environment();
        settings.forEach((name, value) -> {
            if (value.isEmpty()) {
                environment.remove(name);
            } else {
                environment.put(name, value);
            }
        });
        environment.put(MARK, mark);
        if (ready.isPresent()) {
            environment.put("PYTHONUNBUFFERED", "1"); // else an answer waits in the buffer of a pipe
        }
        Optional<ChildCpuTime> before = ready.isPresent() ? Optional.empty() : ChildCpuTime.now();
        long begin = System.nanoTime();
        Process process;
        try {
            process = builder.start();
        } catch (IOException refused) {
            throw new StartupException(shown() + ": cannot be started: " + reason(refused));
        }
        try {
            return await(process, begin, before);
        } finally {
            end(process, mark);
        }
    }

    /** The words of the system, which Java puts in brackets behind its own; all of the message where there are none. */
    private static String reason(IOException refused) {
        String message = String.valueOf(refused.getMessage());
        Matcher words = SYSTEM_WORDS.matcher(message);
        return RawPath.of(words.find() ? words.group(1) : message).shown();
    }

    private StartRun await(Process process, long begin, Optional<ChildCpuTime> before)
            throws StartupException, InterruptedException {
        long deadline = begin + limit.toNanos();
        CountDownLatch answered = new CountDownLatch(2);
        OutputReader output = new OutputReader(process.getInputStream(), ready, answered);
        OutputReader errors = new OutputReader(process.getErrorStream(), ready, answered);
        boolean inTime;
        if (ready.isPresent()) {
            inTime = answered.await(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
        } else {
            inTime = process.waitFor(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
        }
        long now = System.nanoTime();
        if (!inTime) {
            throw new StartupException(shown() + ": no answer in " + limit.toSeconds()
                    + " s; give a longer --timeout, or name the first line of its answer with --ready"
                    + said(output, errors));
        }
        Optional<ChildCpuTime> cpu = before.flatMap(ChildCpuTime::since);
        long matched = Math.max(output.answer(), errors.answer());
        if (ready.isPresent() && matched == 0) {
            throw new StartupException(shown() + ": ended without a line that matches --ready" + said(output, errors));
        }
        if (ready.isEmpty()) {
            var _ = output.await(TimeUnit.SECONDS.toNanos(1));
            var _ = errors.await(TimeUnit.SECONDS.toNanos(1));
            if (process.exitValue() != 0) {
                throw new StartupException(
                        shown() + ": ended with status " + process.exitValue() + said(output, errors));
            }
        }
        long answer = matched == 0 ? now : matched;
        // A process that the command started may report its imports after the command's end.
        long imported = Math.min(errors.lastImport(), answer);
        return new StartRun(
                imported == 0 ? 0 : (imported - begin) / 1e6,
                (answer - begin) / 1e6,
                cpu,
                errors.imports(),
                errors.verbose());
    }

    private static String said(OutputReader output, OutputReader errors) {
        List<String> lines = errors.shownLines().isEmpty() ? output.shownLines() : errors.shownLines();
        return lines.isEmpty()
                ? ""
                : lines.stream().map(StartCommand::start).collect(Collectors.joining(" | ", ": ", ""));
    }

    private static String start(String line) {
        boolean isLong = line.length() > MAX_SHOWN;
        return RawPath.of(isLong ? line.substring(0, MAX_SHOWN) : line).shown() + (isLong ? "…" : "");
    }

    private String shown() {
        return RawPath.of(words.getFirst()).shown();
    }

    private static void end(Process process, String mark) {
        List<ProcessHandle> below = process.descendants().toList();
        process.destroyForcibly();
        below.forEach(ProcessHandle::destroyForcibly);
        byte[] wanted = (MARK + "=" + mark).getBytes(StandardCharsets.US_ASCII);
        ProcessHandle.allProcesses()
                .filter(other -> isMarked(other.pid(), wanted))
                .forEach(ProcessHandle::destroyForcibly);
    }

    private static boolean isMarked(long pid, byte[] wanted) {
        try {
            String environment = new String(
                    Files.readAllBytes(Path.of("/proc", Long.toString(pid), "environ")), StandardCharsets.ISO_8859_1);
            return ("\0" + environment + "\0").contains("\0" + new String(wanted, StandardCharsets.US_ASCII) + "\0");
        } catch (IOException notOurs) {
            return false; // ended meanwhile, or another user's
        }
    }
}
