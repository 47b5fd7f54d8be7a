package dev.freshpyc.core.proof;

import dev.freshpyc.core.store.table.Cursor;
import java.util.List;

/** Rows in the order of their keys, with the origins that they name by number. */
interface ProofRows {

    /** How many rows there are. */
    long rows();

    /** The origins, in the order of their numbers. */
    List<String> origins();

    /** The rows; each names one of {@link #origins}. */
    Cursor cursor();

    /** The rows, with the numbers that their origins have in another file. */
    default Cursor cursor(Origins numbered) {
        int[] numbers = origins().stream().mapToInt(numbered::number).toArray();
        return cursor().map((_, value) -> ProofRow.withOrigin(value, numbers[ProofRow.origin(value)]));
    }
}
