package dev.freshpyc.indexer.fs.linux;

import dev.freshpyc.core.path.RawPath;
import java.nio.charset.StandardCharsets;

/** Opens paths for one thread by {@code openat2(2)}, which limits where links may lead, and finds the path of an open file. */
final class PathOpener implements AutoCloseable {

    static final int RESOLVE_NO_SYMLINKS = 0x04;
    static final int RESOLVE_BENEATH = 0x08;
    static final int RESOLVE_IN_ROOT = 0x10;

    private static final int EAGAIN = 11;

    /** How often a call is repeated which the kernel gave up because of a rename somewhere on the path. */
    private static final int ATTEMPTS = 64;

    /** {@code struct open_how}: flags, mode and resolve, eight bytes each. */
    private static final int OPEN_HOW = 24;

    private final Libc libc;
    private final NativeBuffer path = new NativeBuffer(4096);
    private final NativeBuffer scratch = new NativeBuffer(4096);

    PathOpener(Libc libc) {
        this.libc = libc;
    }

    /** A descriptor or a negated errno. */
    int openat(int directory, RawPath name, int flags) {
        path.writeString(name.toBytes());
        return libc.openat(directory, path.address(), flags);
    }

    /** A descriptor or a negated errno; the limits are {@code RESOLVE_} flags. */
    int openat2(int directory, RawPath name, int flags, int limits) {
        path.writeString(name.toBytes());
        scratch.putLong(0, flags);
        scratch.putLong(Long.BYTES, 0);
        scratch.putLong(2 * Long.BYTES, limits);
        int opened = -EAGAIN;
        for (int attempt = 0; attempt < ATTEMPTS && opened == -EAGAIN; attempt++) {
            opened = libc.openat2(directory, path.address(), scratch.address(), OPEN_HOW);
        }
        return opened;
    }

    /** The path that an open file has now, absolute and without links; {@link RawPath#EMPTY} where the system does not say. */
    RawPath pathOf(int file) {
        path.writeString(("/proc/self/fd/" + file).getBytes(StandardCharsets.US_ASCII));
        int length = libc.readlink(path.address(), scratch.address(), scratch.capacity());
        byte[] bytes = new byte[Math.max(length, 0)];
        scratch.read(0, bytes, 0, bytes.length);
        return RawPath.of(bytes, 0, bytes.length);
    }

    @Override
    public void close() {
        scratch.close();
        path.close();
    }
}
