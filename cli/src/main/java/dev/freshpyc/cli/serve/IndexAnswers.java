package dev.freshpyc.cli.serve;

import dev.freshpyc.cli.lookup.PathLookup;
import dev.freshpyc.cli.meter.LookupMeters;
import dev.freshpyc.cli.render.DocumentFormat;
import dev.freshpyc.cli.render.LookupReport;
import dev.freshpyc.cli.render.StatusReport;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.store.IndexInfo;
import dev.freshpyc.indexer.fs.CanonicalPath;
import dev.freshpyc.indexer.index.NearestIndex;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.eclipse.jetty.http.HttpStatus;

/**
 * Answers from the indexes of the configured entries, and reveals nothing about other paths: a path outside the entries is refused before
 * any file is read, and a path whose directory is a link to a place outside is unknown.
 */
final class IndexAnswers {

    private final ServedEntries entries;
    private final Clock clock;
    private final PathLookup lookup;

    IndexAnswers(ServedEntries entries, Clock clock) {
        this.entries = entries;
        this.clock = clock;
        lookup = new PathLookup(
                new NearestIndex(
                        key -> entries.keys().contains(key), entries.scan().pycachePrefix(), CanonicalPath::of),
                entries::find);
    }

    /** The records of paths, as {@code lookup --format json} prints them. */
    HttpAnswer lookup(List<RawPath> paths) throws BadRequestException, IOException {
        entries.require(paths);
        List<RawPath> plain = paths.stream().map(RawPath::normalized).toList();
        return HttpAnswer.ok(out -> {
            try (LookupReport report = LookupReport.of(DocumentFormat.JSON, out, clock)) {
                lookup.answer(plain, report, new LookupMeters());
            }
        });
    }

    /** The configured entries that have an index, as {@code status --format json} prints them. */
    HttpAnswer entries() throws IOException {
        return HttpAnswer.ok(out -> {
            try (StatusReport report = new StatusReport(DocumentFormat.JSON, out, clock)) {
                for (RawPath key : entries.keys()) {
                    Optional<IndexInfo> info = entries.info(key);
                    if (info.isPresent()) {
                        report.index(info.get(), entries.verdicts(key));
                    }
                }
            }
        });
    }

    /** Whether every entry has an index. */
    HttpAnswer readiness() throws IOException {
        for (RawPath key : entries.keys()) {
            if (entries.info(key).isEmpty()) {
                return HttpAnswer.error(
                        HttpStatus.SERVICE_UNAVAILABLE_503,
                        "The entry " + key.shown() + " has no index yet: ask again.");
            }
        }
        return HttpAnswer.healthy("ready");
    }
}
