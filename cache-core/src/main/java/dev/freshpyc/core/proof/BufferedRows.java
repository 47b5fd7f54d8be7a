package dev.freshpyc.core.proof;

import dev.freshpyc.core.store.table.Cursor;
import dev.freshpyc.core.verdict.Evidence;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** Rows in memory. Not thread-safe. */
final class BufferedRows implements ProofRows {

    private final Origins origins = new Origins();
    private final List<Row> rows = new ArrayList<>();

    private static final class Row {
        private final byte[] key;
        private final byte[] value;

        private Row(byte[] key, byte[] value) {
            this.key = key;
            this.value = value;
        }
    }

    void add(ProvenPair pair, Evidence evidence, String origin, int day) {
        rows.add(new Row(ProofRow.key(pair), ProofRow.value(day, evidence, origins.number(origin))));
    }

    /** Adds what a comparison found, as {@link ProofRow#ofTurn} tells. */
    void addTurn(ProvenPair pair, int turn, String origin, int day) {
        rows.add(new Row(ProofRow.key(pair), ProofRow.ofTurn(turn, day, origins.number(origin))));
    }

    @Override
    public long rows() {
        return rows.size();
    }

    @Override
    public List<String> origins() {
        return origins.names();
    }

    /** The rows, each key once, with its strongest evidence. No row can be added while they are read. */
    @Override
    public Cursor cursor() {
        rows.sort(Comparator.comparing((Row row) -> row.key, Arrays::compareUnsigned)
                .thenComparing(row -> row.value, ProofRow.STRONGEST_FIRST));
        return new Cursor() {
            private int at = -1;

            @Override
            public boolean next() {
                do {
                    at++;
                } while (at > 0 && at < rows.size() && Arrays.equals(key(), rows.get(at - 1).key));
                return at < rows.size();
            }

            @Override
            public byte[] key() {
                return rows.get(at).key;
            }

            @Override
            public byte[] value() {
                return rows.get(at).value;
            }
        };
    }
}
