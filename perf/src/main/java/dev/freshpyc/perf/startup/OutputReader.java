package dev.freshpyc.perf.startup;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.regex.Pattern;

/**
 * Reads one output of a command in a thread, notes when lines arrived, and keeps little: the lines of the import report, and for a
 * message the first and the last of the other lines: a traceback ends with the error. The rest is read and thrown away, so that the command is never blocked.
 */
final class OutputReader {

    private static final int MAX_LINE = 8192;
    private static final int MAX_KEPT_LINES = 200_000;
    private static final int MAX_FIRST_LINES = 5;

    private final InputStream stream;
    private final Optional<Pattern> ready;
    private final CountDownLatch answered;
    private final Thread thread;
    private final List<ImportTime> imports = new ArrayList<>();
    private final List<String> verbose = new ArrayList<>();
    private final List<String> firstLines = new ArrayList<>();
    private String lastLine = "";
    private int others;
    private long lastImport;
    private long answer;

    /** Starts to read; {@code answered} is counted down when a line matches, or when the stream ends. */
    OutputReader(InputStream stream, Optional<Pattern> ready, CountDownLatch answered) {
        this.stream = stream;
        this.ready = ready;
        this.answered = answered;
        thread = Thread.ofPlatform().daemon().name("command-output").start(this::read);
    }

    /** Waits until the stream has ended; false if that takes longer. */
    boolean await(long nanos) throws InterruptedException {
        thread.join(Math.max(1, nanos / 1_000_000));
        return !thread.isAlive();
    }

    /** When a line matched, as {@link System#nanoTime}; 0 if none did. */
    synchronized long answer() {
        return answer;
    }

    /** When the last import was reported before the answer, as {@link System#nanoTime}; 0 if none was. */
    synchronized long lastImport() {
        return lastImport;
    }

    synchronized List<ImportTime> imports() {
        return List.copyOf(imports);
    }

    synchronized List<String> verbose() {
        return List.copyOf(verbose);
    }

    /** The first lines and the last one, with a line of dots where some are left out. */
    synchronized List<String> shownLines() {
        List<String> shown = new ArrayList<>(firstLines);
        if (others > MAX_FIRST_LINES + 1) {
            shown.add("…");
        }
        if (others > MAX_FIRST_LINES) {
            shown.add(lastLine);
        }
        return shown;
    }

    private void read() {
        try (InputStream in = new BufferedInputStream(stream, 1 << 16)) {
            ByteArrayOutputStream line = new ByteArrayOutputStream();
            for (int next = in.read(); next >= 0; next = in.read()) {
                if (next == '\n') {
                    accept(line.toString(StandardCharsets.UTF_8));
                    line.reset();
                } else if (line.size() < MAX_LINE) {
                    line.write(next);
                }
            }
            if (line.size() > 0) {
                accept(line.toString(StandardCharsets.UTF_8));
            }
        } catch (IOException closed) {
            // The command was ended; the lines until then are kept.
        } finally {
            answered.countDown();
        }
    }

    private synchronized void accept(String line) {
        long now = System.nanoTime();
        if (line.startsWith(ImportTime.PREFIX)) {
            if (answer == 0 && imports.size() < MAX_KEPT_LINES) {
                ImportTime.parse(line).ifPresent(time -> {
                    imports.add(time);
                    lastImport = now;
                });
            }
            return;
        }
        if (VerboseStart.isReport(line)) {
            if (verbose.size() < MAX_KEPT_LINES) {
                verbose.add(line);
            }
        } else if (!line.isBlank()) {
            others++;
            lastLine = line;
            if (others <= MAX_FIRST_LINES) {
                firstLines.add(line);
            }
        }
        if (answer == 0 && ready.isPresent() && ready.get().matcher(line).find()) {
            answer = now;
            answered.countDown(); // the other output need not answer as well
            answered.countDown();
        }
    }
}
