package dev.freshpyc.indexer.fs;

import dev.freshpyc.core.file.FileStamp;
import dev.freshpyc.indexer.fs.OpenDirectory.Identity;

/**
 * The metadata of a file that is to be written.
 *
 * @param regular whether the file is a regular file
 * @param mode the permission bits with set-user-ID, set-group-ID and sticky
 * @param links the number of hard links
 */
public record FileFacts(
        FileStamp stamp, Identity identity, boolean regular, int mode, int user, int group, long links) {}
