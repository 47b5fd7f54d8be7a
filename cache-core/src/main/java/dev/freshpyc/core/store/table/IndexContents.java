package dev.freshpyc.core.store.table;

import dev.freshpyc.core.record.RecordedVerdicts;
import java.util.Optional;

/** What an index file is written from. */
public final class IndexContents {

    private final Cursor entries;
    private final byte[] seals;
    private final Optional<Overlay> overlay;

    private IndexContents(Cursor entries, byte[] seals, Optional<Overlay> overlay) {
        this.entries = entries;
        this.seals = seals;
        this.overlay = overlay;
    }

    /**
     * The index that an overlay makes of the file below.
     *
     * @param token the token in the header of the file below
     * @param records number of records of the whole index
     * @param verdicts of the whole index
     */
    public record Overlay(long token, long records, RecordedVerdicts verdicts) {}

    /**
     * A whole index.
     *
     * @param entries the encoded records; read once
     * @param seals the encoded seals
     */
    public static IndexContents of(Cursor entries, byte[] seals) {
        return new IndexContents(entries, seals, Optional.empty());
    }

    /**
     * An overlay.
     *
     * @param entries the encoded records that differ from the file below, also the removed ones; read once
     * @param seals the encoded seals of the whole index
     */
    public static IndexContents of(Cursor entries, byte[] seals, Overlay overlay) {
        return new IndexContents(entries, seals, Optional.of(overlay));
    }

    Cursor entries() {
        return entries;
    }

    byte[] seals() {
        return seals;
    }

    /** For an overlay; empty for a whole index. */
    Optional<Overlay> overlay() {
        return overlay;
    }
}
