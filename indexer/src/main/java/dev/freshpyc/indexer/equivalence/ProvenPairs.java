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
        if (exchange.isOn()) {
            RecordedPair.of(sighting, judgement)
                    .filter(pair -> !exchange.isTold(pair))
                    .ifPresent(pair -> tell(sighting, judgement, record.orElseThrow(), pair));
        }
        return record;
    }

    private void tell(Sighting sighting, Judgement judgement, PycRecord record, ProvenPair pair) {
        if (isProven(sighting, judgement, record, pair)) {
            codes.read(sighting, record.head(), pair).ifPresent(code -> exchange.tell(pair, code));
        } else if (record.verdict().isTooYoung() && isOwn(judgement.verdict().evidence())) {
            exchange.addYoung();
        }
    }

    /** Compared contents are a proof even if the files are young; times are not. The level, a part of the pair, must be known. */
    private static boolean isProven(Sighting sighting, Judgement judgement, PycRecord record, ProvenPair pair) {
        return isCompared(record, pair)
                || isProvenByHash(sighting, judgement, record, pair)
                || isProvenByVerdict(sighting, record, pair);
    }

    private static boolean isCompared(PycRecord record, ProvenPair pair) {
        return record.basis() == Evidence.RECOMPILED
                && pair.source().equals(record.provenFor())
                && !record.verdict().isRefutedByCompiling();
    }

    private static boolean isProvenByHash(Sighting sighting, Judgement judgement, PycRecord record, ProvenPair pair) {
        return judgement.verdict().kind() == Verdict.Kind.FRESH
                && judgement.verdict().evidence() == Evidence.HASH_HEADER
                && pair.source().equals(record.provenFor())
                && ProvenRecords.tellsLevel(sighting.entry(), Evidence.HASH_HEADER);
    }

    private static boolean isProvenByVerdict(Sighting sighting, PycRecord record, ProvenPair pair) {
        @Nullable Evidence evidence = record.verdict().evidence();
        return evidence != null
                && OWN.contains(evidence)
                && record.isProvenFor(pair.source())
                && ProvenRecords.tellsLevel(sighting.entry(), evidence);
    }

    /** Whether the files may prove the pair once they are old enough: nobody else vouches for it. */
    private static boolean isOwn(@Nullable Evidence evidence) {
        return evidence == null || OWN.contains(evidence);
    }
}
