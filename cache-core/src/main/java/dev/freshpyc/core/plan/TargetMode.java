package dev.freshpyc.core.plan;

/** How headers identify their source after a repair. */
public enum TargetMode {
    /**
     * Fresh files stay as they are. The others get the header that stays valid where they lie: {@link #TIMESTAMP} in an entry whose
     * timestamps can be trusted and for interpreters without hashes, {@link #CHECKED_HASH} elsewhere.
     */
    AUTO("auto"),
    /**
     * By the source's hash, compared on every import: right wherever the file is copied, but the source is read and
     * hashed each time.
     */
    CHECKED_HASH("checked-hash"),
    /** By the source's hash, which no import compares: for trees whose sources never change again. */
    UNCHECKED_HASH("unchecked-hash"),
    /** By the source's present mtime and size. */
    TIMESTAMP("timestamp"),
    /** By mtime 0 and the source's size: for images that set every mtime to 0, as an ostree commit does. */
    ZERO_MTIME("zero-mtime");

    private final String label;

    TargetMode(String label) {
        this.label = label;
    }

    /** The word of the command line. */
    public String label() {
        return label;
    }
}
