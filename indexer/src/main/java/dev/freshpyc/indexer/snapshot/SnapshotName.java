package dev.freshpyc.indexer.snapshot;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The name of a snapshot, which is also the name of its directory: at most 64 letters, digits and {@code _ . + -}, of which the first
 * is a letter or a digit. So no name leads out of the directory of snapshots, and no name looks like an option.
 */
public record SnapshotName(String text) implements Comparable<SnapshotName> {

    private static final Pattern WHOLE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.+-]{0,63}");

    /** The snapshot that the first refresh makes. It cannot be removed alone, so that a user can always go back to it. */
    public static final SnapshotName POSTINIT = new SnapshotName("postinit");

    public SnapshotName {
        if (!WHOLE.matcher(text).matches()) {
            throw new IllegalArgumentException("not the name of a snapshot: " + text);
        }
    }

    /** The name with the text; empty where the text is no name. */
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
