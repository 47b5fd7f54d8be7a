package dev.freshpyc.core.proof;

import dev.freshpyc.core.store.table.Cursor;
import java.io.IOException;
import java.util.List;

/** Rows in the order of their keys, with the origins that they name by number. */
interface ProofRows {

    /** How many rows there are. */
    long rows();

    /** The origins, in the order of their numbers. */
    List<String> origins();

    /** The rows, with the numbers that their origins have in another file. */
    Cursor cursor(Origins numbered) throws IOException;
}
