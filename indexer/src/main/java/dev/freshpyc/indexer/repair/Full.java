package dev.freshpyc.indexer.repair;

import dev.freshpyc.core.file.Errno;

/** The errors after which no other file can be written either. */
final class Full {

    private static final int EIO = 5;
    private static final int ENOSPC = 28;
    private static final int EROFS = 30;
    private static final int EDQUOT = 122;

    private Full() {}

    static boolean isFull(Errno errno) {
        return switch (errno.number()) {
            case EIO, ENOSPC, EROFS, EDQUOT -> true;
            default -> false;
        };
    }
}
