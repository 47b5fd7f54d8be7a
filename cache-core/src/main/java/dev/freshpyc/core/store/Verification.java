package dev.freshpyc.core.store;

import dev.freshpyc.core.path.RawPath;
import java.util.List;

/**
 * What reading every record of an index gave.
 *
 * @param whole how many records are in order
 * @param faulty sources whose record cannot be decoded or found by its name
 */
public record Verification(IndexInfo info, long whole, List<RawPath> faulty) {

    public Verification {
        faulty = List.copyOf(faulty);
    }

    /** Whether there are as many records as the index says, all in order. */
    public boolean passed() {
        return faulty.isEmpty() && whole == info.records();
    }
}
