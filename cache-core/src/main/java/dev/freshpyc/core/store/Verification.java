package dev.freshpyc.core.store;

import dev.freshpyc.core.path.RawPath;
import java.util.List;

/**
 * The result of reading every record of an index.
 *
 * @param whole number of intact records
 * @param faulty sources whose record cannot be decoded or found by name
 */
public record Verification(IndexInfo info, long whole, List<RawPath> faulty) {

    public Verification {
        faulty = List.copyOf(faulty);
    }

    /** Whether the index has all of its records, intact. */
    public boolean passed() {
        return faulty.isEmpty() && whole == info.records();
    }
}
