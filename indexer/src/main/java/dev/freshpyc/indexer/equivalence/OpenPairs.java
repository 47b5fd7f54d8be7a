package dev.freshpyc.indexer.equivalence;

import dev.freshpyc.core.proof.ProvenPair;
import dev.freshpyc.core.record.PycRecord;
import dev.freshpyc.indexer.index.IndexedJudge.Judgement;
import dev.freshpyc.indexer.refresh.RecordEnricher;
import dev.freshpyc.indexer.scan.Sighting;
import java.util.Optional;

/** Notes the pairs that nothing proves, so that the server can be asked about them. */
final class OpenPairs implements RecordEnricher {

    private final EquivalenceExchange exchange;
    private final CodeReader codes = new CodeReader();

    OpenPairs(EquivalenceExchange exchange) {
        this.exchange = exchange;
    }

    @Override
    public Optional<PycRecord> enrich(Sighting sighting, Judgement judgement) {
        if (judgement.verdict().isOpen() && exchange.isOn()) {
            Optional<ProvenPair> pair = RecordedPair.of(sighting, judgement);
            if (pair.isPresent() && !exchange.isKnown(pair.get())) {
                codes.read(sighting, judgement.record().orElseThrow().head(), pair.get())
                        .ifPresent(code -> exchange.note(pair.get(), code));
            }
        }
        return judgement.record();
    }
}
