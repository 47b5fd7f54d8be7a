package dev.freshpyc.core.record;

import dev.freshpyc.core.digest.Sha256;
import dev.freshpyc.core.verdict.Verdict;
import java.util.Map;

/**
 * What vouches for the records of a whole directory at once: while its files look as they did, none of the records has to be
 * read. Only given where every stamp was settled and every pair decided with both contents read.
 *
 * @param looks a digest over the names and stamps of everything that the records are about, in the order of the listing
 * @param records how many sources the directory has records of
 * @param verdicts how often each verdict was given
 */
public record Seal(Sha256 looks, long records, Map<Verdict.Kind, Long> verdicts) {

    public Seal {
        verdicts = Map.copyOf(verdicts);
    }
}
