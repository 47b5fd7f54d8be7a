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
 * Opens a manifest: a regular file of a bounded size, no link. The type is checked before the file is opened, so that a FIFO does
 * not block, unless the FIFO is put in place in between.
 */
final class RegularFile {
    private RegularFile() {}

    /** The file, open for reading; empty when it is no regular file or has more bytes. */
    static Optional<FileChannel> open(Path file, long maxSize) throws IOException {
        BasicFileAttributes attributes =
                Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        return attributes.isRegularFile() && attributes.size() <= maxSize
                ? Optional.of(FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS))
                : Optional.empty();
    }
}
