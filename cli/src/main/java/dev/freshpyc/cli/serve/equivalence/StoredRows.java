package dev.freshpyc.cli.serve.equivalence;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads whole rows of a store, for clients that want to see more than a unihash. */
public final class StoredRows {

    private final EquivalenceStore store;

    StoredRows(EquivalenceStore store) {
        this.store = store;
    }

    /** The oldest row of a task whose output is known. */
    public Optional<StoredRow> ofTask(TaskKey task) throws IOException, InterruptedException {
        return store.read(lookups -> lookups.rows().ofTask(task));
    }

    /**
     * The oldest row of an output.
     *
     * @param withUnihash whether rows whose unihash was removed are left out
     */
    public Optional<StoredRow> ofOutput(String method, String outhash, boolean withUnihash)
            throws IOException, InterruptedException {
        return store.read(lookups -> lookups.rows().ofOutput(method, outhash, withUnihash));
    }

    /** Tells for each of some unihashes, in their order, whether a row has it. */
    public List<Boolean> exist(List<String> unihashes) throws IOException, InterruptedException {
        return store.read(lookups -> {
            List<Boolean> exist = new ArrayList<>(unihashes.size());
            for (String unihash : unihashes) {
                exist.add(lookups.rows().exists(unihash));
            }
            return exist;
        });
    }

    /** The forecast of the next sweep. Counts all rows. */
    public CollectionStatus status() throws IOException, InterruptedException {
        return store.read(lookups -> lookups.rows().status());
    }

    /** How many rows each table has. */
    public Map<String, Long> usage() throws IOException, InterruptedException {
        return store.read(lookups -> lookups.rows().usage());
    }
}
