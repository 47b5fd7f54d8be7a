package dev.freshpyc.indexer.prove;

import java.util.Map;
import java.util.TreeMap;

/** Counts what the provers of one run have found out. Thread-safe. */
public final class ProofTally {

    private final Map<String, Long> failures = new TreeMap<>();
    private long proven;
    private long refuted;

    synchronized void addProven() {
        proven++;
    }

    synchronized void addRefuted() {
        refuted++;
    }

    synchronized void addFailure(String reason) {
        failures.merge(reason, 1L, Long::sum);
    }

    /** How many pycs have the code that their interpreter makes of their source. */
    public synchronized long proven() {
        return proven;
    }

    /** How many pycs have other code. */
    public synchronized long refuted() {
        return refuted;
    }

    /** How many pycs could not be compared, by reason, sorted. */
    public synchronized Map<String, Long> failures() {
        return new TreeMap<>(failures);
    }
}
