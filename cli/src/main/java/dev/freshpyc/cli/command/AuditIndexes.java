package dev.freshpyc.cli.command;

import dev.freshpyc.cli.option.IndexArguments;
import dev.freshpyc.cli.option.Options;
import dev.freshpyc.cli.option.ScanArguments;
import dev.freshpyc.cli.option.ScanTarget;
import dev.freshpyc.cli.option.Streams;
import dev.freshpyc.core.store.IndexStore;
import dev.freshpyc.core.store.StoreEvents;
import dev.freshpyc.indexer.index.IndexRules;
import dev.freshpyc.indexer.index.IndexedJudge;
import dev.freshpyc.indexer.index.OpenIndexes;
import dev.freshpyc.indexer.judge.Judge;
import dev.freshpyc.indexer.judge.ManifestEvidence;
import dev.freshpyc.indexer.judge.ManifestEvidence.ManifestJudge;
import dev.freshpyc.indexer.judge.Rules;
import dev.freshpyc.indexer.scan.ScanOptions;
import java.io.PrintStream;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.ParseResult;

/** The indexes that an audit uses; none where no index exists, or with {@code --no-index}. */
final class AuditIndexes implements AutoCloseable {

    private final Optional<OpenIndexes> indexes;
    private final boolean trustStamps;
    private final boolean reuseVerdicts;

    private AuditIndexes(Optional<OpenIndexes> indexes, boolean trustStamps, boolean reuseVerdicts) {
        this.indexes = indexes;
        this.trustStamps = trustStamps;
        this.reuseVerdicts = reuseVerdicts;
    }

    static AuditIndexes of(
            ParseResult parsed,
            ScanArguments arguments,
            ScanTarget target,
            ScanOptions scan,
            Streams streams,
            boolean quiet) {
        StoreEvents events = quiet ? StoreEvents.NONE : IndexArguments.telling(streams.err());
        Optional<IndexStore> store =
                parsed.hasMatchedOption("--no-index") ? Optional.empty() : IndexArguments.readable(parsed, events);
        Optional<OpenIndexes> indexes = store.map(known -> new OpenIndexes(known, target.entries(), scan));
        if (!quiet) {
            indexes.ifPresent(known -> known.problems()
                    .forEach(line -> streams.err().println("freshpyc: going on without the index: " + line)));
        }
        boolean usual = arguments.isDefaultQuestion() && target.given() && !parsed.hasMatchedOption("--deep");
        boolean trustStamps = !parsed.hasMatchedOption(Options.NO_TRUST_CTIME);
        return new AuditIndexes(indexes.filter(known -> !known.isEmpty()), trustStamps, usual);
    }

    /** A judge by the files and the manifests, and by the indexes where there are any. */
    Judge judge(Judge byFiles, Rules rules, ManifestEvidence manifests) {
        return indexes.<Judge>map(known -> new IndexedJudge(
                        byFiles,
                        known::record,
                        new IndexRules(rules.window(), trustStamps, true, reuseVerdicts),
                        manifests))
                .orElseGet(() -> new ManifestJudge(byFiles, manifests, rules.deep()));
    }

    /** Prints why records could not be read; true if there were any, so that the run is incomplete. */
    boolean complain(PrintStream err) {
        List<String> failures = indexes.map(OpenIndexes::failures).orElse(List.of());
        failures.forEach(line -> err.println(
                "freshpyc: a part of the index could not be read, and its files were judged without: " + line));
        return !failures.isEmpty();
    }

    @Override
    public void close() {
        indexes.ifPresent(OpenIndexes::close);
    }
}
