package dev.freshpyc.indexer.libc;

import dev.freshpyc.core.file.Errno;
import java.util.Arrays;

/** Owner, permissions, extended attributes (SELinux labels and ACLs are some) and times of files. */
final class AttributeCopier implements AutoCloseable {

    private static final int NAMES = 64 * 1024;
    private static final int VALUE = 64 * 1024;
    private static final int TIMES = 32;
    private static final long UTIME_OMIT = (1L << 30) - 2;
    private static final int EOPNOTSUPP = 95;

    private final Libc libc;
    private final NativeBuffer names = new NativeBuffer(NAMES);
    private final NativeBuffer value = new NativeBuffer(VALUE);
    private final NativeBuffer present = new NativeBuffer(VALUE);
    private final NativeBuffer times = new NativeBuffer(TIMES);

    AttributeCopier(Libc libc) {
        this.libc = libc;
    }

    /** The owner first, since changing it takes away what comes after. */
    void copy(int source, FileFacts facts, int target) throws SystemCallException {
        FileEditor.done("chown", libc.fchown(target, facts.user(), facts.group()));
        FileEditor.done("chmod", libc.fchmod(target, facts.mode()));
        int length = libc.flistxattr(source, names.address(), NAMES);
        if (length == -EOPNOTSUPP) {
            return;
        }
        FileEditor.done("listxattr", length);
        int start = 0;
        for (int at = 0; at < length; at++) {
            if (names.getByte(at) == 0) {
                copyOne(source, target, names.address() + start);
                start = at + 1;
            }
        }
    }

    int setMtime(int file, long seconds, int nanos) {
        times.putLong(0, 0);
        times.putLong(8, UTIME_OMIT);
        times.putLong(16, seconds);
        times.putLong(24, nanos);
        return libc.futimens(file, times.address());
    }

    /** One that the new file has already, as it inherits labels and default ACLs, may be refused to be set and is right. */
    private void copyOne(int source, int target, long name) throws SystemCallException {
        int length = FileEditor.done("getxattr", libc.fgetxattr(source, name, value.address(), VALUE));
        int set = libc.fsetxattr(target, name, value.address(), length);
        if (set < 0) {
            int have = libc.fgetxattr(target, name, present.address(), VALUE);
            if (have != length || !Arrays.equals(bytes(value, length), bytes(present, length))) {
                throw new SystemCallException("setxattr", new Errno(-set));
            }
        }
    }

    private static byte[] bytes(NativeBuffer buffer, int length) {
        byte[] bytes = new byte[length];
        buffer.read(0, bytes, 0, length);
        return bytes;
    }

    @Override
    public void close() {
        times.close();
        present.close();
        value.close();
        names.close();
    }
}
