package dev.freshpyc.core.record;

import dev.freshpyc.core.verdict.Verdict;
import java.util.Map;

/**
 * How many pycs of an index have which verdict.
 *
 * @param unproven number of fresh pycs that nothing proves to be their source's
 * @param verdicts number of pycs by verdict; a verdict that no pyc has is missing
 */
public record RecordedVerdicts(long unproven, Map<Verdict.Kind, Long> verdicts) {

    /** The verdicts of an index without records. */
    public static final RecordedVerdicts NONE = new RecordedVerdicts(0, Map.of());

    public RecordedVerdicts {
        verdicts = Map.copyOf(verdicts);
    }
}
