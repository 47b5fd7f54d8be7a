package dev.freshpyc.indexer.repair;

import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.plan.SkipReason;
import dev.freshpyc.indexer.repair.RepairSummary.Unrepaired;
import dev.freshpyc.indexer.repair.plan.FileLocation;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The sums of a repair, kept by all of its workers together. */
public final class OutcomeCollector {

    /** More are counted and not listed: a tree may be hostile. */
    private static final int MAX_LISTED = 10_000;

    private final Map<SkipReason, Long> left = new EnumMap<>(SkipReason.class);
    private final List<Unrepaired> unrepaired = new ArrayList<>();
    private final List<Unrepaired> syntaxFaults = new ArrayList<>();
    private final List<String> troubles = new ArrayList<>();
    private long seen;
    private long restamped;
    private long recompiled;
    private long sourceTimes;

    public synchronized void addSeen(long files) {
        seen += files;
    }

    public synchronized void addRestamped() {
        restamped++;
    }

    public synchronized void addRecompiled() {
        recompiled++;
    }

    public synchronized void addSourceTime() {
        sourceTimes++;
    }

    public synchronized void addLeft(SkipReason why) {
        left.merge(why, 1L, Long::sum);
    }

    public synchronized void addUnrepaired(String file, SkipReason why, String detail) {
        addLeft(why);
        if (unrepaired.size() < MAX_LISTED) {
            unrepaired.add(new Unrepaired(file, why, detail));
        }
    }

    /** Told once for a source, whatever number of its files it concerns; no failure of the repair. */
    public synchronized void addSyntaxFault(FileLocation location, String message) {
        if (syntaxFaults.size() < MAX_LISTED) {
            String source = location.entry().path().resolve(location.source()).shown();
            syntaxFaults.add(new Unrepaired(
                    source, SkipReason.SYNTAX, RawPath.of(message).shown()));
        }
    }

    public synchronized void addTrouble(String line) {
        troubles.add(line);
    }

    public synchronized RepairSummary summary() {
        return new RepairSummary(seen, restamped, recompiled, sourceTimes, left, unrepaired, syntaxFaults, troubles);
    }
}
