package dev.freshpyc.indexer.manifest;

import dev.freshpyc.core.database.DatabaseFile;
import dev.freshpyc.core.file.ByteSource;
import dev.freshpyc.core.manifest.rpm.PackageHeaders;
import dev.freshpyc.core.manifest.rpm.RpmDatabase;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;

/**
 * One file that may be RPM's database, at most {@value #MAX_SIZE} bytes long, with its log. Pages are read on demand, so that the
 * database is never in memory as a whole.
 */
final class RpmDatabaseFile {
    /** Twice the size of the largest installations, some hundred megabytes. */
    static final long MAX_SIZE = 1024L * 1024 * 1024;

    /** A log is read in two ways: as a whole, and page by page, of which a table is kept. */
    static final long MAX_LOG_SIZE = 256L * 1024 * 1024;

    private final RpmDatabase kind;
    private final Path path;

    private RpmDatabaseFile(RpmDatabase kind, Path path) {
        this.kind = kind;
        this.path = path;
    }

    /** The database in a directory, where a file of its name exists. */
    static Optional<RpmDatabaseFile> in(Path directory) {
        for (RpmDatabase kind : RpmDatabase.values()) {
            Path path = directory.resolve(kind.fileName());
            if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
                return Optional.of(new RpmDatabaseFile(kind, path));
            }
        }
        return Optional.empty();
    }

    Path path() {
        return path;
    }

    /** Hands over the headers; whether the file was read, which takes that its log can be read, too. */
    boolean read(PackageHeaders headers) throws IOException {
        Optional<FileChannel> opened = RegularFile.open(path, MAX_SIZE);
        if (opened.isEmpty()) {
            return false;
        }
        try (FileChannel channel = opened.get()) {
            Optional<Path> log = kind.logName()
                    .map(path::resolveSibling)
                    .filter(file -> Files.exists(file, LinkOption.NOFOLLOW_LINKS));
            return log.isPresent()
                    ? read(channel, log.get(), headers)
                    : kind.read(file(channel), Optional.empty(), headers);
        }
    }

    private boolean read(FileChannel database, Path log, PackageHeaders headers) throws IOException {
        Optional<FileChannel> opened = RegularFile.open(log, MAX_LOG_SIZE);
        if (opened.isEmpty()) {
            return false;
        }
        try (FileChannel channel = opened.get()) {
            return kind.read(file(database), Optional.of(file(channel)), headers);
        }
    }

    private static DatabaseFile file(FileChannel channel) throws IOException {
        ByteSource source = (position, into, offset, length) ->
                Math.max(0, channel.read(ByteBuffer.wrap(into, offset, length), position));
        return new DatabaseFile(source, channel.size());
    }
}
