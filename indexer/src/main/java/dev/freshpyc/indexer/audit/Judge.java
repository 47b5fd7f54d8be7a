package dev.freshpyc.indexer.audit;

import dev.freshpyc.core.observe.Observation;
import dev.freshpyc.core.observe.PycState;
import dev.freshpyc.core.verdict.Classifier;
import dev.freshpyc.core.verdict.InterpreterAnswer;
import dev.freshpyc.core.verdict.LegacyReader;
import dev.freshpyc.core.verdict.Verdict;
import dev.freshpyc.indexer.scan.Sighting;

/** Gives the verdict on what is sighted, looking closer where the options ask for it. */
final class Judge {

    private final Classifier classifier;
    private final boolean deep;

    Judge(AuditOptions options) {
        this.classifier = new Classifier(
                options.checks(),
                options.window(),
                new LegacyReader(options.scan().interpreter()));
        this.deep = options.deep();
    }

    /** The verdict; only a body that the interpreter would load is worth walking. */
    Verdict judge(Sighting sighting) {
        Observation seen = sighting.observation();
        Verdict verdict = classifier.classify(seen);
        if (deep && verdict.interpreter() == InterpreterAnswer.LOADS && seen.pyc() instanceof PycState.Read pyc) {
            PycState.Read walked = new PycState.Read(pyc.magic(), pyc.header(), sighting.walkBody());
            return classifier.classify(
                    new Observation(seen.takenAtNanos(), seen.placement(), seen.tag(), seen.source(), walked));
        }
        return verdict;
    }
}
