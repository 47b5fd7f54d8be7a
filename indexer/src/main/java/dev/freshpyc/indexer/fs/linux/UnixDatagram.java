package dev.freshpyc.indexer.fs.linux;

import dev.freshpyc.core.file.Errno;
import dev.freshpyc.core.path.RawPath;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;

/** Sends one datagram to a Unix socket, which the JDK cannot. */
public final class UnixDatagram {

    private static final int AF_UNIX = 1;
    private static final int SOCK_DGRAM = 2;
    private static final int SOCK_CLOEXEC = 0x80000;
    private static final int MSG_NOSIGNAL = 0x4000;

    /** {@code sun_path} of {@code struct sockaddr_un}, unix(7). */
    private static final int MAX_PATH = 108;

    private UnixDatagram() {}

    /**
     * Sends a message.
     *
     * @param socket a path, or {@code @} and the name of an abstract socket; 107 bytes at most
     * @return the error; empty when the message was sent
     */
    public static Optional<Errno> send(RawPath socket, byte[] message) {
        byte[] path = socket.toBytes();
        if (path.length >= MAX_PATH) {
            return Optional.of(Errno.ENAMETOOLONG);
        }
        if (path[0] == '@') {
            path[0] = 0;
        }
        byte[] address = ByteBuffer.allocate(Short.BYTES + path.length)
                .order(ByteOrder.nativeOrder())
                .putShort((short) AF_UNIX)
                .put(path)
                .array();
        try (Libc libc = new Libc();
                NativeBuffer buffer = new NativeBuffer(Math.max(address.length, message.length))) {
            int descriptor = libc.socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
            if (descriptor < 0) {
                return Optional.of(new Errno(-descriptor));
            }
            try {
                buffer.write(address, 0, address.length);
                int result = libc.connect(descriptor, buffer.address(), address.length);
                if (result == 0) {
                    buffer.write(message, 0, message.length);
                    result = libc.send(descriptor, buffer.address(), message.length, MSG_NOSIGNAL);
                }
                return result < 0 ? Optional.of(new Errno(-result)) : Optional.empty();
            } finally {
                libc.close(descriptor);
            }
        }
    }
}
