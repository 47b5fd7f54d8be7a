package dev.freshpyc.indexer.fs.linux;

import dev.freshpyc.core.file.FileStamp;
import dev.freshpyc.indexer.fs.OpenDirectory.Identity;

/**
 * All that {@code statx(2)} says of a file that is to be written.
 *
 * @param regular whether it is a regular file
 * @param mode permission bits, with set-user-ID and the like
 * @param links how many names it has
 */
public record FileFacts(
        FileStamp stamp, Identity identity, boolean regular, int mode, int user, int group, long links) {}
