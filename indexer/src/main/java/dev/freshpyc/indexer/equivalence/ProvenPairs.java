package dev.freshpyc.indexer.equivalence;

import dev.freshpyc.core.proof.ProvenPair;
import dev.freshpyc.core.record.PycRecord;
import dev.freshpyc.core.verdict.Evidence;
import dev.freshpyc.core.verdict.Verdict;
import dev.freshpyc.indexer.index.IndexedJudge.Judgement;
import dev.freshpyc.indexer.refresh.ProvenRecords;
import dev.freshpyc.indexer.refresh.RecordEnricher;
import dev.freshpyc.indexer.scan.Sighting;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Tells the server about the pairs that this machine has proven, and that the server was not told about before. */
final class ProvenPairs implements RecordEnricher {

    /** The evidence of this machine itself, without the word of other machines, of a package manager or of the operator. */
    private static final Set<Evidence> OWN =
            EnumSet.of(Evidence.RECOMPILED, Evidence.HASH_HEADER, Evidence.INDEX, Evidence.HEADER);

    private final EquivalenceExchange exchange;
    private final CodeReader codes = new CodeReader();

    ProvenPairs(EquivalenceExchange exchange) {
        this.exchange = exchange;
    }

    @Override
    public Optional<PycRecord> enrich(Sighting sighting, Judgement judgement) {
        Optional<PycRecord> record = judgement.record();
        RecordedPair.of(sighting, judgement)
                .filter(pair -> exchange.isOn()
                        && isProven(sighting, judgement, record.orElseThrow(), pair)
                        && !exchange.isTold(pair))
                .ifPresent(pair -> codes.read(sighting, record.orElseThrow().head(), pair)
                        .ifPresent(code -> exchange.tell(pair, code)));
        return record;
    }

    /** Compared contents are a proof even if the files are young; times are not. The level, a part of the pair, must be known. */
    private static boolean isProven(Sighting sighting, Judgement judgement, PycRecord record, ProvenPair pair) {
        boolean byHash = judgement.verdict().kind() == Verdict.Kind.FRESH
                && judgement.verdict().evidence() == Evidence.HASH_HEADER
                && pair.source().equals(record.provenFor());
        if (byHash && ProvenRecords.tellsLevel(sighting.entry(), Evidence.HASH_HEADER)) {
            return true;
        }
        @Nullable Evidence evidence = record.verdict().evidence();
        return evidence != null
                && OWN.contains(evidence)
                && record.isProvenFor(pair.source())
                && ProvenRecords.tellsLevel(sighting.entry(), evidence);
    }
}
