package dev.freshpyc.perf.startup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checks that a file is not in the page cache after a drop, even if the file was just written. */
class PageCacheTest {

    @Test
    void dirtyPagesAreWrittenAndDropped(@TempDir Path home) throws Exception {
        assumeThat(PageCache.isDroppable()).as("only root may drop the cache").isTrue();
        assumeThat(Files.getFileStore(home).type())
                .as("tmpfs has its files only in the page cache")
                .isNotEqualTo("tmpfs");
        Path file = Files.write(home.resolve("dirty"), new byte[1 << 20]);
        assertThat(isCached(file)).isTrue();

        PageCache.drop();

        assertThat(isCached(file)).isFalse();
    }

    private static boolean isCached(Path file) throws Exception {
        try (FileChannel channel = FileChannel.open(file)) {
            MappedByteBuffer mapped = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size());
            return mapped.isLoaded();
        }
    }
}
