package dev.freshpyc.core.proof;

import dev.freshpyc.core.store.table.Cursor;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Drops the proofs that were confirmed longest ago, so that a bounded number stays. Drops more than the bound requires, so that the
 * next publications need not write all proofs again. Refutations and the proofs that contradict them are dropped last: without a
 * refutation, an old file of proofs could restore what was refuted.
 */
final class Eviction implements ProofFileWriter.RowFilter {

    /** One in {@value} proofs is dropped beyond what the bound requires. */
    private static final int SHARE = 8;

    private static final int DAYS = 1 << 16;

    private final int lastDay;
    private long leftOfLastDay;

    private Eviction(int lastDay, long leftOfLastDay) {
        this.lastDay = lastDay;
        this.leftOfLastDay = leftOfLastDay;
    }

    /**
     * Reads all layers once.
     *
     * @param most how many proofs may stay
     */
    static Eviction of(List<? extends ProofRows> layers, long most) throws IOException {
        long[] ofDay = new long[DAYS];
        for (ProofRows layer : layers) {
            Cursor rows = layer.cursor();
            while (rows.next()) {
                ofDay[day(rows.value())]++;
            }
        }
        long left = most - most / SHARE;
        int day = DAYS - 1;
        while (day > 0 && ofDay[day] <= left) {
            left -= ofDay[day];
            day--;
        }
        return new Eviction(day, left);
    }

    private static int day(byte[] value) {
        return ProofRow.turn(value) == ProofRow.NO_TURN ? ProofRow.day(value) : DAYS - 1;
    }

    @Override
    public byte @Nullable [] apply(byte @Nullable [] value) {
        int day = value == null ? 0 : day(value);
        if (day == lastDay) {
            leftOfLastDay--;
        }
        return day > lastDay || (day == lastDay && leftOfLastDay >= 0) ? value : null;
    }
}
