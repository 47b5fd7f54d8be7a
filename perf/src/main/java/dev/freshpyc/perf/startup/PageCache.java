package dev.freshpyc.perf.startup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The kernel's page cache, which root may drop ({@code proc_sys_vm(5)}, {@code drop_caches}). */
public final class PageCache {

    private static final Path SWITCH = Path.of("/proc/sys/vm/drop_caches");

    private PageCache() {}

    /** Whether this process may drop the cache; asked by opening the switch, without a write. */
    public static boolean isDroppable() {
        try (var _ = Files.newByteChannel(SWITCH, StandardOpenOption.WRITE)) {
            return true;
        } catch (IOException refused) {
            return false;
        }
    }

    /** Writes dirty pages, which the kernel would keep, and drops all pages, directory entries and inodes. */
    static void drop() throws IOException, InterruptedException {
        int status = new ProcessBuilder("sync")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
        if (status != 0) {
            throw new IOException("sync ended with status " + status);
        }
        Files.writeString(SWITCH, "3\n", StandardOpenOption.WRITE);
    }
}
