package dev.freshpyc.core.plan;

/** How headers are to vouch for their source after a repair. */
public enum TargetMode {
    /** {@link #CHECKED_HASH} where there is such a thing, {@link #TIMESTAMP} for interpreters that know no hashes. */
    AUTO("auto"),
    /** By the source's hash, compared on every import: right wherever the file goes, for the price of a hash. */
    CHECKED_HASH("checked-hash"),
    /** By the source's hash, which nobody compares: for trees whose sources never change again. */
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
