package dev.freshpyc.indexer.fs.nio;

import dev.freshpyc.core.digest.Sha256;
import dev.freshpyc.core.file.Errno;
import dev.freshpyc.core.path.JavaPath;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.indexer.fs.DirectoryTable;
import dev.freshpyc.indexer.fs.FileContents;
import dev.freshpyc.indexer.fs.FileContents.ContentDigest;
import dev.freshpyc.indexer.fs.FileStat;
import dev.freshpyc.indexer.fs.Listing;
import dev.freshpyc.indexer.fs.Listing.EntryType;
import dev.freshpyc.indexer.fs.OpenDirectory;
import dev.freshpyc.indexer.fs.OpenDirectory.Identity;
import dev.freshpyc.indexer.fs.OpenDirectory.Opening;
import dev.freshpyc.indexer.fs.StampStability;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads files through {@code java.nio.file}, on every system. Files are opened by path, so a directory that another process
 * replaces during the scan can mislead this reader, unlike the native reader.
 */
public final class NioTreeReader implements TreeReader {

    private record Directory(Path path, Identity identity) {}

    private final DirectoryTable<Directory> directories;
    private final ContentDigest digest = new ContentDigest(Sha256.newDigest());

    /** For each listing, the paths that Java returned; on some systems, only these paths open the files again. */
    private final List<List<Path>> paths = new ArrayList<>();

    private NioTreeReader(DirectoryTable<Directory> directories) {
        this.directories = directories;
    }

    /** Makes the readers of one scan's workers, which share their open directories. */
    public static Supplier<TreeReader> workers() {
        DirectoryTable<Directory> shared = new DirectoryTable<>();
        return () -> new NioTreeReader(shared);
    }

    @Override
    public Listing newListing() {
        paths.add(new ArrayList<>());
        return new Listing(paths.size() - 1);
    }

    @Override
    public Opening openRoot(RawPath path) {
        if (path.equals(RawPath.EMPTY)) {
            return new Opening.Refused(Errno.ENOENT); // in Java the empty path means the working directory
        }
        try {
            return open(JavaPath.of(path), true);
        } catch (InvalidPathException invalid) {
            return new Opening.Refused(Errno.ENOENT);
        }
    }

    @Override
    public Opening open(OpenDirectory parent, RawPath name, boolean followLink) {
        return open(JavaPath.resolve(directories.get(parent).path(), name), followLink);
    }

    @Override
    public Identity identity(OpenDirectory directory) {
        return directories.get(directory).identity();
    }

    @Override
    public StampStability stability(OpenDirectory directory) {
        try {
            return StampStability.of(
                    Files.getFileStore(directories.get(directory).path()).type());
        } catch (IOException unknown) {
            return StampStability.UNKNOWN;
        }
    }

    @Override
    public void close(OpenDirectory directory) {
        directories.close(directory);
    }

    @Override
    public int list(OpenDirectory directory, Listing into) {
        List<Path> listed = paths.get(into.number());
        into.clear();
        listed.clear();
        try (DirectoryStream<Path> entries =
                Files.newDirectoryStream(directories.get(directory).path())) {
            for (Path entry : entries) {
                byte[] name = JavaPath.nameOf(entry);
                @Nullable EntryType type = typeOf(entry, name, into);
                if (type != null) {
                    into.add(type, name);
                    listed.add(entry);
                }
            }
            return 0;
        } catch (IOException refused) {
            return NioAttributes.code(refused);
        } catch (DirectoryIteratorException refused) {
            return NioAttributes.code(Objects.requireNonNull(refused.getCause()));
        }
    }

    @Override
    public int stat(OpenDirectory directory, Listing names, int index, FileStat into) {
        try {
            NioAttributes.read(path(names, index), into);
            return 0;
        } catch (IOException refused) {
            return NioAttributes.code(refused);
        }
    }

    @Override
    public FileContents.Opening openContents(OpenDirectory directory, Listing names, int index) {
        return openFile(path(names, index));
    }

    @Override
    public FileContents.Opening openFile(RawPath file, FileStat into) {
        try {
            Path path = JavaPath.of(file);
            NioAttributes.read(path, into);
            return openFile(path);
        } catch (IOException refused) {
            return new FileContents.Opening.Refused(NioAttributes.code(refused));
        } catch (InvalidPathException invalid) {
            return new FileContents.Opening.Refused(-Errno.ENOENT.number());
        }
    }

    private FileContents.Opening openFile(Path path) {
        try {
            BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
            if (attributes.isDirectory()) {
                return new FileContents.Opening.Refused(-Errno.EISDIR.number());
            }
            return attributes.isRegularFile()
                    ? new FileContents.Opening.Open(
                            new ChannelContents(FileChannel.open(path), attributes.size(), digest))
                    : new FileContents.Opening.Refused(NOT_A_FILE);
        } catch (IOException refused) {
            return new FileContents.Opening.Refused(NioAttributes.code(refused));
        }
    }

    @Override
    public int stat(OpenDirectory directory, FileStat into) {
        try {
            NioAttributes.read(directories.get(directory).path(), into);
            return 0;
        } catch (IOException refused) {
            return NioAttributes.code(refused);
        }
    }

    @Override
    public boolean isLink(OpenDirectory directory, Listing names, int index) {
        return Files.isSymbolicLink(path(names, index));
    }

    @Override
    public RawPath follow(OpenDirectory directory, Listing names, int index) {
        return realPath(path(names, index));
    }

    @Override
    public RawPath realPath(OpenDirectory directory) {
        return realPath(directories.get(directory).path());
    }

    private static RawPath realPath(Path path) {
        try {
            return JavaPath.toRaw(path.toRealPath());
        } catch (IOException unknown) {
            return RawPath.EMPTY;
        }
    }

    @Override
    public void close() {}

    private Path path(Listing names, int index) {
        return paths.get(names.number()).get(index);
    }

    private Opening open(Path path, boolean followLink) {
        LinkOption[] options = followLink ? new LinkOption[0] : new LinkOption[] {LinkOption.NOFOLLOW_LINKS};
        try {
            BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class, options);
            if (!attributes.isDirectory()) {
                return new Opening.Refused(Errno.ENOTDIR);
            }
            Directory opened = new Directory(path, NioAttributes.identity(path, attributes));
            return new Opening.Open(directories.open(opened));
        } catch (IOException refused) {
            return new Opening.Refused(NioAttributes.errno(refused));
        }
    }

    private static @Nullable EntryType typeOf(Path entry, byte[] name, Listing into) {
        try {
            var attributes = Files.readAttributes(entry, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            return into.typeOf(name, 0, name.length, attributes.isDirectory(), attributes.isSymbolicLink());
        } catch (NoSuchFileException vanished) {
            return null;
        } catch (IOException refused) {
            return EntryType.of(name, 0, name.length, false, true); // opening the entry will report the error
        }
    }

    /** A file read through a channel at positions. */
    private record ChannelContents(FileChannel channel, long size, ContentDigest digest) implements FileContents {
        @Override
        public Sha256 sha256(long position) throws IOException {
            return Sha256.of(digest.digest(this, position, size));
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
                // The channel was only read, so no data is lost.
            }
        }
    }
}
