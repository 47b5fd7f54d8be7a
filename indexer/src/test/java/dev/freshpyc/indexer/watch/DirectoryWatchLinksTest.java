package dev.freshpyc.indexer.watch;

import static dev.freshpyc.indexer.watch.WatchedTree.delete;
import static dev.freshpyc.indexer.watch.WatchedTree.raw;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshpyc.indexer.scan.PathEntry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A watch follows symbolic links in a real directory tree, and reports a change by one path. */
@EnabledOnOs(OS.LINUX) // on other systems, Java polls every few seconds
@Timeout(60)
class DirectoryWatchLinksTest {

    private final WatchedTree tree;
    private final Path root;
    private final Path elsewhere;
    private final Set<String> changed;

    DirectoryWatchLinksTest(@TempDir Path directory) throws IOException {
        tree = new WatchedTree(directory);
        root = tree.root();
        elsewhere = tree.elsewhere();
        changed = tree.changed();
    }

    @AfterEach
    void close() throws IOException {
        tree.close();
    }

    @Test
    void filesBehindADirectoryLinkAreReportedByThePathOfTheLink() throws Exception {
        Path linked = elsewhere.resolve("outside");
        Path outside = Files.createDirectories(linked.resolve("deep"));
        Files.writeString(outside.resolve("before.py"), "");
        Files.createSymbolicLink(root.resolve("linked"), linked);
        tree.awaitUntil(() -> changed.contains("linked/deep/before.py"));

        Files.writeString(outside.resolve("after.py"), "");
        tree.awaitUntil(() -> changed.contains("linked/deep/after.py"));
        Files.createDirectories(outside.resolve("new"));
        Files.writeString(outside.resolve("new/x.py"), "");
        tree.awaitUntil(() -> changed.contains("linked/deep/new/x.py"));
        int before = tree.missedChanges();

        Files.delete(root.resolve("linked"));
        tree.awaitUntil(() -> tree.missedChanges() > before);
    }

    @Test
    void filesBehindALinkIntoTheTreeAreReportedByTheirRealPath() throws Exception {
        Files.createSymbolicLink(root.resolve("alias"), root.resolve("pkg"));
        Files.createSymbolicLink(root.resolve("cycle"), root);
        tree.awaitUntil(() -> changed.containsAll(Set.of("alias", "cycle")));
        changed.clear();

        Files.writeString(root.resolve("alias/new.py"), "");

        tree.awaitUntil(() -> changed.contains("pkg/new.py"));
        assertThat(changed).containsExactly("pkg/new.py");
    }

    @Test
    void aFileBehindAFileLinkIsReportedByThePathOfTheLink() throws Exception {
        Path shared = Files.createDirectories(elsewhere.resolve("shared"));
        Path source = Files.writeString(shared.resolve("m.py"), "one");
        Files.createSymbolicLink(root.resolve("pkg/m.py"), source);
        tree.awaitUntil(() -> changed.remove("pkg/m.py"));
        tree.drain();
        changed.clear();

        Files.writeString(source, "changed");
        tree.awaitUntil(() -> changed.remove("pkg/m.py"));
        tree.drain();
        Files.move(
                Files.writeString(elsewhere.resolve("next"), "replaced"), source, StandardCopyOption.REPLACE_EXISTING);
        tree.awaitUntil(() -> changed.remove("pkg/m.py"));
        delete(shared);
        tree.awaitUntil(() -> changed.remove("pkg/m.py"));
        tree.drain();
        changed.clear();
        Files.createDirectories(shared);
        Files.writeString(source, "came back");
        tree.awaitUntil(() -> changed.remove("pkg/m.py"));
        Files.delete(root.resolve("pkg/m.py"));
        tree.awaitUntil(() -> changed.remove("pkg/m.py"));
        tree.drain();
        changed.clear();

        Files.writeString(source, "not of the tree any more");

        tree.drain();
        assertThat(changed).isEmpty();
    }

    @Test
    void aSwitchedLinkOnTheWayToAFileOrDirectoryIsFollowed() throws Exception {
        for (String version : List.of("v1", "v2")) {
            Path lib = Files.createDirectories(elsewhere.resolve(version).resolve("lib"));
            Files.writeString(lib.resolve("m.py"), version);
        }
        Path current = Files.createSymbolicLink(elsewhere.resolve("current"), Path.of("v1"));
        Files.createSymbolicLink(root.resolve("m.py"), current.resolve("lib/m.py"));
        Files.createSymbolicLink(root.resolve("lib"), current.resolve("lib"));
        tree.awaitUntil(() -> changed.contains("lib/m.py"));
        tree.drain();
        changed.clear();

        replace(current, "v2");
        tree.awaitUntil(() -> changed.contains("m.py") && tree.missedChanges() > 0);
        tree.drain();
        changed.clear();
        Files.writeString(elsewhere.resolve("v1/lib/m.py"), "left behind");
        Files.writeString(elsewhere.resolve("v1/lib/old.py"), "left behind");
        Files.writeString(elsewhere.resolve("v2/lib/new.py"), "new");
        tree.awaitUntil(() -> changed.contains("lib/new.py"));
        tree.drain();

        assertThat(changed).containsExactly("lib/new.py");
    }

    @Test
    void aSwitchedLinkInThePathOfAnEntryIsFollowed() throws Exception {
        for (String version : List.of("v1", "v2")) {
            Files.createDirectories(elsewhere.resolve(version).resolve("pkg"));
        }
        Path current = Files.createSymbolicLink(root.resolve("current"), elsewhere.resolve("v1"));
        List<PathEntry> entries = PathEntry.directories(List.of(raw(current.resolve("pkg"))));
        try (DirectoryWatch switched =
                DirectoryWatch.of(() -> WatchRoots.of(entries, Optional.empty()), tree.problems()::add)) {
            Files.writeString(elsewhere.resolve("v1/pkg/one.py"), "");
            tree.awaitUntil(
                    switched,
                    () -> changed.remove(elsewhere.resolve("v1/pkg/one.py").toString()));
            tree.forgetMissed();
            replace(current, elsewhere.resolve("v2").toString());
            tree.awaitUntil(switched, () -> tree.missedChanges() > 0);

            Files.writeString(elsewhere.resolve("v1/pkg/old.py"), "");
            Files.writeString(elsewhere.resolve("v2/pkg/two.py"), "");

            tree.awaitUntil(
                    switched,
                    () -> changed.contains(elsewhere.resolve("v2/pkg/two.py").toString()));
            assertThat(changed)
                    .doesNotContain(elsewhere.resolve("v1/pkg/old.py").toString());
        }
    }

    @Test
    void theLinkOfAnEntryIsWatchedAgainWhenItsDirectoryComesBack() throws Exception {
        Path app = Files.createDirectories(elsewhere.resolve("app"));
        Path first = Files.createDirectories(elsewhere.resolve("v1"));
        Path second = Files.createDirectories(elsewhere.resolve("v2"));
        Path current = Files.createSymbolicLink(app.resolve("current"), first);
        List<PathEntry> entries = PathEntry.directories(List.of(raw(current)));
        try (DirectoryWatch switched =
                DirectoryWatch.of(() -> WatchRoots.of(entries, Optional.empty()), tree.problems()::add)) {
            Files.move(app, elsewhere.resolve("away"));
            tree.awaitUntil(switched, () -> tree.missedChanges() > 0);
            tree.forgetMissed();
            Files.move(elsewhere.resolve("away"), app);
            tree.awaitUntil(switched, () -> tree.missedChanges() > 0);
            tree.drain(switched);
            replace(current, second.toString());
            tree.forgetMissed();
            tree.awaitUntil(switched, () -> tree.missedChanges() > 0);

            Files.writeString(second.resolve("two.py"), "");

            tree.awaitUntil(
                    switched, () -> changed.contains(second.resolve("two.py").toString()));
        }
    }

    /** Replaces a link by a link to another target, in one atomic step. */
    private static void replace(Path link, String target) throws IOException {
        Path next = Files.createSymbolicLink(link.resolveSibling("next"), Path.of(target));
        Files.move(next, link, StandardCopyOption.ATOMIC_MOVE);
    }
}
