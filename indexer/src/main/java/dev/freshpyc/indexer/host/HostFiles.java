package dev.freshpyc.indexer.host;

import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.indexer.fs.TreeReader;
import dev.freshpyc.indexer.fs.TreeWriter;
import dev.freshpyc.indexer.fs.linux.LinuxTreeReader;
import dev.freshpyc.indexer.fs.linux.LinuxTreeWriter;
import dev.freshpyc.indexer.fs.linux.NativeSupport;
import dev.freshpyc.indexer.fs.nio.NioTreeReader;
import java.io.Serial;
import java.util.Optional;
import java.util.function.Supplier;

/** The file system of this host, read and written through the best implementations that the host supports. */
public final class HostFiles {

    private static final RawPath TOP = RawPath.of("/");

    private HostFiles() {}

    /** Makes a reader for each worker of one scan: by system calls on Linux, by {@code java.nio.file} elsewhere. */
    public static Supplier<TreeReader> readers() {
        Supplier<TreeReader> portable = NioTreeReader.workers();
        return () -> NativeSupport.isAvailable() ? new LinuxTreeReader() : portable.get();
    }

    /**
     * Makes readers of a system whose root directory is {@code root}: links lead where they lead in that system.
     *
     * @param root absolute and without links; empty for this system
     * @throws UnsupportedHostException when this host cannot keep links inside a directory
     */
    public static Supplier<TreeReader> readers(Optional<RawPath> root) {
        if (root.isEmpty() || root.get().equals(TOP)) {
            return readers();
        }
        requireWriting("--root");
        return () -> new LinuxTreeReader(root.get());
    }

    /** A writer for the calling thread. */
    public static TreeWriter newWriter() {
        requireWriting("writing to a tree");
        return new LinuxTreeWriter();
    }

    /**
     * Checks that files can be written on this host.
     *
     * @param command the command to name in the message
     * @throws UnsupportedHostException when the host has no implementation of the writing port
     */
    public static void requireWriting(String command) {
        Optional<String> obstacle = NativeSupport.obstacleToWriting();
        if (obstacle.isPresent()) {
            throw new UnsupportedHostException(command + " needs Linux on x86-64 or AArch64: " + obstacle.get());
        }
    }

    /** Whether files can be written on this host. */
    public static boolean isWritable() {
        return NativeSupport.obstacleToWriting().isEmpty();
    }

    /** Links the system calls in a thread of its own, while the caller reads its command line. */
    public static void prepare() {
        Thread.ofPlatform().daemon().name("prepare").start(() -> readers().get().close());
    }

    /** This host cannot do what a command needs; the message is one line for the user. */
    public static final class UnsupportedHostException extends RuntimeException {

        @Serial
        private static final long serialVersionUID = 1;

        UnsupportedHostException(String message) {
            super(message);
        }
    }
}
