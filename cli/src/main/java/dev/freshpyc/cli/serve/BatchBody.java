package dev.freshpyc.cli.serve;

import dev.freshpyc.cli.serve.equivalence.FieldException;
import dev.freshpyc.cli.serve.equivalence.Fields;
import dev.freshpyc.cli.serve.equivalence.Question;
import dev.freshpyc.cli.serve.equivalence.TaskKey;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;

/**
 * Answers bodies of many lines while they arrive, some lines at a time. The answers are kept until the end of the body: were they sent at
 * once, the service would wait for a client that sends everything before it reads, and the client for the service.
 */
final class BatchBody {

    /** Most lines in a request. */
    static final int MAX_LINES = 100_000;

    /** Longest line, in bytes. */
    static final int MAX_LINE_BYTES = 1024 * 1024;

    /** Largest body, in bytes. */
    static final int MAX_BYTES = 256 * 1024 * 1024;

    /** Most characters of all answers: 100,000 usual answers have 20 million. */
    static final int MAX_ANSWERS = 24 * 1024 * 1024;

    /** Most lines that are answered together. The more new rows there are, the fewer times a page of the indexes is written. */
    private static final int LINES_TOGETHER = 20_000;

    /** Most questions that are answered together: another server has a limited time for the unknown tasks among them. */
    private static final int QUESTIONS_TOGETHER = 5_000;

    private static final int BYTES_TOGETHER = 8 * 1024 * 1024;
    private static final Duration MAX_TIME = Duration.ofMinutes(2);
    private static final int MAX_AT_ONCE = 2;
    private static final long PATIENCE_SECONDS = 5;

    private final Semaphore slots = new Semaphore(MAX_AT_ONCE);

    /** Answers some questions in their order. */
    @FunctionalInterface
    interface QuestionsUse {
        List<Optional<String>> of(List<Question> questions)
                throws BadRequestException, IOException, InterruptedException;
    }

    /** Answers each line of a body with a line. */
    HttpAnswer use(Request request, QuestionsUse use) throws BadRequestException, IOException, InterruptedException {
        if (!slots.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw new BadRequestException(
                    HttpStatus.SERVICE_UNAVAILABLE_503, "Too many batches at once: ask again later.");
        }
        try (BodyStream in = new BodyStream(request, MAX_TIME)) {
            return HttpAnswer.lines(new Run(new BodyLines(in, MAX_LINE_BYTES, MAX_BYTES), use).parts());
        } finally {
            slots.release();
        }
    }

    /** A line that was read: a question, or an error. */
    private sealed interface Line {
        record Good(Question question) implements Line {}

        record Bad(String sentence) implements Line {}

        static Line of(byte[] text) {
            try {
                return new Good(Fields.of(text).question());
            } catch (FieldException refused) {
                return new Bad(String.valueOf(refused.getMessage()));
            }
        }
    }

    /** One request. */
    private static final class Run {

        private final BodyLines lines;
        private final QuestionsUse use;
        private final List<String> parts = new ArrayList<>();
        private long answered;
        private int count;

        Run(BodyLines lines, QuestionsUse use) {
            this.lines = lines;
            this.use = use;
        }

        /** The answers, in parts. While some lines are answered, the next ones arrive and are parsed. */
        List<String> parts() throws BadRequestException, IOException, InterruptedException {
            List<Line> some = read();
            while (!some.isEmpty()) {
                List<Line> asked = some;
                FutureTask<String> answer = new FutureTask<>(() -> answer(asked));
                Thread.ofVirtual().start(answer);
                try {
                    some = read();
                } finally {
                    add(part(answer));
                }
            }
            return parts;
        }

        private void add(String part) throws BadRequestException {
            answered += part.length();
            if (answered > MAX_ANSWERS) {
                throw new BadRequestException(
                        HttpStatus.PAYLOAD_TOO_LARGE_413, "The answers are too large: send fewer lines.");
            }
            parts.add(part);
        }

        private static String part(FutureTask<String> answer)
                throws BadRequestException, IOException, InterruptedException {
            try {
                return answer.get();
            } catch (ExecutionException failed) {
                switch (failed.getCause()) {
                    case BadRequestException refused -> throw refused;
                    case IOException unusable -> throw unusable;
                    case InterruptedException interrupted -> throw interrupted;
                    case null, default -> throw new IllegalStateException(failed);
                }
            }
        }

        private List<Line> read() throws BadRequestException {
            List<Line> some = new ArrayList<>();
            long bytes = 0;
            int questions = 0;
            while (some.size() < LINES_TOGETHER && questions < QUESTIONS_TOGETHER && bytes < BYTES_TOGETHER) {
                Optional<byte[]> text = lines.next();
                if (text.isEmpty()) {
                    break;
                }
                if (++count > MAX_LINES) {
                    throw new BadRequestException(
                            HttpStatus.PAYLOAD_TOO_LARGE_413, "A request may have " + MAX_LINES + " lines at most.");
                }
                Line line = Line.of(text.get());
                bytes += text.get().length;
                questions += line instanceof Line.Good(TaskKey _) ? 1 : 0;
                some.add(line);
            }
            return some;
        }

        private String answer(List<Line> some) throws BadRequestException, IOException, InterruptedException {
            List<Question> questions = some.stream()
                    .filter(Line.Good.class::isInstance)
                    .map(line -> ((Line.Good) line).question())
                    .toList();
            var unihashes = use.of(questions).iterator();
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try (EquivalenceJson json = new EquivalenceJson(new PrintStream(bytes, false, StandardCharsets.US_ASCII))) {
                for (Line line : some) {
                    switch (line) {
                        case Line.Bad(String sentence) -> json.error(sentence);
                        case Line.Good(Question question) -> answer(json, question, unihashes.next());
                    }
                }
            }
            return bytes.toString(StandardCharsets.US_ASCII);
        }

        private static void answer(EquivalenceJson json, Question question, Optional<String> unihash) {
            if (unihash.isEmpty() && !(question instanceof TaskKey)) {
                json.error(EquivalenceEndpoints.NO_UNIHASH);
            } else {
                json.unihash(question.task(), unihash);
                json.endLine();
            }
        }
    }
}
