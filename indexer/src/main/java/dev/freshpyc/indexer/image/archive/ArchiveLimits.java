package dev.freshpyc.indexer.image.archive;

/**
 * The limits of an image. The largest images in use, of machine learning, unpack to some 50 GiB with a million files.
 *
 * @param members members of all archives together
 * @param unpacked bytes of all layers together when they are unpacked
 * @param ratio how many times as large a layer may become when it is unpacked, beyond {@link #FREE} bytes; gzip reaches 1032
 * @param kept bytes of the contents that are kept
 * @param manifests bytes of the package managers' manifests among them; further manifests vouch for nothing
 */
public record ArchiveLimits(long members, long unpacked, long ratio, long kept, long manifests) {

    public static final ArchiveLimits DEFAULT = new ArchiveLimits(10_000_000, 1L << 38, 1100, 1L << 33, 1L << 31);

    /** The bytes that a layer may have when it is unpacked, whatever its ratio. */
    static final long FREE = 64 << 20;

    /** The largest document, such as a manifest, in bytes: what registries accept. */
    static final int MAX_DOCUMENT = 4 << 20;

    /** The most bytes of all documents of an archive, which are kept in memory. */
    static final long MAX_DOCUMENTS = 16 << 20;

    /** The most layers: more than any runtime mounts. */
    static final int MAX_LAYERS = 1024;
}
