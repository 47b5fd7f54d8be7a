package dev.freshpyc.cli.serve.equivalence;

import java.time.Instant;
import java.util.Map;

/**
 * A row with all its columns.
 *
 * @param id grows with each row
 * @param created when the row was stored, in whole seconds
 * @param values the values of the row by their columns, without those that it lacks
 */
public record StoredRow(long id, Instant created, Map<Column, String> values) {

    public StoredRow {
        values = Map.copyOf(values);
    }
}
