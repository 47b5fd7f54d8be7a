package dev.freshpyc.cli.serve.equivalence;

import java.time.Instant;
import java.util.Map;

/**
 * A row with all that is known of it.
 *
 * @param id grows with each row
 * @param created when the row was stored, in whole seconds
 * @param values those that the row has, by their columns
 */
public record StoredRow(long id, Instant created, Map<Column, String> values) {

    public StoredRow {
        values = Map.copyOf(values);
    }
}
