package dev.freshpyc.indexer.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshpyc.core.path.RawPath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/** A directory tree under a watch, with the changes that the watch has reported. */
final class WatchedTree implements ChangeSource.Receiver, AutoCloseable {

    private final Path root;
    private final Path elsewhere;
    private final Path zips;
    private final Path archive;
    private final List<String> problems = new ArrayList<>();
    private final Set<String> changed = new TreeSet<>();
    private final DirectoryWatch watch;
    private int missed;

    WatchedTree(Path directory) throws IOException {
        root = Files.createDirectories(directory.toRealPath().resolve("lib"));
        elsewhere = Files.createDirectories(directory.toRealPath().resolve("elsewhere"));
        Files.createDirectories(root.resolve("pkg/inner"));
        Files.writeString(root.resolve("pkg/old.py"), "");
        zips = Files.createDirectories(root.resolveSibling("zips"));
        archive = zips.resolve("a.zip");
        watch = DirectoryWatch.of(() -> new WatchRoots(Set.of(root), Set.of(archive), Set.of()), problems::add);
    }

    @Override
    public void changed(RawPath path) {
        changed.add(path.relativeTo(raw(root)).orElse(path).shown());
    }

    @Override
    public void missed() {
        missed++;
    }

    @Override
    public void close() throws IOException {
        watch.close();
    }

    /** The watched directory. */
    Path root() {
        return root;
    }

    /** A directory beside the root, which is not watched. */
    Path elsewhere() {
        return elsewhere;
    }

    /** The directory of the watched archive. */
    Path zips() {
        return zips;
    }

    /** A watched archive, which does not exist at first. */
    Path archive() {
        return archive;
    }

    DirectoryWatch watch() {
        return watch;
    }

    /** The reported files, by their paths below the root where they have one. A test may remove paths. */
    Set<String> changed() {
        return changed;
    }

    /** How often the watch reported missed changes. */
    int missedChanges() {
        return missed;
    }

    void forgetMissed() {
        missed = 0;
    }

    /** The messages for the user. */
    List<String> problems() {
        return problems;
    }

    /** Takes the changes of the next moments. */
    void drain() throws InterruptedException {
        drain(watch);
    }

    void drain(DirectoryWatch source) throws InterruptedException {
        source.await(Duration.ofMillis(300).toNanos(), this);
    }

    /** Takes changes until the condition holds. */
    void awaitUntil(BooleanSupplier condition) throws InterruptedException {
        awaitUntil(watch, condition);
    }

    void awaitUntil(DirectoryWatch source, BooleanSupplier condition) throws InterruptedException {
        long begun = System.nanoTime();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime() - begun)
                    .as("%s, missed %d", changed, missed)
                    .isLessThan(Duration.ofSeconds(20).toNanos());
            source.await(Duration.ofMillis(50).toNanos(), this);
        }
    }

    static void delete(Path tree) throws IOException {
        try (Stream<Path> files = Files.walk(tree)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    static RawPath raw(Path path) {
        return RawPath.of(path.toString());
    }
}
