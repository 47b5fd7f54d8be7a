package dev.freshpyc.indexer.judge;

import dev.freshpyc.core.observe.Observation.SourceState;
import dev.freshpyc.core.packaging.Transport;
import dev.freshpyc.core.pyc.KnownInterpreter;
import dev.freshpyc.core.verdict.Prediction;
import dev.freshpyc.core.verdict.RacyWindow;
import dev.freshpyc.core.verdict.Verdict;
import dev.freshpyc.indexer.scan.Sighting;
import java.time.Duration;
import java.util.Optional;

/** Predicts the verdict on a sighted pyc after a transport of the tree. Thread-safe. */
@FunctionalInterface
public interface Forecast {

    /** Predicts that nothing changes. */
    Forecast NONE = (_, today) -> today;

    /** The verdict then; {@code today} is the judge's. */
    Verdict of(Sighting sighting, Verdict today);

    /**
     * Predicts what the interpreters do after the transport. A new time cannot be racy, since nothing is written on the
     * way.
     */
    static Forecast after(Transport transport, Rules rules, Optional<KnownInterpreter> interpreter) {
        Rules settled = new Rules(rules.checks(), new RacyWindow(Duration.ZERO), rules.deep());
        Judge then = new HeaderJudge(settled, interpreter, transport::carry);
        return (sighting, today) -> sighting.members().isEmpty() // an archive travels with the times of its members
                        && sighting.sourceState() instanceof SourceState.Present source
                        && !transport.keepsMtime(source.stamp())
                ? Prediction.of(today, then.judge(sighting))
                : today;
    }
}
