package dev.freshpyc.indexer.judge;

import dev.freshpyc.core.verdict.Verdict;
import dev.freshpyc.indexer.scan.Sighting;

/**
 * Judges as another judge does, and asks the manifests where that judge proves nothing.
 *
 * @param judge asked first
 */
public record ManifestJudge(Judge judge, ManifestEvidence manifests) implements Judge {

    @Override
    public Verdict judge(Sighting sighting) {
        return manifests.weigh(sighting, judge.judge(sighting));
    }
}
