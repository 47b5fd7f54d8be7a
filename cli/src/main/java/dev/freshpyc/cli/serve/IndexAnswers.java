package dev.freshpyc.cli.serve;

import dev.freshpyc.cli.lookup.PathLookup;
import dev.freshpyc.cli.meter.LookupMeters;
import dev.freshpyc.cli.render.DocumentFormat;
import dev.freshpyc.cli.render.LookupReport;
import dev.freshpyc.cli.render.StatusReport;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.record.RecordedVerdicts;
import dev.freshpyc.core.store.IndexInfo;
import dev.freshpyc.core.store.IndexStore;
import dev.freshpyc.indexer.fs.CanonicalPath;
import dev.freshpyc.indexer.index.IndexLookup;
import dev.freshpyc.indexer.judge.VerdictCounts;
import dev.freshpyc.indexer.scan.PathEntry;
import dev.freshpyc.indexer.scan.ScanOptions;
import java.io.IOException;
import java.time.Clock;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jetty.http.HttpStatus;

/**
 * Answers from the indexes of the configured entries, and says nothing of other paths: a path outside is refused before any file is
 * looked at, and a path whose directory is a link to a place outside is unknown.
 */
final class IndexAnswers {

    private final IndexStore store;
    private final Clock clock;
    private final Set<RawPath> roots = new LinkedHashSet<>();
    private final Set<RawPath> keys = new LinkedHashSet<>();
    private final PathLookup lookup;

    IndexAnswers(IndexStore store, List<PathEntry> entries, ScanOptions scan, Clock clock) {
        this.store = store;
        this.clock = clock;
        for (PathEntry entry : entries) {
            roots.add(entry.path().absolute().normalized());
            roots.add(CanonicalPath.of(entry.path()));
            scan.pycachePrefix().ifPresent(prefix -> roots.add(prefix.mirrored(CanonicalPath.of(entry.path()))));
            keys.add(scan.indexKey(entry));
        }
        lookup = new PathLookup(new IndexLookup(keys::contains, scan.pycachePrefix(), CanonicalPath::of), store);
    }

    /** The records of paths, as {@code lookup --format json} prints them. */
    JsonAnswer lookup(List<RawPath> paths) throws BadRequestException, IOException {
        for (RawPath path : paths) {
            if (!isInside(path)) {
                throw new BadRequestException(
                        HttpStatus.NOT_FOUND_404, "A path is not inside the entries of this service.");
            }
        }
        List<RawPath> plain = paths.stream().map(RawPath::normalized).toList();
        return JsonAnswer.ok(out -> {
            try (LookupReport report = LookupReport.of(DocumentFormat.JSON, out, clock)) {
                lookup.answer(plain, report, new LookupMeters());
            }
        });
    }

    /** The configured entries that have an index, as {@code status --format json} prints them. */
    JsonAnswer entries() throws IOException {
        return JsonAnswer.ok(out -> {
            try (StatusReport report = new StatusReport(DocumentFormat.JSON, out, clock)) {
                for (RawPath key : keys) {
                    Optional<IndexInfo> info = store.info(key);
                    if (info.isPresent()) {
                        report.index(info.get(), verdicts(key));
                    }
                }
            }
        });
    }

    /** Whether every entry has an index. */
    JsonAnswer readiness() throws IOException {
        for (RawPath key : keys) {
            if (store.info(key).isEmpty()) {
                return JsonAnswer.error(HttpStatus.SERVICE_UNAVAILABLE_503, "An entry has no index yet.");
            }
        }
        return JsonAnswer.state(HttpStatus.OK_200, "status", "ready");
    }

    private boolean isInside(RawPath path) {
        RawPath plain = path.normalized();
        return path.isAbsolute()
                && roots.stream().anyMatch(root -> plain.relativeTo(root).isPresent());
    }

    private VerdictCounts verdicts(RawPath key) throws IOException {
        return VerdictCounts.of(store.verdicts(key).orElse(RecordedVerdicts.NONE));
    }
}
