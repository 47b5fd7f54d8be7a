package dev.freshpyc.indexer.snapshot;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The name of a snapshot, which is also the name of its directory: letters, digits and {@code _ . + -}, at most 64, and the first
 * is a letter or a digit. So no name leads out of the directory of snapshots, and none is taken for an option.
 */
public record SnapshotName(String text) implements Comparable<SnapshotName> {

    /** What a whole name must match. */
    public static final String RULE = "[A-Za-z0-9][A-Za-z0-9_.+-]{0,63}";

    private static final Pattern WHOLE = Pattern.compile(RULE);

    /** The snapshot that the first refresh makes. It stays, so that there is always one to go back to. */
    public static final SnapshotName POSTINIT = new SnapshotName("postinit");

    public SnapshotName {
        if (!WHOLE.matcher(text).matches()) {
            throw new IllegalArgumentException("not the name of a snapshot: " + text);
        }
    }

    /** The name that a text is; empty where it is none. */
    public static Optional<SnapshotName> parse(String text) {
        return WHOLE.matcher(text).matches() ? Optional.of(new SnapshotName(text)) : Optional.empty();
    }

    @Override
    public int compareTo(SnapshotName other) {
        return text.compareTo(other.text);
    }

    @Override
    public String toString() {
        return text;
    }
}
