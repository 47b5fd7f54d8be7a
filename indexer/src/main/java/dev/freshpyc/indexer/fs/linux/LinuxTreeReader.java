package dev.freshpyc.indexer.fs.linux;

import dev.freshpyc.core.file.Errno;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.record.Sha256;
import dev.freshpyc.indexer.fs.FileContents;
import dev.freshpyc.indexer.fs.FileHash;
import dev.freshpyc.indexer.fs.FileStat;
import dev.freshpyc.indexer.fs.Listing;
import dev.freshpyc.indexer.fs.OpenDirectory;
import dev.freshpyc.indexer.fs.Opening;
import dev.freshpyc.indexer.fs.TreeReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Files by system calls relative to directory descriptors: a handful for each pair, and no object of Java's. */
public final class LinuxTreeReader implements TreeReader {

    private static final int AT_SYMLINK_NOFOLLOW = 0x100;

    private static final int DIRECTORY_FLAGS = OpenFlags.O_RDONLY | OpenFlags.O_DIRECTORY | OpenFlags.O_CLOEXEC;

    /** {@code O_NONBLOCK} and {@code O_NOFOLLOW} so that a FIFO or a link swapped in since the listing neither blocks nor leads away. */
    private static final int FILE_FLAGS =
            OpenFlags.O_RDONLY | OpenFlags.O_NOFOLLOW | OpenFlags.O_NONBLOCK | OpenFlags.O_NOCTTY | OpenFlags.O_CLOEXEC;

    private static final int PATH_FLAGS = OpenFlags.O_PATH | OpenFlags.O_CLOEXEC;

    private static final long UNTOLD = -1;
    private static final byte[] EMPTY = {};

    private final Libc libc = new Libc();
    private final StatxBuffer statx = new StatxBuffer();
    private final NativeBuffer path = new NativeBuffer(4096);
    private final NativeBuffer data = new NativeBuffer(64 * 1024);
    private final FileHash plainHash = new FileHash(Sha256.newDigest());
    private @Nullable NativeHash fastHash;
    private final List<NativeListing> listings = new ArrayList<>();

    /** An open directory; which one it is costs a system call, so it is found out when asked for. */
    private static final class Directory implements OpenDirectory {
        private final int descriptor;
        private final LinuxTreeReader opener;
        private @Nullable Identity identity;

        Directory(int descriptor, LinuxTreeReader opener) {
            this.descriptor = descriptor;
            this.opener = opener;
        }

        @Override
        public Identity identity() {
            Identity known = identity;
            if (known == null) {
                boolean told = opener.statDescriptor(descriptor) == 0;
                known = told ? opener.statx.identity() : new Identity(UNTOLD, this);
                identity = known;
            }
            return known;
        }
    }

    @Override
    public Listing newListing() {
        NativeListing listing = new NativeListing();
        listings.add(listing);
        return listing;
    }

    @Override
    public Opening openRoot(RawPath root) {
        return openDirectory(OpenFlags.AT_FDCWD, root, DIRECTORY_FLAGS);
    }

    @Override
    public Opening open(OpenDirectory parent, RawPath name, boolean followLink) {
        int flags = followLink ? DIRECTORY_FLAGS : DIRECTORY_FLAGS | OpenFlags.O_NOFOLLOW;
        return openDirectory(descriptor(parent), name, flags);
    }

    @Override
    public void close(OpenDirectory directory) {
        libc.close(descriptor(directory));
    }

    @Override
    public int list(OpenDirectory directory, Listing into) {
        int descriptor = descriptor(directory);
        return ((NativeListing) into).fill(libc, descriptor, name -> {
            int code = libc.statx(descriptor, name, AT_SYMLINK_NOFOLLOW, StatxBuffer.MASK, statx.address());
            return code < 0 ? 0 : statx.entryType();
        });
    }

    @Override
    public int stat(OpenDirectory directory, Listing names, int index, FileStat into) {
        long name = ((NativeListing) names).address(index);
        int code = libc.statx(descriptor(directory), name, 0, StatxBuffer.MASK, statx.address());
        if (code == 0) {
            statx.decode(into);
        }
        return code;
    }

    @Override
    public int readHead(OpenDirectory directory, Listing names, int index, byte[] head) {
        int file = openFile(descriptor(directory), (NativeListing) names, index);
        if (file < 0) {
            return file;
        }
        int read = libc.pread(file, data.address(), head.length, 0);
        libc.close(file);
        if (read > 0) {
            data.read(0, head, 0, read);
        }
        return read;
    }

    @Override
    public FileContents.Opening openContents(OpenDirectory directory, Listing names, int index) {
        int file = openFile(descriptor(directory), (NativeListing) names, index);
        if (file < 0) {
            return new FileContents.Opening.Refused(file);
        }
        int code = statDescriptor(file);
        if (code == 0 && statx.kind() == FileStat.Kind.REGULAR) {
            return new FileContents.Opening.Open(new NativeContents(this, file, statx.size()));
        }
        libc.close(file);
        return new FileContents.Opening.Refused(code < 0 ? code : NOT_A_FILE);
    }

    @Override
    public void close() {
        listings.forEach(NativeListing::close);
        if (fastHash != null) {
            fastHash.close();
        }
        data.close();
        path.close();
        statx.close();
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
        if (fastHash == null) {
            fastHash = NativeHash.of(libc, data).orElse(null);
        }
        return fastHash == null
                ? Sha256.of(plainHash.digest(contents, position, contents.size()))
                : fastHash.digest(descriptor, position, contents.size());
    }

    void close(int descriptor) {
        libc.close(descriptor);
    }

    private Opening openDirectory(int parent, RawPath name, int flags) {
        path.writeString(name.toBytes());
        int descriptor = libc.openat(parent, path.address(), flags);
        if (descriptor < 0) {
            return new Opening.Refused(new Errno(-descriptor));
        }
        return new Opening.Open(new Directory(descriptor, this));
    }

    private int openFile(int directory, NativeListing names, int index) {
        return names.saidRegular(index)
                ? libc.openContents(directory, names.address(index), FILE_FLAGS)
                : openBehindLink(directory, names.address(index));
    }

    /**
     * Opens what may be a link. Opening a device can already do harm, so it is first opened as a mere place, looked at, and
     * only then, being a regular file, opened for reading through that very place.
     */
    private int openBehindLink(int directory, long name) {
        int place = libc.openat(directory, name, PATH_FLAGS);
        if (place < 0) {
            return place;
        }
        int code = statDescriptor(place);
        if (code == 0 && statx.kind() == FileStat.Kind.REGULAR) {
            path.writeString(("/proc/self/fd/" + place).getBytes(StandardCharsets.US_ASCII));
            code = libc.openContents(OpenFlags.AT_FDCWD, path.address(), FILE_FLAGS & ~OpenFlags.O_NOFOLLOW);
        } else if (code == 0) {
            code = statx.kind() == FileStat.Kind.DIRECTORY ? -Errno.EISDIR.number() : NOT_A_FILE;
        }
        libc.close(place);
        return code;
    }

    private int statDescriptor(int descriptor) {
        path.writeString(EMPTY);
        return libc.statx(descriptor, path.address(), OpenFlags.AT_EMPTY_PATH, StatxBuffer.MASK, statx.address());
    }

    private static int descriptor(OpenDirectory directory) {
        return ((Directory) directory).descriptor;
    }
}
