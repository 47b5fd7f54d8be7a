package dev.freshpyc.indexer.fs.linux;

import dev.freshpyc.core.file.Errno;
import dev.freshpyc.core.pyc.HeaderLayout;
import dev.freshpyc.indexer.fs.TreeWriter.SystemCallException;
import java.util.Arrays;

/** Copies contents into new files; a small file, such as most pycs, takes one read and one write. */
final class ContentCopier implements AutoCloseable {

    /** {@code _IOW(0x94, 9, int)}: lets a file share the blocks of another file, on file systems that support that. */
    private static final long FICLONE = 0x40049409L;

    private static final int BUFFER = 256 * 1024;
    private static final byte[] NO_HEAD = {};

    private final Libc libc;
    private final NativeBuffer buffer = new NativeBuffer(BUFFER);
    private final byte[] begin = new byte[HeaderLayout.MAX_LENGTH];
    private boolean clones = true;

    ContentCopier(Libc libc) {
        this.libc = libc;
    }

    void copy(int source, int target, long size, byte[] expected, byte[] head) throws SystemCallException {
        if (size > BUFFER && cloned(source, target)) {
            requireBegin(read(source, 0, expected.length), expected);
            buffer.write(head, 0, head.length);
            writeAt(target, 0, head.length);
            return;
        }
        copy(source, 0, target, 0, size, expected, head);
    }

    /** Copies {@code size} bytes from one position in a file to a position in another. */
    void copyPart(int source, long from, int target, long to, long size) throws SystemCallException {
        copy(source, from, target, to, size, NO_HEAD, NO_HEAD);
    }

    private void copy(int source, long from, int target, long to, long size, byte[] expected, byte[] head)
            throws SystemCallException {
        for (long done = 0; done < size; ) {
            int read = read(source, from + done, (int) Math.min(BUFFER, size - done));
            if (done == 0) {
                requireBegin(read, expected);
                buffer.write(head, 0, Math.min(head.length, read));
            }
            writeAt(target, to + done, read);
            done += read;
        }
    }

    private int read(int source, long position, int length) throws SystemCallException {
        int read = LinuxTreeWriter.done("read", libc.pread(source, buffer.address(), length, position));
        if (read == 0) {
            throw new SystemCallException("read", Errno.ESTALE); // the file became shorter
        }
        return read;
    }

    private void requireBegin(int read, byte[] expected) throws SystemCallException {
        buffer.read(0, begin, 0, expected.length);
        if (read < expected.length || !Arrays.equals(begin, 0, expected.length, expected, 0, expected.length)) {
            throw new SystemCallException("read", Errno.ESTALE);
        }
    }

    void write(int target, byte[] head, byte[] body) throws SystemCallException {
        int first = Math.min(body.length, BUFFER - head.length);
        buffer.write(head, 0, head.length);
        buffer.write(head.length, body, 0, first);
        writeAt(target, 0, head.length + first);
        writePart(target, head.length, body, first);
    }

    void writePart(int target, long position, byte[] bytes) throws SystemCallException {
        writePart(target, position, bytes, 0);
    }

    /** Writes bytes from {@code from} on, of which the first one has its place at {@code position}. */
    private void writePart(int target, long position, byte[] bytes, int from) throws SystemCallException {
        for (int at = from; at < bytes.length; at += BUFFER) {
            int length = Math.min(BUFFER, bytes.length - at);
            buffer.write(bytes, at, length);
            writeAt(target, position + at, length);
        }
    }

    @Override
    public void close() {
        buffer.close();
    }

    /** Whether the new file shares the source's blocks now; after the first refusal, no further file is tried. */
    boolean cloned(int source, int target) {
        clones = clones && libc.ioctl(target, FICLONE, source) == 0;
        return clones;
    }

    private void writeAt(int target, long position, int length) throws SystemCallException {
        int written = 0;
        while (written < length) {
            int more = LinuxTreeWriter.done(
                    "write", libc.pwrite(target, buffer.address() + written, length - written, position + written));
            LinuxTreeWriter.requireAll(1, more);
            written += more;
        }
    }
}
