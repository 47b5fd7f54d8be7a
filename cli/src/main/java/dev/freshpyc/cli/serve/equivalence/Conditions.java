package dev.freshpyc.cli.serve.equivalence;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The values that rows must have, as SQL. */
record Conditions(Map<Column, String> where) {

    /** The columns that belong to an output alone. The other columns belong to a task as well. */
    private static final Set<Column> OF_OUTPUT =
            Set.of(Column.OUTHASH, Column.OWNER, Column.PN, Column.PV, Column.PR, Column.TASK, Column.SIGINFO);

    Conditions {
        where = new TreeMap<>(where); // one order for the text and the values
    }

    /** A part of a WHERE clause that begins with AND, or nothing. */
    String sql() {
        return where.keySet().stream()
                .map(column -> " AND " + column.label() + " = ?")
                .collect(Collectors.joining());
    }

    List<String> values() {
        return List.copyOf(where.values());
    }

    /** Whether a condition is about the output. */
    boolean nameAnOutput() {
        return where.keySet().stream().anyMatch(OF_OUTPUT::contains);
    }

    boolean nameAUnihash() {
        return where.containsKey(Column.UNIHASH);
    }

    /** Whether an index finds the rows. */
    boolean areIndexed() {
        return nameAUnihash()
                || (where.containsKey(Column.METHOD)
                        && (where.containsKey(Column.TASKHASH) || where.containsKey(Column.OUTHASH)));
    }
}
