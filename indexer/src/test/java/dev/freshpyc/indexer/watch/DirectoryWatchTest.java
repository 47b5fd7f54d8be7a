package dev.freshpyc.indexer.watch;

import static dev.freshpyc.indexer.watch.WatchedTree.delete;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.WatchService;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A watch reports every change in a real directory tree, or reports that it missed changes. */
@EnabledOnOs(OS.LINUX) // on other systems, Java polls every few seconds
@Timeout(60)
class DirectoryWatchTest {

    private final WatchedTree tree;
    private final Path root;
    private final Path elsewhere;
    private final Path archive;
    private final Set<String> changed;

    DirectoryWatchTest(@TempDir Path directory) throws IOException {
        tree = new WatchedTree(directory);
        root = tree.root();
        elsewhere = tree.elsewhere();
        archive = tree.archive();
        changed = tree.changed();
    }

    @AfterEach
    void close() throws IOException {
        tree.close();
    }

    @Test
    void newChangedAndRemovedFilesAreReported() throws Exception {
        Files.writeString(root.resolve("pkg/inner/new.py"), "x");
        Files.writeString(root.resolve("pkg/old.py"), "changed");
        tree.awaitUntil(() -> changed.containsAll(Set.of("pkg/inner/new.py", "pkg/old.py")));
        changed.clear();

        Files.delete(root.resolve("pkg/old.py"));

        tree.awaitUntil(() -> changed.contains("pkg/old.py"));
        assertThat(tree.missedChanges()).isZero();
        assertThat(tree.watch().isComplete()).isTrue();
    }

    @Test
    void aNewDirectoryIsWatchedAndItsPresentFilesAreReported() throws Exception {
        Path ready = Files.createDirectories(elsewhere.resolve("ready/deep"));
        Files.writeString(ready.resolve("before.py"), "");
        Files.move(elsewhere.resolve("ready"), root.resolve("ready"));
        tree.awaitUntil(() -> changed.contains("ready/deep/before.py"));

        Files.writeString(root.resolve("ready/deep/after.py"), "");

        tree.awaitUntil(() -> changed.contains("ready/deep/after.py"));
    }

    @Test
    void aDirectoryThatMovesAwayCountsAsMissedChanges() throws Exception {
        Files.move(root.resolve("pkg"), elsewhere.resolve("pkg"));

        tree.awaitUntil(() -> tree.missedChanges() > 0);
    }

    @Test
    void anOverflowingQueueCountsAsMissedChangesAndNewDirectoriesAreStillWatched() throws Exception {
        for (int i = 0; i < 2_000; i++) {
            Files.createDirectory(root.resolve("d" + i));
        }
        tree.awaitUntil(() -> tree.missedChanges() > 0);
        tree.drain();

        Files.writeString(root.resolve("d1999/late.py"), "");

        tree.awaitUntil(() -> changed.contains("d1999/late.py"));
    }

    @Test
    void aRenamedRootIsWatchedAgainWhenItComesBack() throws Exception {
        Files.move(root, elsewhere.resolve("lib"));
        tree.awaitUntil(() -> tree.missedChanges() > 0);
        assertThat(tree.watch().isComplete()).isTrue(); // an event of the parent will report that the root is back
        tree.forgetMissed();

        Files.move(elsewhere.resolve("lib"), root);
        tree.awaitUntil(() -> tree.missedChanges() > 0);

        Files.writeString(root.resolve("pkg/inner/new.py"), "");
        tree.awaitUntil(() -> changed.contains("pkg/inner/new.py"));
        assertThat(tree.problems()).isEmpty();
    }

    @Test
    void aDirectoryThatReplacesTheRootIsWatched() throws Exception {
        Path next = elsewhere.resolve("next");
        Files.createDirectories(next.resolve("pkg"));
        Files.move(root, elsewhere.resolve("before"));
        Files.move(next, root);
        tree.awaitUntil(() -> tree.missedChanges() > 0);
        tree.drain();

        Files.writeString(elsewhere.resolve("before/pkg/old.py"), "of the tree that was moved away");
        Files.writeString(root.resolve("pkg/new.py"), "");

        tree.awaitUntil(() -> changed.contains("pkg/new.py"));
        assertThat(changed).doesNotContain("pkg/old.py");
    }

    @Test
    void aRootIsWatchedAgainWhenADirectoryAboveItComesBack() throws Exception {
        Path above = elsewhere.resolve("above");
        Files.createDirectories(above.resolve("lib"));
        Path gone = elsewhere.resolve("gone");
        try (DirectoryWatch other = DirectoryWatch.of(
                () -> new WatchRoots(Set.of(above.resolve("lib")), Set.of(), Set.of()), tree.problems()::add)) {
            Files.move(above, gone);
            tree.awaitUntil(other, () -> tree.missedChanges() > 0);
            tree.forgetMissed();
            Files.createDirectories(above.resolve("lib"));
            tree.awaitUntil(other, () -> tree.missedChanges() > 0);

            Files.writeString(above.resolve("lib/new.py"), "");

            tree.awaitUntil(
                    other, () -> changed.contains(above.resolve("lib/new.py").toString()));
            assertThat(other.isComplete()).isTrue();
        }
    }

    @Test
    void aLostRootWithAnUnwatchedParentIsReportedOnceAndSearchedFor() throws Exception {
        WatchService service = FileSystems.getDefault().newWatchService();
        try (DirectoryWatch blind = DirectoryWatch.of(
                service,
                () -> new WatchRoots(Set.of(root), Set.of(), Set.of()),
                (directory, kinds) -> {
                    if (directory.startsWith(root)) {
                        return directory.register(service, kinds);
                    }
                    throw new AccessDeniedException(directory.toString());
                },
                tree.problems()::add)) {
            assertThat(blind.isComplete()).isTrue();
            delete(root);
            tree.awaitUntil(blind, () -> !blind.isComplete());
            assertThat(tree.problems()).hasSize(1);
            assertThat(tree.problems().getFirst()).contains(root.toString(), "every 10 s");
            tree.forgetMissed();

            Files.createDirectories(root);
            tree.awaitUntil(blind, () -> tree.missedChanges() > 0);

            assertThat(blind.isComplete()).isTrue();
            Files.writeString(root.resolve("new.py"), "");
            tree.awaitUntil(blind, () -> changed.contains("new.py"));
        }
    }

    @Test
    void anArchiveIsReportedWhenItIsCreatedReplacedAndDeleted() throws Exception {
        Files.writeString(archive.resolveSibling("other.zip"), "");
        Files.writeString(archive, "one");
        tree.awaitUntil(() -> changed.remove(archive.toString()));
        Path next = Files.writeString(elsewhere.resolve("next.zip"), "two");
        Files.move(next, archive, StandardCopyOption.REPLACE_EXISTING);
        tree.awaitUntil(() -> changed.remove(archive.toString()));
        delete(tree.zips());
        tree.awaitUntil(() -> changed.remove(archive.toString()));
        tree.drain();

        Files.createDirectories(tree.zips());
        Files.writeString(archive, "three");

        tree.awaitUntil(() -> changed.contains(archive.toString()));
        assertThat(changed).doesNotContain(archive.resolveSibling("other.zip").toString());
    }

    @Test
    void theLimitOfTheSystemIsReportedOnce() throws Exception {
        WatchService service = FileSystems.getDefault().newWatchService();
        List<String> reported = new ArrayList<>();
        try (DirectoryWatch limited = DirectoryWatch.of(
                service,
                () -> new WatchRoots(Set.of(root), Set.of(), Set.of()),
                (directory, kinds) -> {
                    if (root.startsWith(directory)) {
                        return directory.register(service, kinds);
                    }
                    throw new IOException("limit");
                },
                reported::add)) {
            assertThat(limited.isComplete()).isFalse();
            assertThat(reported).hasSize(1);
        }
    }
}
