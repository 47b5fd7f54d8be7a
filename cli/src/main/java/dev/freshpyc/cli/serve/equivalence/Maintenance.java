package dev.freshpyc.cli.serve.equivalence;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The changes that administrators of a store make: marking many rows, removing rows, and cleaning up. */
public final class Maintenance {

    private final EquivalenceStore store;
    private final Duration delay;

    /**
     * The maintenance of a store.
     *
     * @param delay the time after which no process keeps an answer in memory that was read before
     */
    Maintenance(EquivalenceStore store, Duration delay) {
        this.store = store;
        this.delay = delay;
    }

    /**
     * Marks the rows of several conditions, as {@link EquivalenceStore#mark} does, in one transaction where indexes find them.
     *
     * @return how many rows each of the conditions names, with rows that had the mark before
     */
    public List<Long> mark(String mark, List<Map<Column, String>> wheres) throws IOException, InterruptedException {
        if (wheres.stream().allMatch(where -> new Conditions(where).areIndexed())) {
            store.commit(changes -> {
                long id = changes.collection().begin(mark);
                for (Map<Column, String> where : wheres) {
                    changes.collection().mark(id, where);
                }
                return id;
            });
        } else {
            for (Map<Column, String> where : wheres) {
                store.mark(mark, where);
            }
        }
        return store.read(lookups -> {
            List<Long> counts = new ArrayList<>(wheres.size());
            for (Map<Column, String> where : wheres) {
                counts.add(lookups.rows().count(where));
            }
            return counts;
        });
    }

    /**
     * Removes the rows that have all the given values. Where the values concern the output alone, the task keeps its unihash; where they
     * concern the unihash alone, the output stays until it is cleaned up.
     *
     * @param where at least one value
     * @return how many rows had the values
     */
    public long remove(Map<Column, String> where) throws IOException, InterruptedException {
        String id = UUID.randomUUID().toString();
        store.commit(changes -> {
            changes.removal().begin(id, Instant.now().getEpochSecond());
            return id;
        });
        try {
            Thread.sleep(delay);
            long removed = 0;
            for (RowRange range : store.ranges()) {
                removed += store.commit(changes -> changes.removal().remove(range, where));
            }
            return removed;
        } finally {
            store.commit(changes -> {
                changes.removal().end(id);
                return id;
            });
        }
    }

    /**
     * Removes outputs whose task has no unihash.
     *
     * @param age the least age of an output that is removed
     * @return how many outputs were removed
     */
    public long cleanUnused(Duration age) throws IOException, InterruptedException {
        long until = Instant.now().minus(age).getEpochSecond();
        long removed = 0;
        for (RowRange range : store.ranges()) {
            removed += store.commit(changes -> changes.removal().removeUnused(range, until));
        }
        return removed;
    }
}
