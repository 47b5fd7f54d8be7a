package dev.freshpyc.indexer.manifest;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;

/**
 * A file that may be a manifest: a regular one of a bounded size, and no link. It is looked at before it is opened, so a
 * FIFO is not waited for, unless it is put there in between.
 */
final class RegularFile {
    private RegularFile() {}

    /** The file, open for reading, unless it is of another kind or has more bytes. */
    static Optional<FileChannel> open(Path file, long maxSize) throws IOException {
        BasicFileAttributes attributes =
                Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        return attributes.isRegularFile() && attributes.size() <= maxSize
                ? Optional.of(FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS))
                : Optional.empty();
    }
}
