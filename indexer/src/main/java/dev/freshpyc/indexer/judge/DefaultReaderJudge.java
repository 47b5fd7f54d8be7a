package dev.freshpyc.indexer.judge;

import dev.freshpyc.core.observe.Observation;
import dev.freshpyc.core.observe.Observation.Placement;
import dev.freshpyc.core.observe.Observation.SourceState;
import dev.freshpyc.core.pyc.KnownInterpreter;
import dev.freshpyc.core.verdict.Classifier;
import dev.freshpyc.core.verdict.LegacyReader;
import dev.freshpyc.core.verdict.Verdict;
import dev.freshpyc.indexer.scan.Sighting;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Judges as another judge does, and gives the default interpreter's answer for legacy files without a source. The name of such a
 * file tells no version, so what happens depends on who imports it: another version than the one that wrote the file fails.
 */
public final class DefaultReaderJudge implements Judge {

    private final Judge judge;
    private final Rules rules;
    private final Supplier<Optional<KnownInterpreter>> standard;

    /** @param standard asked when the first such file is met; empty where there is no default interpreter */
    public DefaultReaderJudge(Judge judge, Rules rules, Supplier<Optional<KnownInterpreter>> standard) {
        this.judge = judge;
        this.rules = rules;
        this.standard = standard;
    }

    @Override
    public Verdict judge(Sighting sighting) {
        Verdict verdict = judge.judge(sighting);
        if (!isSourceless(sighting)) {
            return verdict;
        }
        Optional<KnownInterpreter> reader = standard.get();
        return reader.isEmpty() ? verdict : answer(verdict, sighting.observationFor(reader.get()), reader);
    }

    /** The default interpreter's verdict; the first one, which may have walked the body, where both say the same of the header. */
    private Verdict answer(Verdict verdict, Observation seen, Optional<KnownInterpreter> reader) {
        Verdict answer = new Classifier(rules.checks(), rules.window(), new LegacyReader(reader)).classify(seen);
        boolean sourceless = answer.kind() == Verdict.Kind.SOURCELESS;
        return sourceless && verdict.kind() != Verdict.Kind.FOREIGN ? verdict : answer;
    }

    private static boolean isSourceless(Sighting sighting) {
        Placement placement = sighting.placement();
        boolean untagged = placement == Placement.LEGACY
                || placement == Placement.LEGACY_OPTIMIZED
                || placement == Placement.ARCHIVE
                || placement == Placement.ARCHIVE_FIRST;
        return untagged && sighting.sourceState() instanceof SourceState.Absent;
    }
}
