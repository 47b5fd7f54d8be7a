package dev.freshpyc.core.proof;

import dev.freshpyc.core.verdict.Evidence;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.Optional;

/**
 * The circumstances of a proven pair.
 *
 * @param evidence what the run that proved the pair had
 * @param origin where the pair was proven: the path entry, or the file that the proof was imported from
 * @param confirmedDay the last day on which a run had evidence for the pair, in days since 1970
 */
public record ContentProof(Evidence evidence, String origin, int confirmedDay) {

    /** Proofs with stronger evidence come first. */
    private static final Comparator<ContentProof> STRONGEST_FIRST = Comparator.comparing(ContentProof::evidence);

    /** The proof of two that may be known with the stronger evidence; the first where both are as strong. */
    static Optional<ContentProof> stronger(Optional<ContentProof> one, Optional<ContentProof> other) {
        return one.isEmpty() || (other.isPresent() && STRONGEST_FIRST.compare(other.get(), one.get()) < 0)
                ? other
                : one;
    }

    /** Whether the code of the pair was compiled and compared, which no other evidence is as good as. */
    public boolean isCompared() {
        return evidence == Evidence.RECOMPILED;
    }

    /** The day that a clock shows, in days since 1970. */
    public static int day(InstantSource clock) {
        return (int) Duration.ofMillis(clock.millis()).toDays();
    }
}
