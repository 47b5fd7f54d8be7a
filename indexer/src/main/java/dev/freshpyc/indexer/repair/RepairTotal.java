package dev.freshpyc.indexer.repair;

import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.plan.SkipReason;
import dev.freshpyc.indexer.repair.RepairSummary.Unrepaired;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The sums of a repair, kept by all of its workers together. */
final class RepairTotal {

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

    synchronized void addSeen(long files) {
        seen += files;
    }

    synchronized void addRestamped() {
        restamped++;
    }

    synchronized void addRecompiled() {
        recompiled++;
    }

    synchronized void addSourceTime() {
        sourceTimes++;
    }

    synchronized void addLeft(SkipReason why) {
        left.merge(why, 1L, Long::sum);
    }

    synchronized void addUnrepaired(String file, SkipReason why, String detail) {
        addLeft(why);
        if (unrepaired.size() < MAX_LISTED) {
            unrepaired.add(new Unrepaired(file, why, detail));
        }
    }

    /** Told once for a source, whatever number of its files it concerns; no failure of the repair. */
    synchronized void addSyntaxFault(Change.Place place, String message) {
        if (syntaxFaults.size() < MAX_LISTED) {
            String source = place.entry().path().resolve(place.source()).shown();
            syntaxFaults.add(new Unrepaired(
                    source, SkipReason.SYNTAX, RawPath.of(message).shown()));
        }
    }

    synchronized void addTrouble(String line) {
        troubles.add(line);
    }

    synchronized RepairSummary summary() {
        return new RepairSummary(seen, restamped, recompiled, sourceTimes, left, unrepaired, syntaxFaults, troubles);
    }
}
