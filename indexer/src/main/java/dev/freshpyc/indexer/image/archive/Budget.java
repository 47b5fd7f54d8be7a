package dev.freshpyc.indexer.image.archive;

import dev.freshpyc.core.image.BadArchiveException;

/** Counts what is read of an image, and refuses an image that exceeds its limits. */
final class Budget {

    private final ArchiveLimits limits;
    private long members;
    private long unpacked;
    private long manifests;

    Budget(ArchiveLimits limits) {
        this.limits = limits;
    }

    void takeMember() throws BadArchiveException {
        if (++members > limits.members()) {
            throw new BadArchiveException("has more than " + limits.members() + " members");
        }
    }

    /** Takes the bytes of a manifest if there is room. A manifest without room vouches for nothing, and the image is read nevertheless. */
    boolean hasRoomForManifest(long size) {
        boolean room = size <= limits.manifests() - manifests;
        manifests += room ? size : 0;
        return room;
    }

    /**
     * Takes unpacked bytes.
     *
     * @param sum the bytes that the present stream was unpacked to so far
     * @param packed the bytes that they were unpacked from
     */
    void takeUnpacked(long count, long sum, long packed) throws BadArchiveException {
        unpacked += count;
        if (unpacked > limits.unpacked()) {
            throw new BadArchiveException("unpacks to more than " + limits.unpacked() + " bytes");
        }
        if (sum > ArchiveLimits.FREE && sum / limits.ratio() > packed) {
            throw new BadArchiveException(
                    "is a decompression bomb: " + packed + " bytes unpack to more than " + sum + " bytes");
        }
    }
}
