package dev.freshpyc.indexer.snapshot;

import java.util.Optional;

/**
 * The limit of the room that the snapshots of all entries take together. A save that would use more than nine tenths of the limit is
 * refused. So a user whose limit is the size of a disk keeps room for removals and rollbacks.
 *
 * @param bytes the limit, of which {@value #REFUSED} % may be used; 0 for no snapshots at all
 */
public record RoomLimit(long bytes) {

    /** The limit where the user names none: 2 GiB. */
    public static final RoomLimit DEFAULT = new RoomLimit(2L << 30);

    private static final int WARNED = 75;
    private static final int REFUSED = 90;
    private static final double PERCENT = 100.0;
    private static final String REMEDY =
            "; remove some with 'freshpyc snapshot remove NAME', or raise the limit with --max-size";

    /** Throws when {@code used} bytes are more than the snapshots may take after a save. */
    void require(long used) throws SnapshotException {
        if (used > bytes / PERCENT * REFUSED) {
            throw new SnapshotException("snapshots would take " + used + " bytes, more than " + REFUSED
                    + " % of the limit of " + bytes + REMEDY);
        }
    }

    /** The warning to show when snapshots take {@code used} bytes; empty for none. */
    Optional<String> warning(long used) {
        return used > bytes / PERCENT * WARNED
                ? Optional.of("snapshots take " + used + " bytes, more than " + WARNED + " % of the limit of " + bytes
                        + ": above " + REFUSED + " %, no snapshot is saved" + REMEDY)
                : Optional.empty();
    }
}
