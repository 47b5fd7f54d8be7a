package dev.freshpyc.indexer.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshpyc.core.path.RawPath;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchService;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The watch of a real tree. */
@EnabledOnOs(OS.LINUX) // elsewhere Java polls, in seconds
@Timeout(60)
class DirectoryWatchTest implements ChangeSource.Receiver {

    private final Path root;
    private final Path elsewhere;
    private final List<String> problems = new ArrayList<>();
    private final Set<String> changed = new TreeSet<>();
    private final DirectoryWatch watch;
    private int missed;

    DirectoryWatchTest(@TempDir Path directory) throws IOException {
        root = Files.createDirectories(directory.toRealPath().resolve("lib"));
        elsewhere = Files.createDirectories(directory.toRealPath().resolve("elsewhere"));
        Files.createDirectories(root.resolve("pkg/inner"));
        Files.writeString(root.resolve("pkg/old.py"), "");
        watch = DirectoryWatch.of(List.of(raw(root)), problems::add);
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
    void newChangedAndRemovedFilesAreTold() throws Exception {
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
    void theFilesOfANewDirectoryAreToldAndThoseThatComeLaterToo() throws Exception {
        Path ready = Files.createDirectories(elsewhere.resolve("ready/deep"));
        Files.writeString(ready.resolve("before.py"), "");
        Files.move(elsewhere.resolve("ready"), root.resolve("ready"));
        awaitUntil(() -> changed.contains("ready/deep/before.py"));

        Files.writeString(root.resolve("ready/deep/after.py"), "");

        awaitUntil(() -> changed.contains("ready/deep/after.py"));
    }

    @Test
    void aDirectoryThatGoesMayTakeFilesWithIt() throws Exception {
        Files.move(root.resolve("pkg"), elsewhere.resolve("pkg"));

        awaitUntil(() -> missed > 0);
    }

    @Test
    void moreEventsThanTheQueueHoldsAreMissedAndNewDirectoriesAreWatchedStill() throws Exception {
        for (int i = 0; i < 2_000; i++) {
            Files.createDirectory(root.resolve("d" + i));
        }
        awaitUntil(() -> missed > 0);
        drain();

        Files.writeString(root.resolve("d1999/late.py"), "");

        awaitUntil(() -> changed.contains("d1999/late.py"));
    }

    @Test
    void aLostRootIsSaidOnceAndLookedForAgain() throws Exception {
        Files.move(root, elsewhere.resolve("lib"));
        Files.delete(elsewhere.resolve("lib/pkg/old.py"));
        Files.delete(elsewhere.resolve("lib/pkg/inner"));
        Files.delete(elsewhere.resolve("lib/pkg"));
        Files.delete(elsewhere.resolve("lib"));

        awaitUntil(() -> !watch.isComplete());
        assertThat(problems).hasSize(1);
        assertThat(problems.getFirst()).contains(root.toString(), "every 10 s");
    }

    @Test
    void theLimitOfTheSystemIsSaidOnce() throws Exception {
        WatchService service = FileSystems.getDefault().newWatchService();
        List<String> said = new ArrayList<>();
        try (DirectoryWatch limited = DirectoryWatch.of(
                service,
                List.of(raw(root)),
                directory -> {
                    if (directory.equals(root)) {
                        return directory.register(service, StandardWatchEventKinds.ENTRY_CREATE);
                    }
                    throw new IOException("limit");
                },
                said::add)) {
            assertThat(limited.isComplete()).isFalse();
            assertThat(said).hasSize(1);
        }
    }

    private void drain() throws InterruptedException {
        watch.await(Duration.ofMillis(300).toNanos(), this);
    }

    private void awaitUntil(BooleanSupplier condition) throws InterruptedException {
        long begun = System.nanoTime();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime() - begun)
                    .as("%s, missed %d", changed, missed)
                    .isLessThan(Duration.ofSeconds(20).toNanos());
            watch.await(Duration.ofMillis(50).toNanos(), this);
        }
    }

    private static RawPath raw(Path path) {
        return RawPath.of(path.toString());
    }
}
