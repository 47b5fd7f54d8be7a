package dev.freshpyc.indexer.repair.plan;

import dev.freshpyc.core.file.FileStamp;
import dev.freshpyc.core.plan.TargetHeader;
import dev.freshpyc.core.plan.TargetMode;
import dev.freshpyc.core.pyc.PycFormat;
import dev.freshpyc.core.pyc.PycHeader;
import dev.freshpyc.core.verdict.Verdict;
import dev.freshpyc.indexer.judge.TimestampTally;
import dev.freshpyc.indexer.repair.change.FileChange.HeaderRewrite;
import dev.freshpyc.indexer.scan.PathEntry;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The headers that a repair writes in each entry. They are the ones that the user asked for; {@link TargetMode#AUTO} means
 * timestamps in an entry whose timestamps can be trusted, which only the whole entry shows.
 */
public final class EntryTargets {

    private static final TargetHeader TIMESTAMPS = new TargetHeader(TargetMode.TIMESTAMP, OptionalLong.empty());

    private final TargetHeader wanted;
    private final Map<PathEntry, TimestampTally> tallies = new HashMap<>();
    private final Map<PathEntry, TargetHeader> chosen = new ConcurrentHashMap<>();

    EntryTargets(TargetHeader wanted) {
        this.wanted = wanted;
    }

    /** Looks at the times of a pyc and its source. */
    void add(PathEntry entry, Verdict verdict, FileStamp source, PycHeader header) {
        if (isOpen()) {
            tallies.computeIfAbsent(entry, _ -> new TimestampTally()).add(verdict, source, () -> header);
        }
    }

    void addAll(EntryTargets other) {
        other.tallies.forEach((entry, tally) ->
                tallies.computeIfAbsent(entry, _ -> new TimestampTally()).add(tally));
    }

    /** The headers that are written in an entry, once all of it has been looked at. */
    public TargetHeader of(PathEntry entry) {
        return isOpen() ? chosen.computeIfAbsent(entry, this::choose) : wanted;
    }

    private TargetHeader choose(PathEntry entry) {
        TimestampTally tally = tallies.get(entry);
        return tally != null && tally.judge().trusted() ? TIMESTAMPS : wanted;
    }

    private boolean isOpen() {
        return wanted.mode() == TargetMode.AUTO && wanted.clamp().isEmpty();
    }

    /** The rewrite with the header of its entry. All versions that know hashes read timestamps alike. */
    HeaderRewrite chosen(HeaderRewrite rewrite) {
        TargetHeader target = of(rewrite.place().entry());
        return rewrite.newHead() instanceof PycHeader.Hashed hashed && target.equals(TIMESTAMPS)
                ? rewrite.withHead(target.withTimes(hashed.magic(), PycFormat.CURRENT, rewrite.sourceStamp()))
                : rewrite;
    }
}
