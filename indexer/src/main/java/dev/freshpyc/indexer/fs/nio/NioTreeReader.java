package dev.freshpyc.indexer.fs.nio;

import dev.freshpyc.core.file.Errno;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.record.Sha256;
import dev.freshpyc.indexer.fs.FileContents;
import dev.freshpyc.indexer.fs.FileHash;
import dev.freshpyc.indexer.fs.FileStat;
import dev.freshpyc.indexer.fs.JavaPath;
import dev.freshpyc.indexer.fs.Listing;
import dev.freshpyc.indexer.fs.NameType;
import dev.freshpyc.indexer.fs.OpenDirectory;
import dev.freshpyc.indexer.fs.Opening;
import dev.freshpyc.indexer.fs.TreeReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;

/** Files by {@code java.nio.file}: by path, so without the native one's protection from names that are swapped. */
public final class NioTreeReader implements TreeReader {

    record Directory(Path path, Identity identity) implements OpenDirectory {}

    private final FileHash hash = new FileHash(Sha256.newDigest());

    @Override
    public Listing newListing() {
        return new PortableListing();
    }

    @Override
    public Opening openRoot(RawPath path) {
        if (path.equals(RawPath.EMPTY)) {
            return new Opening.Refused(Errno.ENOENT); // which Java takes for the working directory
        }
        try {
            return open(JavaPath.of(path), true);
        } catch (InvalidPathException invalid) {
            return new Opening.Refused(Errno.ENOENT);
        }
    }

    @Override
    public Opening open(OpenDirectory parent, RawPath name, boolean followLink) {
        return open(JavaPath.resolve(path(parent), name), followLink);
    }

    @Override
    public void close(OpenDirectory directory) {}

    @Override
    public int list(OpenDirectory directory, Listing into) {
        PortableListing listing = (PortableListing) into;
        listing.clear();
        listing.forget();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(path(directory))) {
            for (Path entry : entries) {
                add(entry, listing);
            }
            return 0;
        } catch (IOException refused) {
            return -IoErrors.errno(refused).number();
        } catch (DirectoryIteratorException refused) {
            return -IoErrors.errno(Objects.requireNonNull(refused.getCause())).number();
        }
    }

    @Override
    public int stat(OpenDirectory directory, Listing listing, int index, FileStat into) {
        try {
            PortableStat.read(((PortableListing) listing).path(index), into);
            return 0;
        } catch (IOException refused) {
            return -IoErrors.errno(refused).number();
        }
    }

    @Override
    public int readHead(OpenDirectory directory, Listing listing, int index, byte[] head) {
        return switch (openContents(directory, listing, index)) {
            case FileContents.Opening.Refused(int code) -> code;
            case FileContents.Opening.Open(FileContents contents) -> readHead(contents, head);
        };
    }

    @Override
    public FileContents.Opening openContents(OpenDirectory directory, Listing listing, int index) {
        Path path = ((PortableListing) listing).path(index);
        try {
            BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
            if (attributes.isDirectory()) {
                return new FileContents.Opening.Refused(-Errno.EISDIR.number());
            }
            return attributes.isRegularFile()
                    ? new FileContents.Opening.Open(
                            new ChannelContents(FileChannel.open(path), attributes.size(), hash))
                    : new FileContents.Opening.Refused(NOT_A_FILE);
        } catch (IOException refused) {
            return new FileContents.Opening.Refused(-IoErrors.errno(refused).number());
        }
    }

    @Override
    public void close() {}

    private static int readHead(FileContents contents, byte[] head) {
        try (contents) {
            int done = 0;
            int read = contents.read(0, head, 0, head.length);
            while (read > 0) {
                done += read;
                read = done == head.length ? 0 : contents.read(done, head, done, head.length - done);
            }
            return done;
        } catch (IOException refused) {
            return -IoErrors.errno(refused).number();
        }
    }

    private void add(Path entry, PortableListing listing) throws IOException {
        boolean directory = false;
        boolean link = true; // which may be anything, as may what cannot be looked at
        try {
            var attributes = Files.readAttributes(entry, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            directory = attributes.isDirectory();
            link = attributes.isSymbolicLink();
        } catch (NoSuchFileException vanished) {
            return;
        } catch (IOException refused) {
            // Whoever opens it is told why.
        }
        byte[] name = JavaPath.nameOf(entry);
        var type = NameType.of(name, 0, name.length, directory, link);
        if (type != null) {
            listing.add(type, name, entry);
        }
    }

    private static Opening open(Path path, boolean followLink) {
        LinkOption[] options = followLink ? new LinkOption[0] : new LinkOption[] {LinkOption.NOFOLLOW_LINKS};
        try {
            BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class, options);
            return attributes.isDirectory()
                    ? new Opening.Open(new Directory(path, PortableStat.identity(path, attributes)))
                    : new Opening.Refused(Errno.ENOTDIR);
        } catch (IOException refused) {
            return new Opening.Refused(IoErrors.errno(refused));
        }
    }

    private static Path path(OpenDirectory directory) {
        return ((Directory) directory).path;
    }

    /** A file read through a channel at positions. */
    private record ChannelContents(FileChannel channel, long size, FileHash hash) implements FileContents {
        @Override
        public Sha256 sha256(long position) throws IOException {
            return Sha256.of(hash.digest(this, position, size));
        }

        @Override
        public int read(long position, byte[] into, int offset, int length) throws IOException {
            return Math.max(channel.read(ByteBuffer.wrap(into, offset, length), position), 0);
        }

        @Override
        public void close() {
            try {
                channel.close();
            } catch (IOException ignored) {
                // Nothing was written, so nothing is lost.
            }
        }
    }
}
