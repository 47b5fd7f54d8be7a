package dev.freshpyc.indexer.judge;

import dev.freshpyc.core.record.RecordedVerdicts;
import dev.freshpyc.core.verdict.Verdict;

/** Counts verdicts by kind. */
@SuppressWarnings("EnumOrdinal") // an array costs no garbage on a path taken once for every file
public final class VerdictCounts {

    private static final Verdict.Kind[] KINDS = Verdict.Kind.values();

    private final long[] counts = new long[KINDS.length];
    private long unproven;
    private long unreadBodies;
    private long unwalkableBodies;
    private long withoutSource;
    private long known;

    /** The verdicts that an index has recorded. */
    public static VerdictCounts of(RecordedVerdicts recorded) {
        VerdictCounts counts = new VerdictCounts();
        recorded.verdicts().forEach(counts::add);
        counts.addUnproven(recorded.unproven());
        return counts;
    }

    /** Whether a file with this verdict is a finding: every file except a fresh file and a file of a tool. */
    public static boolean isFinding(Verdict.Kind kind) {
        return kind != Verdict.Kind.FRESH && kind != Verdict.Kind.OTHER_TOOL;
    }

    public void add(Verdict verdict) {
        add(verdict.kind());
        unproven += verdict.isUnproven() ? 1 : 0;
    }

    /**
     * Counts a pyc that loads by its header, and whose body was not read to its end.
     *
     * @param unwalkable whether no run can read the body, since freshpyc does not know the code of the interpreter
     */
    public void addUnreadBody(boolean unwalkable) {
        unreadBodies++;
        unwalkableBodies += unwalkable ? 1 : 0;
    }

    /** How many of {@link #unreadBodies()} no run can read. */
    public long unwalkableBodies() {
        return unwalkableBodies;
    }

    /** How many pycs load by their headers while their bodies were not read to their end. */
    public long unreadBodies() {
        return unreadBodies;
    }

    /** Counts a pyc that fails or is rejected, and that nothing can be compiled for. */
    public void addWithoutSource() {
        withoutSource++;
    }

    /** How many pycs fail or are rejected, and have no source that a repair could compile. */
    public long withoutSource() {
        return withoutSource;
    }

    /** Counts a finding that an earlier audit had and that is not reported again. */
    public void addKnown() {
        known++;
    }

    /** How many findings are not reported because an earlier audit had them. */
    public long known() {
        return known;
    }

    public void addUnproven(long times) {
        unproven += times;
    }

    /** How many fresh pycs are unproven. */
    public long unproven() {
        return unproven;
    }

    public void add(Verdict.Kind kind) {
        counts[kind.ordinal()]++;
    }

    public void add(Verdict.Kind kind, long times) {
        counts[kind.ordinal()] += times;
    }

    public void add(VerdictCounts other) {
        for (int i = 0; i < counts.length; i++) {
            counts[i] += other.counts[i];
        }
        unproven += other.unproven;
        unreadBodies += other.unreadBodies;
        unwalkableBodies += other.unwalkableBodies;
        withoutSource += other.withoutSource;
        known += other.known;
    }

    public long of(Verdict.Kind kind) {
        return counts[kind.ordinal()];
    }

    public long total() {
        long total = known;
        for (long count : counts) {
            total += count;
        }
        return total;
    }

    /** The number of {@linkplain #isFinding findings}, without the known ones. */
    public long findings() {
        return total() - known - of(Verdict.Kind.FRESH) - of(Verdict.Kind.OTHER_TOOL);
    }
}
