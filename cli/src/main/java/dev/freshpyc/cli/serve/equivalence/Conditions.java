package dev.freshpyc.cli.serve.equivalence;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

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
                .collect(Collectors.joining("", keys(), ""));
    }

    /** The conditions on the columns of the indexes. */
    private String keys() {
        StringBuilder keys = new StringBuilder();
        @Nullable String unihash = where.get(Column.UNIHASH);
        if (unihash != null) {
            keys.append(" AND unihash_key = ").append(RowKeys.ofUnihash(unihash));
        }
        @Nullable String method = where.get(Column.METHOD);
        @Nullable String taskhash = where.get(Column.TASKHASH);
        if (method != null && taskhash != null) {
            keys.append(" AND task_key = ").append(RowKeys.ofTask(method, taskhash));
        }
        @Nullable String outhash = where.get(Column.OUTHASH);
        if (method != null && outhash != null) {
            keys.append(" AND output_key = ").append(RowKeys.ofOutput(method, outhash));
        }
        return keys.toString();
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
        return !keys().isEmpty();
    }
}
