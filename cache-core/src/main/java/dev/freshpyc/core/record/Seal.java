package dev.freshpyc.core.record;

import dev.freshpyc.core.digest.Sha256;
import dev.freshpyc.core.verdict.Verdict;
import java.util.Map;

/**
 * The summary of a directory's records: while the directory's fingerprint is unchanged, no record has to be read. A
 * directory is sealed only when every stamp was settled, every verdict decided, and both contents of every pair read.
 *
 * @param fingerprint the directory's fingerprint, over names and stamps in the order of the listing
 * @param records number of sources with a record
 * @param unproven number of fresh pycs that nothing proves to be their source's
 * @param verdicts number of pycs by verdict
 */
public record Seal(Sha256 fingerprint, long records, long unproven, Map<Verdict.Kind, Long> verdicts) {

    public Seal {
        verdicts = Map.copyOf(verdicts);
    }
}
