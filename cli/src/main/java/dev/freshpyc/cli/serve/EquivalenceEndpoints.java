package dev.freshpyc.cli.serve;

import dev.freshpyc.cli.serve.equivalence.Column;
import dev.freshpyc.cli.serve.equivalence.Equivalences;
import dev.freshpyc.cli.serve.equivalence.FieldException;
import dev.freshpyc.cli.serve.equivalence.Fields;
import dev.freshpyc.cli.serve.equivalence.Report;
import dev.freshpyc.cli.serve.equivalence.StoreSize;
import dev.freshpyc.cli.serve.equivalence.TaskKey;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;

/**
 * The hash-equivalence protocol of 2019 over HTTP, with the endpoints of freshpyc beyond it. The answer is 503 where the database cannot
 * be used: the client may ask again.
 */
final class EquivalenceEndpoints {

    /** The sentence about a report that needs its unihash and has none. */
    static final String NO_UNIHASH = "The field 'unihash' is missing, and the output is not known yet.";

    private final Equivalences equivalences;
    private final RequestBody bodies;
    private final Tokens tokens;
    private final BatchBody batches = new BatchBody();

    /** The batches of clients without a token, which take no slot from clients with a token. */
    private final BatchBody openBatches = new BatchBody();

    EquivalenceEndpoints(Equivalences equivalences, RequestBody bodies, Tokens tokens) {
        this.equivalences = equivalences;
        this.tokens = tokens;
        this.bodies = bodies;
    }

    /** The unihash of the oldest row of a task, or null. */
    HttpAnswer unihash(Request request) throws BadRequestException, IOException, InterruptedException {
        QueryText query = new QueryText(request.getHttpURI().getQuery());
        query.requirePairs();
        TaskKey task = new TaskKey(parameter(query, "method"), parameter(query, "taskhash"));
        Optional<String> unihash = usable(() -> equivalences.unihash(task));
        return json(json -> json.unihash(task, unihash));
    }

    private static String parameter(QueryText query, String name) throws BadRequestException {
        String value = query.text(name)
                .filter(text -> !text.isBlank())
                .orElseThrow(() -> bad("The parameter '" + name + "' is missing or blank."));
        if (value.length() > Fields.MAX_KEY_LENGTH) {
            throw bad("The parameter '" + name + "' is too long.");
        }
        return value;
    }

    /** Stores a report. */
    HttpAnswer report(Request request) throws BadRequestException, IOException, InterruptedException {
        if (request.getLength() < 0) {
            throw bad("The header Content-Length is missing.");
        }
        return bodies.use(request, body -> stored(fields(body, Fields::report)));
    }

    private HttpAnswer stored(Report report) throws BadRequestException, IOException, InterruptedException {
        Optional<String> unihash =
                usable(() -> equivalences.answer(List.of(report)).getFirst());
        if (unihash.isEmpty()) {
            throw bad(NO_UNIHASH);
        }
        return json(json -> json.unihash(report.task(), unihash));
    }

    /** Answers many lines. Without a token, where one is needed, questions are answered and a report ends the request. */
    HttpAnswer batch(Request request) throws BadRequestException, IOException, InterruptedException {
        if (tokens.allow(request.getHeaders().get(HttpHeader.AUTHORIZATION))) {
            return batches.use(request, questions -> usable(() -> equivalences.answer(questions)));
        }
        return openBatches.use(request, questions -> {
            if (questions.stream().anyMatch(Report.class::isInstance)) {
                throw Routes.unauthorized();
            }
            return usable(() -> equivalences.answer(questions));
        });
    }

    /** The size of the store, and counts of its uses. */
    HttpAnswer stats() throws BadRequestException, IOException, InterruptedException {
        StoreSize size = usable(equivalences::size);
        return json(json -> json.size(size, equivalences.counts(), equivalences.cacheUse()));
    }

    /** Marks the rows that a sweep keeps. */
    HttpAnswer mark(Request request) throws BadRequestException, IOException, InterruptedException {
        requireWritable();
        return bodies.use(request, body -> {
            String mark = fields(body, Fields::mark);
            Map<Column, String> where = fields(body, Fields::conditions);
            long marked = usable(() -> equivalences.mark(mark, where));
            return json(json -> json.marked(marked));
        });
    }

    /** Removes the rows without a mark. */
    HttpAnswer sweep(Request request) throws BadRequestException, IOException, InterruptedException {
        requireWritable();
        return bodies.use(request, body -> {
            String mark = fields(body, Fields::mark);
            OptionalLong removed = usable(() -> equivalences.sweep(mark));
            if (removed.isEmpty()) {
                throw bad("This mark is not in use: mark rows with gc-mark first.");
            }
            return json(json -> json.removed(removed.getAsLong()));
        });
    }

    private void requireWritable() throws BadRequestException {
        if (equivalences.isReadOnly()) {
            throw new BadRequestException(HttpStatus.FORBIDDEN_403, "The equivalences of this service are read-only.");
        }
    }

    @FunctionalInterface
    private interface FieldsReader<T> {
        T of(Fields fields) throws FieldException;
    }

    private static <T> T fields(byte[] body, FieldsReader<T> reading) throws BadRequestException {
        try {
            return reading.of(Fields.of(body));
        } catch (FieldException refused) {
            throw bad(String.valueOf(refused.getMessage()));
        }
    }

    @FunctionalInterface
    private interface StoreUse<T> {
        T of() throws IOException, InterruptedException;
    }

    private static <T> T usable(StoreUse<T> use) throws BadRequestException, InterruptedException {
        try {
            return use.of();
        } catch (IOException unusable) {
            throw new BadRequestException(
                    HttpStatus.SERVICE_UNAVAILABLE_503, "The equivalences cannot be used now: ask again later.");
        }
    }

    private static HttpAnswer json(Consumer<EquivalenceJson> document) throws IOException {
        return HttpAnswer.ok(out -> {
            try (EquivalenceJson json = new EquivalenceJson(out)) {
                document.accept(json);
            }
        });
    }

    private static BadRequestException bad(String sentence) {
        return new BadRequestException(HttpStatus.BAD_REQUEST_400, sentence);
    }
}
