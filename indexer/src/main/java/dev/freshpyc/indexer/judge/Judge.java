package dev.freshpyc.indexer.judge;

import dev.freshpyc.core.verdict.Verdict;
import dev.freshpyc.indexer.scan.Sighting;

/** Gives the verdict on a sighted pyc. Each worker has its own judge. */
@FunctionalInterface
public interface Judge {
    Verdict judge(Sighting sighting);

    /** As {@link #judge}, and walks a body that would load to its end, where this judge can. */
    default Verdict judgeWithBody(Sighting sighting) {
        return judge(sighting);
    }
}
