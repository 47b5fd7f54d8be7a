package dev.freshpyc.indexer.host;

import dev.freshpyc.indexer.fs.TreeReader;
import dev.freshpyc.indexer.fs.linux.LinuxTreeReader;
import dev.freshpyc.indexer.fs.linux.NativeSupport;
import dev.freshpyc.indexer.fs.nio.NioTreeReader;
import java.util.function.Supplier;

/** The file system of this host, read by the best implementation that the host supports. */
public final class HostFiles {

    private HostFiles() {}

    /** Makes a reader for each worker of one scan: by system calls on Linux, by {@code java.nio.file} elsewhere. */
    public static Supplier<TreeReader> readers() {
        Supplier<TreeReader> portable = NioTreeReader.workers();
        return () -> NativeSupport.isAvailable() ? new LinuxTreeReader() : portable.get();
    }

    /** Links the system calls in a thread of its own, while the caller reads its command line. */
    public static void prepare() {
        Thread.ofPlatform().daemon().name("prepare").start(() -> readers().get().close());
    }
}
