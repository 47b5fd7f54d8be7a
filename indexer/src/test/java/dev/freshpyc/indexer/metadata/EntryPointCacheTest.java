package dev.freshpyc.indexer.metadata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.freshpyc.core.file.UnixUser;
import dev.freshpyc.core.metadata.Distribution;
import dev.freshpyc.core.metadata.MetadataRules;
import dev.freshpyc.core.metadata.PathEntryMetadata;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.store.StoreEvents;
import dev.freshpyc.core.verdict.RacyWindow;
import dev.freshpyc.indexer.metadata.EntryPointCache.Belief;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EntryPointCacheTest {

    private static final RacyWindow NONE = new RacyWindow(Duration.ZERO);
    private static final int NOBODY = 65534;

    @TempDir
    private Path scratch = Path.of("");

    private Path site = Path.of("");
    private Path index = Path.of("");
    private final List<String> events = new ArrayList<>();

    @BeforeEach
    void makePlaces() throws IOException {
        site = Files.createDirectory(scratch.resolve("site"));
        index = scratch.resolve("index");
        install("first");
    }

    private void install(String name) throws IOException {
        Path info = Files.createDirectory(site.resolve(name + "-1.dist-info"));
        Files.writeString(info.resolve("METADATA"), "Name: " + name + "\nVersion: 1\n");
        Files.writeString(info.resolve("entry_points.txt"), "[g]\n" + name + " = m:o\n");
    }

    private List<String> names(EntryPointCache cache, Belief belief) {
        PathEntryMetadata metadata = cache.metadata(RawPath.of(site.toString()), belief);
        return metadata.distributions(MetadataRules.LISTED).stream()
                .map(Distribution::entryPoints)
                .flatMap(List::stream)
                .map(point -> point.name() + "=" + point.value())
                .sorted()
                .toList();
    }

    private List<String> names(Belief belief) {
        return names(cache(NONE, new PathEntryReader()), belief);
    }

    private EntryPointCache cache(RacyWindow window, PathEntryReader reader) {
        StoreEvents telling = new StoreEvents() {
            @Override
            public void setAside(Path file, String expected, String found) {
                events.add("set aside");
            }

            @Override
            public void newer(Path file, String found) {
                events.add("newer");
            }

            @Override
            public void distrusted(Path file, String why) {
                events.add("distrusted");
            }
        };
        return new EntryPointCache(
                Optional.of(index), Optional.empty(), telling, window, InstantSource.system(), reader);
    }

    private Optional<Path> kept() throws IOException {
        if (!Files.isDirectory(index)) {
            return Optional.empty();
        }
        try (Stream<Path> files = Files.list(index)) {
            return files.filter(file -> file.toString().endsWith(".entrypoints"))
                    .findFirst();
        }
    }

    /** Changes what the files say without a change of the path entry, so that an answer shows where it comes from. */
    private void rewriteInPlace() throws IOException {
        Files.writeString(site.resolve("first-1.dist-info/entry_points.txt"), "[g]\nfirst = changed:o\n");
    }

    @Test
    void anUnchangedEntryIsNotReadAgain() throws IOException {
        names(Belief.STAT);
        rewriteInPlace();

        assertThat(names(Belief.STAT)).containsExactly("first=m:o");
        assertThat(names(Belief.NONE)).containsExactly("first=changed:o");
        assertThat(names(Belief.STAT)).containsExactly("first=changed:o");
    }

    @Test
    void aNewDistributionIsSeen() throws IOException {
        names(Belief.STAT);
        install("second");

        assertThat(names(Belief.ASSUMED)).containsExactly("first=m:o");
        assertThat(names(Belief.STAT)).containsExactly("first=m:o", "second=m:o");
    }

    @Test
    void aRecentlyChangedEntryIsNotKept() throws IOException {
        names(cache(RacyWindow.DEFAULT, new PathEntryReader()), Belief.STAT);

        assertThat(kept()).isEmpty();
    }

    @Test
    void anEntryThatChangesWhileItIsReadIsNotKept() throws IOException {
        PathEntryReader racing = new PathEntryReader() {
            @Override
            PathEntryMetadata read(RawPath entry) {
                PathEntryMetadata before = super.read(entry);
                try {
                    install("late");
                } catch (IOException failed) {
                    throw new UncheckedIOException(failed);
                }
                return before;
            }
        };
        names(cache(NONE, racing), Belief.STAT);

        assertThat(kept()).isEmpty();
        assertThat(names(Belief.STAT)).containsExactly("first=m:o", "late=m:o");
    }

    @Test
    void aDamagedFileIsSetAsideAndMadeAnew() throws IOException {
        names(Belief.STAT);
        Path file = kept().orElseThrow();
        byte[] whole = Files.readAllBytes(file);
        for (int length = 0; length < whole.length; length += 7) {
            Files.write(file, Arrays.copyOf(whole, length));
            assertThat(names(Belief.STAT)).containsExactly("first=m:o");
            assertThat(Files.readAllBytes(file)).isEqualTo(whole);
        }
        assertThat(events).isNotEmpty().containsOnly("set aside");
    }

    @Test
    void aDirectoryThatIsAFileIsNoError() throws IOException {
        Files.writeString(index, "in the way");

        assertThat(names(Belief.STAT)).containsExactly("first=m:o");
    }

    @Test
    void aFileThatOthersMayWriteToIsNotBelieved() throws IOException {
        names(Belief.STAT);
        rewriteInPlace();
        Files.setPosixFilePermissions(kept().orElseThrow(), PosixFilePermissions.fromString("rw-rw-rw-"));

        assertThat(names(Belief.STAT)).containsExactly("first=changed:o");
        assertThat(events).contains("distrusted");
    }

    @Test
    void aFileOfAnotherUserIsNotBelieved() throws IOException {
        assumeTrue(UnixUser.effective().equals(Optional.of(UnixUser.ROOT)), "NOT RUN: needs root");
        names(Belief.STAT);
        rewriteInPlace();
        Files.setAttribute(kept().orElseThrow(), "unix:uid", NOBODY);

        assertThat(names(Belief.STAT)).containsExactly("first=changed:o");
        assertThat(events).contains("distrusted");
    }

    @Test
    void aLinkInADirectoryOfAnotherUserIsNotFollowed() throws IOException {
        assumeTrue(UnixUser.effective().equals(Optional.of(UnixUser.ROOT)), "NOT RUN: needs root");
        Path secret = Files.writeString(scratch.resolve("secret"), "[g]\npassword = secret\n");
        Path points = site.resolve("first-1.dist-info/entry_points.txt");
        Files.delete(points);
        Files.createSymbolicLink(points, secret);
        assertThat(names(Belief.NONE)).containsExactly("password=secret");

        Files.setAttribute(points.resolveSibling(""), "unix:uid", NOBODY);

        assertThat(names(Belief.NONE)).isEmpty();
        PathEntryMetadata metadata =
                cache(NONE, new PathEntryReader()).metadata(RawPath.of(site.toString()), Belief.NONE);
        assertThat(metadata.distributions(MetadataRules.LISTED)
                        .getFirst()
                        .fault()
                        .orElse(""))
                .contains("symbolic link");
    }
}
