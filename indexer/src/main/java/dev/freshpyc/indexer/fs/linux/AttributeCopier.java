package dev.freshpyc.indexer.fs.linux;

import dev.freshpyc.core.file.Errno;
import dev.freshpyc.indexer.fs.TreeWriter.FileFacts;
import dev.freshpyc.indexer.fs.TreeWriter.SystemCallException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Copies owner, permissions and extended attributes (such as SELinux labels and ACLs) to new files, and sets mtimes. */
final class AttributeCopier implements AutoCloseable {

    /** The capacity for which the kernel returns the size only; any other makes the kernel allocate a buffer first. */
    private static final int ASK_SIZE = 0;

    private static final int NAMES = 64 * 1024;
    private static final int VALUE = 64 * 1024;
    private static final int TIMES = 32;
    private static final long UTIME_OMIT = (1L << 30) - 2;
    private static final int EOPNOTSUPP = 95;

    /** The argument of chown(2) in place of a user that leaves the owner unchanged. */
    private static final int UNCHANGED = -1;

    /** The value of {@code system.posix_acl_access} without entries; setting it removes the access control list. */
    private static final byte[] NO_ACL = {2, 0, 0, 0};

    private static final byte[] ACL = name("system.posix_acl_access");
    private static final byte[] CAPABILITY = name("security.capability");

    private final Libc libc;
    private final NativeBuffer names = new NativeBuffer(NAMES);
    private final NativeBuffer value = new NativeBuffer(VALUE);
    private final NativeBuffer present = new NativeBuffer(VALUE);
    private final NativeBuffer times = new NativeBuffer(TIMES);

    AttributeCopier(Libc libc) {
        this.libc = libc;
    }

    /**
     * Sets the owner first, since a change of owner clears permissions and attributes. Sets the permissions last, since they
     * may forbid the owner to set attributes, and setting attributes may clear the set-group-ID bit.
     */
    void copy(int source, FileFacts facts, int target, FileFacts own) throws SystemCallException {
        boolean gives = own.user() != facts.user() || own.group() != facts.group();
        if (gives) {
            LinuxTreeWriter.done("chown", libc.fchown(target, facts.user(), facts.group()));
        }
        boolean sets = dropInherited(source, target);
        sets |= copyExtended(source, target, true);
        if (gives || sets || own.mode() != facts.mode()) {
            LinuxTreeWriter.done("chmod", libc.fchmod(target, facts.mode()));
        }
    }

    /**
     * Copies the metadata as far as this process may. A copy that does not get the owner of the file gets the
     * permissions {@link FileFacts#modeOfOther}.
     */
    void keep(int source, FileFacts facts, int target, FileFacts own) throws SystemCallException {
        int mode = facts.mode();
        boolean same = own.user() == facts.user() && own.group() == facts.group();
        if (!same && !given(libc.fchown(target, facts.user(), facts.group()))) {
            mode = facts.modeOfOther(given(libc.fchown(target, UNCHANGED, facts.group())));
        }
        dropInherited(source, target);
        copyExtended(source, target, false);
        LinuxTreeWriter.done("chmod", libc.fchmod(target, mode));
    }

    /** Whether a change was made; false where this process may not make it. */
    private static boolean given(int result) throws SystemCallException {
        if (result == -Errno.EPERM.number() || result == -Errno.EINVAL.number()) { // EINVAL: an unmapped user
            return false;
        }
        LinuxTreeWriter.done("chown", result);
        return true;
    }

    /**
     * Copies all extended attributes; returns whether the source has any.
     *
     * @param all whether an attribute that this process may not set is an error; otherwise the attribute is left out
     */
    private boolean copyExtended(int source, int target, boolean all) throws SystemCallException {
        int size = libc.flistxattr(source, names.address(), ASK_SIZE);
        if (size == 0 || size == -EOPNOTSUPP) {
            return false;
        }
        int length = LinuxTreeWriter.done("listxattr", libc.flistxattr(source, names.address(), NAMES));
        int start = 0;
        for (int at = 0; at < length; at++) {
            if (names.getByte(at) == 0) {
                copyOne(source, target, names.address() + start, all);
                start = at + 1;
            }
        }
        return true;
    }

    /** The capabilities of a file, which the kernel removes when any process writes to the file; empty for none. */
    byte[] capability(int file) throws SystemCallException {
        return size(file, CAPABILITY) > 0 ? bytes(value, get(file, CAPABILITY)) : new byte[0];
    }

    void setCapability(int file, byte[] capability) throws SystemCallException {
        names.write(CAPABILITY, 0, CAPABILITY.length);
        value.write(capability, 0, capability.length);
        LinuxTreeWriter.done("setxattr", libc.fsetxattr(file, names.address(), value.address(), capability.length));
    }

    /** Removes the access control list that the new file inherited from its directory, if the old file has none. */
    private boolean dropInherited(int source, int target) throws SystemCallException {
        boolean inherited = size(target, ACL) > 0 && size(source, ACL) < 0;
        if (inherited) {
            value.write(NO_ACL, 0, NO_ACL.length);
            LinuxTreeWriter.done("setxattr", libc.fsetxattr(target, names.address(), value.address(), NO_ACL.length));
        }
        return inherited;
    }

    private int size(int file, byte[] name) {
        names.write(name, 0, name.length);
        return libc.fgetxattr(file, names.address(), value.address(), ASK_SIZE);
    }

    private int get(int file, byte[] name) throws SystemCallException {
        names.write(name, 0, name.length);
        return LinuxTreeWriter.done("getxattr", libc.fgetxattr(file, names.address(), value.address(), VALUE));
    }

    private static byte[] name(String name) {
        return (name + '\0').getBytes(StandardCharsets.US_ASCII);
    }

    int setMtime(int file, long seconds, int nanos) {
        times.putLong(0, 0);
        times.putLong(8, UTIME_OMIT);
        times.putLong(16, seconds);
        times.putLong(24, nanos);
        return libc.futimens(file, times.address());
    }

    /** Copies one attribute. A refusal is no error when the new file has inherited the same value, as with labels and ACLs. */
    private void copyOne(int source, int target, long name, boolean all) throws SystemCallException {
        int length = LinuxTreeWriter.done("getxattr", libc.fgetxattr(source, name, value.address(), VALUE));
        int set = libc.fsetxattr(target, name, value.address(), length);
        boolean leavesOut = !all && (set == -Errno.EPERM.number() || set == -Errno.EACCES.number());
        if (set < 0 && !leavesOut) {
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
