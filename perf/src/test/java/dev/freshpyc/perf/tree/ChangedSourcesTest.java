package dev.freshpyc.perf.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sources whose mtimes are changed during a measurement. */
class ChangedSourcesTest {

    private static final FileTime MADE = FileTime.fromMillis(1_700_000_000_123L);

    @TempDir
    Path folder;

    private Path tree = Path.of("");

    @BeforeEach
    void createTree() throws IOException {
        tree = folder.resolve("tree");
        Files.createDirectories(tree.resolve("pkg"));
        for (int i = 0; i < 10; i++) {
            Files.setLastModifiedTime(Files.createFile(tree.resolve("pkg/m" + i + ".py")), MADE);
        }
        Files.createFile(tree.resolve("pkg/data.txt"));
    }

    @Test
    void chosenSourcesAreSpreadOverTheTreeAndListed() throws IOException {
        try (ChangedSources sources = ChangedSources.of(tree, 2, folder.resolve("list"))) {
            assertThat(sources.sources()).containsExactly(tree.resolve("pkg/m0.py"), tree.resolve("pkg/m5.py"));
            assertThat(Files.readAllLines(sources.list()))
                    .containsExactly(
                            tree.resolve("pkg/m0.py").toString(),
                            tree.resolve("pkg/m5.py").toString());
        }
    }

    @Test
    void eachChangeGivesAnotherMtimeAndCloseRestoresTheOldMtime() throws IOException {
        Path source = tree.resolve("pkg/m0.py");
        try (ChangedSources sources = ChangedSources.of(tree, 1, folder.resolve("list"))) {
            sources.change();
            FileTime once = Files.getLastModifiedTime(source);
            sources.change();
            assertThat(Files.getLastModifiedTime(source)).isLessThan(once);
            assertThat(once).isLessThan(MADE);
        }
        assertThat(Files.getLastModifiedTime(source)).isEqualTo(MADE);
    }

    @Test
    void aTreeWithTooFewSourcesIsRefused() {
        assertThatIOException()
                .isThrownBy(() -> ChangedSources.of(tree, 11, folder.resolve("list")))
                .withMessageEndingWith("has 10 sources; it takes 11");
    }
}
