package dev.freshpyc.indexer.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.indexer.scan.PathEntry;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.WatchService;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A watch reports every change in a real directory tree, or reports that it missed changes. */
@EnabledOnOs(OS.LINUX) // on other systems, Java polls every few seconds
@Timeout(60)
class DirectoryWatchTest implements ChangeSource.Receiver {

    private final Path root;
    private final Path elsewhere;
    private final Path zips;
    private final Path archive;
    private final List<String> problems = new ArrayList<>();
    private final Set<String> changed = new TreeSet<>();
    private final DirectoryWatch watch;
    private int missed;

    DirectoryWatchTest(@TempDir Path directory) throws IOException {
        root = Files.createDirectories(directory.toRealPath().resolve("lib"));
        elsewhere = Files.createDirectories(directory.toRealPath().resolve("elsewhere"));
        Files.createDirectories(root.resolve("pkg/inner"));
        Files.writeString(root.resolve("pkg/old.py"), "");
        zips = Files.createDirectories(root.resolveSibling("zips"));
        archive = zips.resolve("a.zip");
        watch = DirectoryWatch.of(() -> new WatchRoots(Set.of(root), Set.of(archive), Set.of()), problems::add);
    }

    @AfterEach
    void close() throws IOException {
        watch.close();
    }

    @Override
    public void changed(RawPath path) {
        changed.add(path.relativeTo(raw(root)).orElse(path).shown());
    }

    @Override
    public void missed() {
        missed++;
    }

    @Test
    void newChangedAndRemovedFilesAreReported() throws Exception {
        Files.writeString(root.resolve("pkg/inner/new.py"), "x");
        Files.writeString(root.resolve("pkg/old.py"), "changed");
        awaitUntil(() -> changed.containsAll(Set.of("pkg/inner/new.py", "pkg/old.py")));
        changed.clear();

        Files.delete(root.resolve("pkg/old.py"));

        awaitUntil(() -> changed.contains("pkg/old.py"));
        assertThat(missed).isZero();
        assertThat(watch.isComplete()).isTrue();
    }

    @Test
    void aNewDirectoryIsWatchedAndItsPresentFilesAreReported() throws Exception {
        Path ready = Files.createDirectories(elsewhere.resolve("ready/deep"));
        Files.writeString(ready.resolve("before.py"), "");
        Files.move(elsewhere.resolve("ready"), root.resolve("ready"));
        awaitUntil(() -> changed.contains("ready/deep/before.py"));

        Files.writeString(root.resolve("ready/deep/after.py"), "");

        awaitUntil(() -> changed.contains("ready/deep/after.py"));
    }

    @Test
    void aDirectoryThatMovesAwayCountsAsMissedChanges() throws Exception {
        Files.move(root.resolve("pkg"), elsewhere.resolve("pkg"));

        awaitUntil(() -> missed > 0);
    }

    @Test
    void anOverflowingQueueCountsAsMissedChangesAndNewDirectoriesAreStillWatched() throws Exception {
        for (int i = 0; i < 2_000; i++) {
            Files.createDirectory(root.resolve("d" + i));
        }
        awaitUntil(() -> missed > 0);
        drain();

        Files.writeString(root.resolve("d1999/late.py"), "");

        awaitUntil(() -> changed.contains("d1999/late.py"));
    }

    @Test
    void aRenamedRootIsWatchedAgainWhenItComesBack() throws Exception {
        Files.move(root, elsewhere.resolve("lib"));
        awaitUntil(() -> missed > 0);
        assertThat(watch.isComplete()).isTrue(); // an event of the parent will report that the root is back
        missed = 0;

        Files.move(elsewhere.resolve("lib"), root);
        awaitUntil(() -> missed > 0);

        Files.writeString(root.resolve("pkg/inner/new.py"), "");
        awaitUntil(() -> changed.contains("pkg/inner/new.py"));
        assertThat(problems).isEmpty();
    }

    @Test
    void aDirectoryThatReplacesTheRootIsWatched() throws Exception {
        Path next = elsewhere.resolve("next");
        Files.createDirectories(next.resolve("pkg"));
        Files.move(root, elsewhere.resolve("before"));
        Files.move(next, root);
        awaitUntil(() -> missed > 0);
        drain();

        Files.writeString(elsewhere.resolve("before/pkg/old.py"), "of the tree that was moved away");
        Files.writeString(root.resolve("pkg/new.py"), "");

        awaitUntil(() -> changed.contains("pkg/new.py"));
        assertThat(changed).doesNotContain("pkg/old.py");
    }

    @Test
    void aRootIsWatchedAgainWhenADirectoryAboveItComesBack() throws Exception {
        Path above = elsewhere.resolve("above");
        Files.createDirectories(above.resolve("lib"));
        Path gone = elsewhere.resolve("gone");
        try (DirectoryWatch other = DirectoryWatch.of(
                () -> new WatchRoots(Set.of(above.resolve("lib")), Set.of(), Set.of()), problems::add)) {
            Files.move(above, gone);
            awaitUntil(other, () -> missed > 0);
            missed = 0;
            Files.createDirectories(above.resolve("lib"));
            awaitUntil(other, () -> missed > 0);

            Files.writeString(above.resolve("lib/new.py"), "");

            awaitUntil(other, () -> changed.contains(above.resolve("lib/new.py").toString()));
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
                problems::add)) {
            assertThat(blind.isComplete()).isTrue();
            delete(root);
            awaitUntil(blind, () -> !blind.isComplete());
            assertThat(problems).hasSize(1);
            assertThat(problems.getFirst()).contains(root.toString(), "every 10 s");
            missed = 0;

            Files.createDirectories(root);
            awaitUntil(blind, () -> missed > 0);

            assertThat(blind.isComplete()).isTrue();
            Files.writeString(root.resolve("new.py"), "");
            awaitUntil(blind, () -> changed.contains("new.py"));
        }
    }

    @Test
    void anArchiveIsReportedWhenItIsCreatedReplacedAndDeleted() throws Exception {
        Files.writeString(archive.resolveSibling("other.zip"), "");
        Files.writeString(archive, "one");
        awaitUntil(() -> changed.remove(archive.toString()));
        Path next = Files.writeString(elsewhere.resolve("next.zip"), "two");
        Files.move(next, archive, StandardCopyOption.REPLACE_EXISTING);
        awaitUntil(() -> changed.remove(archive.toString()));
        delete(zips);
        awaitUntil(() -> changed.remove(archive.toString()));
        drain();

        Files.createDirectories(zips);
        Files.writeString(archive, "three");

        awaitUntil(() -> changed.contains(archive.toString()));
        assertThat(changed).doesNotContain(archive.resolveSibling("other.zip").toString());
    }

    @Test
    void filesBehindADirectoryLinkAreReportedByThePathOfTheLink() throws Exception {
        Path linked = elsewhere.resolve("outside");
        Path outside = Files.createDirectories(linked.resolve("deep"));
        Files.writeString(outside.resolve("before.py"), "");
        Files.createSymbolicLink(root.resolve("linked"), linked);
        awaitUntil(() -> changed.contains("linked/deep/before.py"));

        Files.writeString(outside.resolve("after.py"), "");
        awaitUntil(() -> changed.contains("linked/deep/after.py"));
        Files.createDirectories(outside.resolve("new"));
        Files.writeString(outside.resolve("new/x.py"), "");
        awaitUntil(() -> changed.contains("linked/deep/new/x.py"));
        int before = missed;

        Files.delete(root.resolve("linked"));
        awaitUntil(() -> missed > before);
    }

    @Test
    void filesBehindALinkIntoTheTreeAreReportedByTheirRealPath() throws Exception {
        Files.createSymbolicLink(root.resolve("alias"), root.resolve("pkg"));
        Files.createSymbolicLink(root.resolve("cycle"), root);
        awaitUntil(() -> changed.containsAll(Set.of("alias", "cycle")));
        changed.clear();

        Files.writeString(root.resolve("alias/new.py"), "");

        awaitUntil(() -> changed.contains("pkg/new.py"));
        assertThat(changed).containsExactly("pkg/new.py");
    }

    @Test
    void aFileBehindAFileLinkIsReportedByThePathOfTheLink() throws Exception {
        Path shared = Files.createDirectories(elsewhere.resolve("shared"));
        Path source = Files.writeString(shared.resolve("m.py"), "one");
        Files.createSymbolicLink(root.resolve("pkg/m.py"), source);
        awaitUntil(() -> changed.remove("pkg/m.py"));
        drain();
        changed.clear();

        Files.writeString(source, "changed");
        awaitUntil(() -> changed.remove("pkg/m.py"));
        drain();
        Files.move(
                Files.writeString(elsewhere.resolve("next"), "replaced"), source, StandardCopyOption.REPLACE_EXISTING);
        awaitUntil(() -> changed.remove("pkg/m.py"));
        delete(shared);
        awaitUntil(() -> changed.remove("pkg/m.py"));
        drain();
        changed.clear();
        Files.createDirectories(shared);
        Files.writeString(source, "came back");
        awaitUntil(() -> changed.remove("pkg/m.py"));
        Files.delete(root.resolve("pkg/m.py"));
        awaitUntil(() -> changed.remove("pkg/m.py"));
        drain();
        changed.clear();

        Files.writeString(source, "not of the tree any more");

        drain();
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
        awaitUntil(() -> changed.contains("lib/m.py"));
        drain();
        changed.clear();

        replace(current, "v2");
        awaitUntil(() -> changed.contains("m.py") && missed > 0);
        drain();
        changed.clear();
        Files.writeString(elsewhere.resolve("v1/lib/m.py"), "left behind");
        Files.writeString(elsewhere.resolve("v1/lib/old.py"), "left behind");
        Files.writeString(elsewhere.resolve("v2/lib/new.py"), "new");
        awaitUntil(() -> changed.contains("lib/new.py"));
        drain();

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
                DirectoryWatch.of(() -> WatchRoots.of(entries, Optional.empty()), problems::add)) {
            Files.writeString(elsewhere.resolve("v1/pkg/one.py"), "");
            awaitUntil(
                    switched,
                    () -> changed.remove(elsewhere.resolve("v1/pkg/one.py").toString()));
            missed = 0;
            replace(current, elsewhere.resolve("v2").toString());
            awaitUntil(switched, () -> missed > 0);

            Files.writeString(elsewhere.resolve("v1/pkg/old.py"), "");
            Files.writeString(elsewhere.resolve("v2/pkg/two.py"), "");

            awaitUntil(
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
                DirectoryWatch.of(() -> WatchRoots.of(entries, Optional.empty()), problems::add)) {
            Files.move(app, elsewhere.resolve("away"));
            awaitUntil(switched, () -> missed > 0);
            missed = 0;
            Files.move(elsewhere.resolve("away"), app);
            awaitUntil(switched, () -> missed > 0);
            switched.await(Duration.ofMillis(300).toNanos(), this);
            replace(current, second.toString());
            missed = 0;
            awaitUntil(switched, () -> missed > 0);

            Files.writeString(second.resolve("two.py"), "");

            awaitUntil(switched, () -> changed.contains(second.resolve("two.py").toString()));
        }
    }

    /** Replaces a link by a link to another target, in one atomic step. */
    private static void replace(Path link, String target) throws IOException {
        Path next = Files.createSymbolicLink(link.resolveSibling("next"), Path.of(target));
        Files.move(next, link, StandardCopyOption.ATOMIC_MOVE);
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

    private void drain() throws InterruptedException {
        watch.await(Duration.ofMillis(300).toNanos(), this);
    }

    private static void delete(Path tree) throws IOException {
        try (Stream<Path> files = Files.walk(tree)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private void awaitUntil(BooleanSupplier condition) throws InterruptedException {
        awaitUntil(watch, condition);
    }

    private void awaitUntil(DirectoryWatch source, BooleanSupplier condition) throws InterruptedException {
        long begun = System.nanoTime();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime() - begun)
                    .as("%s, missed %d", changed, missed)
                    .isLessThan(Duration.ofSeconds(20).toNanos());
            source.await(Duration.ofMillis(50).toNanos(), this);
        }
    }

    private static RawPath raw(Path path) {
        return RawPath.of(path.toString());
    }
}
