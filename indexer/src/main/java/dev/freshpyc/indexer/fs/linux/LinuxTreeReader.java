package dev.freshpyc.indexer.fs.linux;

import dev.freshpyc.core.digest.Sha256;
import dev.freshpyc.core.file.AccessList;
import dev.freshpyc.core.file.Errno;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.indexer.fs.FileContents;
import dev.freshpyc.indexer.fs.FileStat;
import dev.freshpyc.indexer.fs.FileStat.FileType;
import dev.freshpyc.indexer.fs.Listing;
import dev.freshpyc.indexer.fs.OpenDirectory;
import dev.freshpyc.indexer.fs.OpenDirectory.Identity;
import dev.freshpyc.indexer.fs.OpenDirectory.Opening;
import dev.freshpyc.indexer.fs.StampStability;
import dev.freshpyc.indexer.fs.TreeReader;
import dev.freshpyc.indexer.fs.TreeWriter.SystemCallException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads files by system calls relative to directory descriptors; reading a pair makes no Java object. */
public final class LinuxTreeReader implements TreeReader {

    private static final int AT_SYMLINK_NOFOLLOW = 0x100;

    private static final int DIRECTORY_FLAGS = OpenFlags.O_RDONLY | OpenFlags.O_DIRECTORY | OpenFlags.O_CLOEXEC;

    /**
     * {@code O_NONBLOCK} and {@code O_NOFOLLOW}: a FIFO that replaced a file since the listing does not block, and a link is
     * not followed.
     */
    private static final int FILE_FLAGS =
            OpenFlags.O_RDONLY | OpenFlags.O_NOFOLLOW | OpenFlags.O_NONBLOCK | OpenFlags.O_NOCTTY | OpenFlags.O_CLOEXEC;

    private static final int PATH_FLAGS = OpenFlags.O_PATH | OpenFlags.O_CLOEXEC;

    private static final long UNKNOWN_DEVICE = -1;
    private static final byte[] EMPTY = {};

    private final Libc libc = new Libc();
    private final StatxBuffer statx = new StatxBuffer();
    private final NativeBuffer path = new NativeBuffer(4096);
    private final NativeBuffer data = new NativeBuffer(64 * 1024);
    private final FileHash hash = new FileHash(libc, data);
    private NativeNames[] names = {};
    private final @Nullable RootedPaths rooted;

    /** A reader that follows links wherever they lead. */
    public LinuxTreeReader() {
        rooted = null;
    }

    /**
     * A reader of a system whose root directory is {@code root}: every link leads where it leads in that system.
     *
     * @param root absolute and without links; every path begins with it
     */
    public LinuxTreeReader(RawPath root) {
        rooted = new RootedPaths(libc, root);
    }

    @Override
    public Listing newListing() {
        int number = names.length;
        names = Arrays.copyOf(names, number + 1);
        names[number] = new NativeNames();
        return new Listing(number);
    }

    @Override
    public Opening openRoot(RawPath root) {
        return rooted == null
                ? openDirectory(OpenFlags.AT_FDCWD, root, DIRECTORY_FLAGS)
                : opening(rooted.open(root, DIRECTORY_FLAGS));
    }

    @Override
    public Opening open(OpenDirectory parent, RawPath name, boolean followLink) {
        if (followLink && rooted != null) {
            return opening(rooted.open(parent.handle(), name, DIRECTORY_FLAGS));
        }
        int flags = followLink ? DIRECTORY_FLAGS : DIRECTORY_FLAGS | OpenFlags.O_NOFOLLOW;
        return openDirectory(parent.handle(), name, flags);
    }

    /** The identity of a directory; a directory whose stat fails equals no other directory. */
    @Override
    public Identity identity(OpenDirectory directory) {
        return statDescriptor(directory.handle()) == 0 ? statx.identity() : new Identity(UNKNOWN_DEVICE, new Object());
    }

    @Override
    public StampStability stability(OpenDirectory directory) {
        return libc.fstatfs(directory.handle(), data.address()) == 0
                ? FileSystemMagic.stabilityOf(data.getInt(0))
                : StampStability.UNKNOWN;
    }

    @Override
    public void close(OpenDirectory directory) {
        libc.close(directory.handle());
    }

    @Override
    public int list(OpenDirectory directory, Listing into) {
        int descriptor = directory.handle();
        return names[into.number()].read(
                libc,
                descriptor,
                name -> {
                    int code = libc.statx(descriptor, name, AT_SYMLINK_NOFOLLOW, StatxBuffer.MASK, statx.address());
                    return code < 0 ? 0 : statx.entryType();
                },
                into);
    }

    @Override
    public int stat(OpenDirectory directory, Listing listing, int index, FileStat into) {
        int code = rooted == null
                ? libc.statx(directory.handle(), address(listing, index), 0, StatxBuffer.MASK, statx.address())
                : statInRoot(rooted, directory, listing, index);
        if (code == 0) {
            statx.decode(into);
        }
        return code;
    }

    @Override
    public int readEnds(OpenDirectory directory, Listing listing, int index, byte[] head, byte[] tail, FileStat into) {
        int file = openFile(directory.handle(), listing, index);
        if (file < 0) {
            return file;
        }
        int code = statDescriptor(file);
        if (code == 0) {
            statx.decode(into);
            code = readEnds(file, statx.size(), head, tail);
        }
        libc.close(file);
        return code;
    }

    private int readEnds(int file, long size, byte[] head, byte[] tail) {
        int read = libc.pread(file, data.address(), head.length, 0);
        if (read > 0) {
            data.read(0, head, 0, read);
        }
        if (read == head.length && tail.length > 0) {
            readTail(file, size, tail);
        }
        return read;
    }

    /** Reads the last bytes into {@code tail}; leaves {@code tail} as it was if the file is or has become too short. */
    private void readTail(int file, long size, byte[] tail) {
        int read = size < tail.length || size > LARGEST_WITH_TAIL
                ? 0
                : libc.pread(file, data.address(), tail.length, size - tail.length);
        if (read > 0) {
            data.read(0, tail, 0, read);
        }
    }

    @Override
    public FileContents.Opening openContents(OpenDirectory directory, Listing listing, int index) {
        int file = openFile(directory.handle(), listing, index);
        if (file < 0) {
            return new FileContents.Opening.Refused(file);
        }
        int code = statDescriptor(file);
        if (code == 0 && statx.type() == FileType.REGULAR) {
            return new FileContents.Opening.Open(new NativeContents(this, file, statx.size()));
        }
        libc.close(file);
        return new FileContents.Opening.Refused(code < 0 ? code : NOT_A_FILE);
    }

    @Override
    public FileContents.Opening openFile(RawPath file, FileStat into) {
        int place = rooted == null ? openPlace(file) : rooted.open(file, PATH_FLAGS);
        int opened = openBehindLink(place);
        if (opened < 0) {
            return new FileContents.Opening.Refused(opened);
        }
        int code = statDescriptor(opened);
        if (code == 0 && statx.type() == FileType.REGULAR) {
            statx.decode(into);
            return new FileContents.Opening.Open(new NativeContents(this, opened, statx.size()));
        }
        libc.close(opened);
        return new FileContents.Opening.Refused(code < 0 ? code : NOT_A_FILE);
    }

    private int openPlace(RawPath file) {
        path.writeString(file.toBytes());
        return libc.openat(OpenFlags.AT_FDCWD, path.address(), PATH_FLAGS);
    }

    @Override
    public int stat(OpenDirectory directory, FileStat into) {
        int code = statDescriptor(directory.handle());
        if (code == 0) {
            statx.decode(into);
        }
        return code;
    }

    @Override
    public Optional<AccessList> accessList(OpenDirectory directory) {
        return listOf(directory.handle());
    }

    @Override
    public Optional<AccessList> accessList(OpenDirectory directory, Listing listing, int index) {
        int file = openFile(directory.handle(), listing, index);
        if (file < 0) {
            return Optional.empty();
        }
        Optional<AccessList> list = listOf(file);
        libc.close(file);
        return list;
    }

    private Optional<AccessList> listOf(int descriptor) {
        path.writeString(AccessList.ATTRIBUTE.getBytes(StandardCharsets.US_ASCII));
        int length = libc.fgetxattr(descriptor, path.address(), data.address(), data.capacity());
        if (length <= 0) {
            return Optional.empty();
        }
        byte[] attribute = new byte[length];
        data.read(0, attribute, 0, length);
        return AccessList.parse(attribute);
    }

    @Override
    public boolean isLink(OpenDirectory directory, Listing listing, int index) {
        if (NativeNames.isListedRegular(listing, index)) {
            return false;
        }
        long name = address(listing, index);
        int code = libc.statx(directory.handle(), name, AT_SYMLINK_NOFOLLOW, StatxBuffer.MASK, statx.address());
        return code == 0 && statx.isLink();
    }

    @Override
    public RawPath follow(OpenDirectory directory, Listing listing, int index) {
        int place = placeBehindLink(directory.handle(), address(listing, index), listing, index);
        if (place < 0) {
            return RawPath.EMPTY;
        }
        RawPath found = pathOf(place);
        libc.close(place);
        return found;
    }

    @Override
    public RawPath realPath(OpenDirectory directory) {
        return pathOf(directory.handle());
    }

    private RawPath pathOf(int descriptor) {
        try (PathOpener paths = new PathOpener(libc)) {
            return paths.pathOf(descriptor);
        }
    }

    @Override
    public void close() {
        for (NativeNames kept : names) {
            kept.close();
        }
        hash.close();
        data.close();
        path.close();
        statx.close();
        if (rooted != null) {
            rooted.close();
        }
        libc.close();
    }

    int read(int descriptor, long position, byte[] into, int offset, int length) {
        int wanted = (int) Math.min(length, data.capacity());
        int read = libc.pread(descriptor, data.address(), wanted, position);
        if (read > 0) {
            data.read(0, into, offset, read);
        }
        return read;
    }

    Sha256 sha256(FileContents contents, int descriptor, long position) throws IOException {
        try {
            return hash.digest(descriptor, position, contents.size());
        } catch (SystemCallException refused) {
            throw new IOException(refused.errno().symbol(), refused);
        }
    }

    void close(int descriptor) {
        libc.close(descriptor);
    }

    private Opening openDirectory(int parent, RawPath name, int flags) {
        path.writeString(name.toBytes());
        return opening(libc.openat(parent, path.address(), flags));
    }

    private static Opening opening(int descriptor) {
        return descriptor < 0
                ? new Opening.Refused(new Errno(-descriptor))
                : new Opening.Open(new OpenDirectory(descriptor));
    }

    /** Stats a name; a regular file that a link replaced since the listing is not followed. */
    private int statInRoot(RootedPaths root, OpenDirectory directory, Listing listing, int index) {
        if (NativeNames.isListedRegular(listing, index)) {
            long name = address(listing, index);
            return libc.statx(directory.handle(), name, AT_SYMLINK_NOFOLLOW, StatxBuffer.MASK, statx.address());
        }
        int place = root.open(directory.handle(), listing.name(index), PATH_FLAGS);
        if (place < 0) {
            return place;
        }
        int code = statDescriptor(place);
        libc.close(place);
        return code;
    }

    private int openFile(int directory, Listing listing, int index) {
        long name = address(listing, index);
        return NativeNames.isListedRegular(listing, index)
                ? libc.openContents(directory, name, FILE_FLAGS)
                : openBehindLink(placeBehindLink(directory, name, listing, index));
    }

    private int placeBehindLink(int directory, long name, Listing listing, int index) {
        return rooted == null
                ? libc.openat(directory, name, PATH_FLAGS)
                : rooted.open(directory, listing.name(index), PATH_FLAGS);
    }

    private long address(Listing listing, int index) {
        return names[listing.number()].address(listing, index);
    }

    /**
     * Opens a file through a possible link. Opening a device for reading may have side effects, so the file is first opened
     * with {@code O_PATH}, which has none; only a regular file is then opened for reading, through that descriptor.
     *
     * @param place opened with {@code O_PATH}, or a negated errno
     */
    private int openBehindLink(int place) {
        if (place < 0) {
            return place;
        }
        int code = statDescriptor(place);
        if (code == 0 && statx.type() == FileType.REGULAR) {
            path.writeString(("/proc/self/fd/" + place).getBytes(StandardCharsets.US_ASCII));
            code = libc.openContents(OpenFlags.AT_FDCWD, path.address(), FILE_FLAGS & ~OpenFlags.O_NOFOLLOW);
        } else if (code == 0) {
            code = statx.type() == FileType.DIRECTORY ? -Errno.EISDIR.number() : NOT_A_FILE;
        }
        libc.close(place);
        return code;
    }

    private int statDescriptor(int descriptor) {
        path.writeString(EMPTY);
        return libc.statx(descriptor, path.address(), OpenFlags.AT_EMPTY_PATH, StatxBuffer.MASK, statx.address());
    }
}
