package dev.freshpyc.cli.command;

import dev.freshpyc.cli.option.IndexArguments;
import dev.freshpyc.cli.option.Options;
import dev.freshpyc.cli.option.ScanArguments;
import dev.freshpyc.cli.option.ScanTarget;
import dev.freshpyc.cli.option.Streams;
import dev.freshpyc.core.proof.ContentProof;
import dev.freshpyc.core.proof.ManyProofs;
import dev.freshpyc.core.store.IndexStore;
import dev.freshpyc.core.store.StoreEvents;
import dev.freshpyc.indexer.index.IndexRules;
import dev.freshpyc.indexer.index.IndexedJudge;
import dev.freshpyc.indexer.index.OpenIndexes;
import dev.freshpyc.indexer.index.ProvenElsewhereJudge;
import dev.freshpyc.indexer.judge.Judge;
import dev.freshpyc.indexer.judge.ManifestEvidence;
import dev.freshpyc.indexer.judge.ManifestEvidence.ManifestJudge;
import dev.freshpyc.indexer.judge.OutsideEvidence;
import dev.freshpyc.indexer.judge.Rules;
import dev.freshpyc.indexer.prove.Compilers;
import dev.freshpyc.indexer.prove.ReplacedBodyJudge;
import dev.freshpyc.indexer.scan.ScanOptions;
import java.io.PrintStream;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ParseResult;

/** The indexes that an audit uses; none where no index exists, or with {@code --no-index}. */
final class AuditIndexes implements AutoCloseable {

    private final Optional<OpenIndexes> indexes;
    private final ManyProofs proofs;
    private final Supplier<Compilers> start;
    private @Nullable Compilers compilers;
    private final boolean trustStamps;
    private final boolean reuseVerdicts;

    private AuditIndexes(
            Optional<OpenIndexes> indexes,
            ManyProofs proofs,
            Supplier<Compilers> start,
            boolean trustStamps,
            boolean reuseVerdicts) {
        this.indexes = indexes;
        this.proofs = proofs;
        this.start = start;
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
        boolean told = indexes.map(known ->
                        !known.problems().isEmpty() || !known.failures().isEmpty())
                .orElse(false);
        ManyProofs proofs = told ? new ManyProofs(List.of()) : proofs(parsed, streams, quiet);
        return new AuditIndexes(
                indexes.filter(known -> !known.isEmpty()),
                proofs,
                () -> Compilers.of(arguments.question().compilers(target.entries()), scan.workers()),
                trustStamps,
                usual);
    }

    /** The proofs by content for an image, which has no index. */
    static AuditIndexes ofImage(
            ParseResult parsed, ScanArguments arguments, ScanOptions scan, Streams streams, boolean quiet) {
        return new AuditIndexes(
                Optional.empty(),
                proofs(parsed, streams, quiet),
                () -> Compilers.of(arguments.question().compilers(List.of()), scan.workers()),
                false,
                false);
    }

    private static ManyProofs proofs(ParseResult parsed, Streams streams, boolean quiet) {
        return parsed.hasMatchedOption("--no-index")
                ? new ManyProofs(List.of())
                : IndexArguments.openProofs(parsed, quiet ? Optional.empty() : Optional.of(streams.err()));
    }

    /** A judge by the files and the manifests, and by the indexes and proofs where there are any. */
    Judge judge(Judge byFiles, Rules rules, ManifestEvidence manifests) {
        return judge(byFiles, rules, manifests, _ -> {});
    }

    /** The same judge, which shows {@code trace} each proof that was found. */
    Judge judge(Judge byFiles, Rules rules, ManifestEvidence manifests, Consumer<ContentProof> trace) {
        OutsideEvidence outside = new OutsideEvidence(
                proofs.through(found -> {
                    found.ifPresent(trace);
                    return found;
                }),
                manifests);
        return indexes.<Judge>map(open -> {
                    IndexRules trust =
                            new IndexRules(rules.window(), trustStamps, true, reuseVerdicts).withPortableStamps();
                    IndexedJudge judge = new IndexedJudge(byFiles, open::record, trust, outside);
                    return new ReplacedBodyJudge(judge, compilers());
                })
                .orElseGet(() -> withoutIndex(new ManifestJudge(byFiles, manifests, rules.deep()), outside));
    }

    /** The compilers of all judges of the run, started by the first call. */
    synchronized Compilers compilers() {
        Compilers made = compilers;
        if (made == null) {
            made = start.get();
            compilers = made;
        }
        return made;
    }

    private Judge withoutIndex(Judge judge, OutsideEvidence outside) {
        return proofs.isEmpty() ? judge : new ProvenElsewhereJudge(judge, outside);
    }

    /** The lines that say which records could not be read, so that the run is incomplete. */
    List<String> gaps() {
        Stream<String> failures = indexes.stream()
                .flatMap(open -> open.failures().stream())
                .map(line ->
                        "a part of the index could not be read, so its files were judged without the index: " + line);
        Stream<String> unread = proofs.problems().stream().map(line -> "some proofs could not be read: " + line);
        return Stream.concat(failures, unread).toList();
    }

    /** Prints the gaps; true if there are any. */
    boolean complain(PrintStream err) {
        List<String> gaps = gaps();
        gaps.forEach(line -> err.println("freshpyc: " + line));
        return !gaps.isEmpty();
    }

    @Override
    public void close() {
        if (compilers != null) {
            compilers.close();
        }
        indexes.ifPresent(OpenIndexes::close);
        proofs.close();
    }
}
