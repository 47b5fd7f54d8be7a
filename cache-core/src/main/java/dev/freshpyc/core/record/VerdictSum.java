package dev.freshpyc.core.record;

import dev.freshpyc.core.verdict.Verdict;
import java.util.EnumMap;
import java.util.Map;

/** Sums up the verdicts of records while an index is written. */
public final class VerdictSum {

    private final Map<Verdict.Kind, Long> verdicts = new EnumMap<>(Verdict.Kind.class);
    private long unproven;

    /** A sum that begins with the verdicts of an index. */
    public VerdictSum(RecordedVerdicts begin) {
        verdicts.putAll(begin.verdicts());
        unproven = begin.unproven();
    }

    /** Adds the pycs of a record. */
    public void add(SourceRecord record) {
        record.pycs().forEach(pyc -> add(pyc.verdict(), 1));
    }

    /** Takes away the pycs of a record that was added before. */
    public void subtract(SourceRecord record) {
        record.pycs().forEach(pyc -> add(pyc.verdict(), -1));
    }

    /** The sum so far. */
    public RecordedVerdicts sum() {
        Map<Verdict.Kind, Long> found = new EnumMap<>(verdicts);
        found.values().removeIf(count -> count == 0);
        return new RecordedVerdicts(unproven, found);
    }

    private void add(Verdict verdict, long times) {
        verdicts.merge(verdict.kind(), times, Long::sum);
        unproven += verdict.isUnproven() ? times : 0;
    }
}
