package dev.freshpyc.cli.serve;

import dev.freshpyc.cli.render.AsciiJson;
import dev.freshpyc.cli.render.RecordedFindings;
import dev.freshpyc.core.lookup.IndexLookup;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.record.PycRecord;
import dev.freshpyc.core.record.SourceRecord;
import dev.freshpyc.core.store.IndexInfo;
import dev.freshpyc.core.verdict.Verdict;
import dev.freshpyc.indexer.judge.VerdictCounts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.eclipse.jetty.http.HttpStatus;

/**
 * The pycs of an entry that have certain verdicts in the index, page by page, in the order of the bytes of their sources. A page ends with
 * the last source that it has read, and the next page begins after this source, also when a newer generation was published between.
 */
final class FindingPages {

    /** The most findings of a page. All findings of its last source are added, even where they are more. */
    static final int MAX_FINDINGS = 10_000;

    /** The most records that one request reads, so that it takes a bounded time where findings are rare. */
    static final int MAX_RECORDS = 100_000;

    private static final int DEFAULT_FINDINGS = 1_000;
    private static final Pattern COMMA = Pattern.compile(",");

    private final ServedEntries entries;
    private final Clock clock;

    FindingPages(ServedEntries entries, Clock clock) {
        this.entries = entries;
        this.clock = clock;
    }

    /** The parameters of a request. */
    private record Asked(RawPath key, Set<Verdict.Kind> kinds, RawPath after, int most) {}

    /** Collects the findings of one page. */
    private static final class Page {

        private final Asked asked;
        private final RecordedFindings findings;
        private int found;
        private int read;
        private RawPath last;
        private boolean complete = true;

        private Page(Asked asked, RecordedFindings findings) {
            this.asked = asked;
            this.findings = findings;
            this.last = asked.after();
        }

        private boolean add(RawPath source, SourceRecord record) {
            if (found >= asked.most() || read == MAX_RECORDS) {
                complete = false;
                return false;
            }
            for (PycRecord pyc : record.pycs()) {
                if (asked.kinds().contains(pyc.verdict().kind())) {
                    findings.add(source, pyc);
                    found++;
                }
            }
            read++;
            last = source;
            return true;
        }
    }

    /** The page that the query of a request asks for. */
    HttpAnswer page(QueryText query) throws BadRequestException, IOException {
        Asked asked = asked(query);
        Optional<IndexLookup> index = entries.index(asked.key());
        if (index.isEmpty()) {
            return HttpAnswer.error(
                    HttpStatus.SERVICE_UNAVAILABLE_503,
                    "The entry has no index yet: ask again when /readyz answers 200.");
        }
        return HttpAnswer.ok(out -> {
            try (RecordedFindings findings = new RecordedFindings(AsciiJson.generator(out))) {
                Page page = new Page(asked, findings);
                IndexInfo info = index.get().forEachAfter(asked.after(), page::add);
                findings.finish(info, clock, page.complete ? Optional.empty() : Optional.of(next(asked, page.last)));
            } catch (UncheckedIOException damaged) {
                throw new UnreadableIndexException(asked.key(), Objects.requireNonNull(damaged.getCause()));
            }
        });
    }

    private Asked asked(QueryText query) throws BadRequestException {
        RawPath entry = query.required("entry");
        RawPath key = entries.key(entry)
                .orElseThrow(() -> new BadRequestException(
                        HttpStatus.NOT_FOUND_404,
                        "The service has no entry of this name: GET /v1/entries lists the entries."));
        Optional<String> verdicts = query.text("verdict");
        return new Asked(
                key,
                verdicts.isEmpty() ? findings() : kinds(verdicts.get()),
                query.path("after").orElse(RawPath.EMPTY),
                most(query.text("limit")));
    }

    private static Set<Verdict.Kind> findings() {
        return Arrays.stream(Verdict.Kind.values())
                .filter(VerdictCounts::isFinding)
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(Verdict.Kind.class)));
    }

    private static Set<Verdict.Kind> kinds(String labels) throws BadRequestException {
        Set<Verdict.Kind> kinds = EnumSet.noneOf(Verdict.Kind.class);
        for (String label : COMMA.split(labels, -1)) {
            kinds.add(
                    Arrays.stream(Verdict.Kind.values())
                            .filter(kind -> kind.label().equals(label))
                            .findFirst()
                            .orElseThrow(
                                    () -> new BadRequestException(
                                            HttpStatus.BAD_REQUEST_400,
                                            "The parameter 'verdict' takes verdicts with commas between them, such as stale,impostor.")));
        }
        return kinds;
    }

    private static int most(Optional<String> limit) throws BadRequestException {
        if (limit.isEmpty()) {
            return DEFAULT_FINDINGS;
        }
        boolean isNumber = limit.get().matches("[1-9][0-9]{0,4}");
        if (!isNumber || Integer.parseInt(limit.get()) > MAX_FINDINGS) {
            throw new BadRequestException(
                    HttpStatus.BAD_REQUEST_400, "The parameter 'limit' takes a number from 1 to " + MAX_FINDINGS + ".");
        }
        return Integer.parseInt(limit.get());
    }

    private static String next(Asked asked, RawPath after) {
        List<String> labels = asked.kinds().stream().map(Verdict.Kind::label).toList();
        return "/v1/report?entry=" + QueryText.encode(asked.key()) + "&verdict=" + String.join(",", labels) + "&limit="
                + asked.most() + "&after=" + QueryText.encode(after);
    }
}
