package dev.freshpyc.indexer.judge;

import dev.freshpyc.core.verdict.Verdict;
import dev.freshpyc.indexer.scan.Sighting;

/** Gives the verdict on one bytecode file while it is sighted. Each worker has its own. */
@FunctionalInterface
public interface Judge {
    Verdict judge(Sighting sighting);
}
