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
import dev.freshpyc.indexer.fs.FileContents;
import dev.freshpyc.indexer.fs.ForwardingReader;
import dev.freshpyc.indexer.fs.Listing;
import dev.freshpyc.indexer.fs.OpenDirectory;
import dev.freshpyc.indexer.fs.OpenDirectory.Opening;
import dev.freshpyc.indexer.fs.TreeReader;
import dev.freshpyc.indexer.host.HostFiles;
import dev.freshpyc.indexer.metadata.EntryPointCache.Belief;
import java.io.IOException;
import java.io.RandomAccessFile;
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
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The cache gives the entry points of a path entry without reading the entry again while the entry is unchanged. */
class EntryPointCacheTest {

    private static final RacyWindow NONE = new RacyWindow(Duration.ZERO);
    private static final int NOBODY = 65534;

    @TempDir
    private Path scratch = Path.of("");

    private Path site = Path.of("");
    private Path index = Path.of("");
    private final List<String> events = new ArrayList<>();

    @BeforeEach
    void createSite() throws IOException {
        site = Files.createDirectory(scratch.resolve("site"));
        index = scratch.resolve("index");
        install("first");
    }

    private void install(String name) {
        try {
            Path info = Files.createDirectory(site.resolve(name + "-1.dist-info"));
            Files.writeString(info.resolve("METADATA"), "Name: " + name + "\nVersion: 1\n");
            Files.writeString(info.resolve("entry_points.txt"), "[g]\n" + name + " = m:o\n");
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static PathEntryReader reader(Supplier<? extends TreeReader> files, int maxDistributions) {
        return new PathEntryReader(files, InstantSource.system(), maxDistributions);
    }

    private List<String> entryPoints(EntryPointCache cache, Belief belief) {
        PathEntryMetadata metadata = cache.metadata(RawPath.of(site.toString()), belief);
        return metadata.distributions(MetadataRules.LISTED).stream()
                .map(Distribution::entryPoints)
                .flatMap(List::stream)
                .map(point -> point.name() + "=" + point.value())
                .sorted()
                .toList();
    }

    private List<String> entryPoints(Belief belief) {
        return entryPoints(cache(NONE, reader(HostFiles.readers(), 10)), belief);
    }

    private EntryPointCache cache(RacyWindow window, PathEntryReader reader) {
        StoreEvents recorder = new StoreEvents() {
            @Override
            public void setAside(Path file, String expected, String found) {
                events.add("set aside");
            }

            @Override
            public void leftInPlace(Path file, String expected, String found, String why) {
                events.add("left in place");
            }

            @Override
            public void newer(Path file, String found) {
                events.add("newer");
            }

            @Override
            public void distrusted(Path file, String why) {
                events.add("distrusted");
            }

            @Override
            public void notKept(RawPath entry, String why) {
                events.add("not kept");
            }
        };
        return new EntryPointCache(Optional.of(index), Optional.empty(), recorder, window, reader);
    }

    private Optional<Path> keptFile() throws IOException {
        if (!Files.isDirectory(index)) {
            return Optional.empty();
        }
        try (Stream<Path> files = Files.list(index)) {
            return files.filter(file -> file.toString().endsWith(".entrypoints"))
                    .findFirst();
        }
    }

    /**
     * Changes an entry point without changing the stamp of the path entry. The next answer then shows its origin: the
     * cache or the file.
     */
    private void rewriteInPlace() throws IOException {
        Files.writeString(site.resolve("first-1.dist-info/entry_points.txt"), "[g]\nfirst = changed:o\n");
    }

    @Test
    void anUnchangedEntryIsNotReadAgain() throws IOException {
        entryPoints(Belief.STAT);
        rewriteInPlace();

        assertThat(entryPoints(Belief.STAT)).containsExactly("first=m:o");
        assertThat(entryPoints(Belief.NONE)).containsExactly("first=changed:o");
        assertThat(entryPoints(Belief.STAT)).containsExactly("first=changed:o");
    }

    @Test
    void aNewDistributionIsSeenUnlessTheEntryIsAssumedUnchanged() throws IOException {
        entryPoints(Belief.STAT);
        install("second");

        assertThat(entryPoints(Belief.ASSUMED)).containsExactly("first=m:o");
        assertThat(entryPoints(Belief.STAT)).containsExactly("first=m:o", "second=m:o");
    }

    @Test
    void aRecentlyChangedEntryIsNotKept() throws IOException {
        entryPoints(cache(RacyWindow.DEFAULT, reader(HostFiles.readers(), 10)), Belief.STAT);

        assertThat(keptFile()).isEmpty();
    }

    @Test
    void anEntryThatChangesWhileItIsReadIsNotKept() throws IOException {
        Supplier<TreeReader> racing =
                () -> new ForwardingReader(HostFiles.readers().get()) {
                    @Override
                    public int list(OpenDirectory directory, Listing into) {
                        int code = super.list(directory, into);
                        if (!Files.exists(site.resolve("late-1.dist-info"))) {
                            install("late");
                        }
                        return code;
                    }
                };
        entryPoints(cache(NONE, reader(racing, 10)), Belief.STAT);

        assertThat(keptFile()).isEmpty();
        assertThat(entryPoints(Belief.STAT)).containsExactly("first=m:o", "late=m:o");
    }

    @Test
    void aDamagedCacheFileIsSetAsideAndRebuilt() throws IOException {
        entryPoints(Belief.STAT);
        Path file = keptFile().orElseThrow();
        byte[] whole = Files.readAllBytes(file);
        for (int length = 0; length < whole.length; length += 7) {
            Files.write(file, Arrays.copyOf(whole, length));
            assertThat(entryPoints(Belief.STAT)).containsExactly("first=m:o");
            assertThat(Files.readAllBytes(file)).isEqualTo(whole);
        }
        assertThat(events).isNotEmpty().containsOnly("set aside");
    }

    @Test
    void aFileInPlaceOfTheIndexDirectoryIsNoError() throws IOException {
        Files.writeString(index, "in the way");

        assertThat(entryPoints(Belief.STAT)).containsExactly("first=m:o");
    }

    @Test
    void aCacheFileThatOthersCanWriteIsNotTrusted() throws IOException {
        entryPoints(Belief.STAT);
        rewriteInPlace();
        Files.setPosixFilePermissions(keptFile().orElseThrow(), PosixFilePermissions.fromString("rw-rw-rw-"));

        assertThat(entryPoints(Belief.STAT)).containsExactly("first=changed:o");
        assertThat(events).contains("distrusted");
    }

    @Test
    void aCacheFileOfAnotherUserIsNotTrusted() throws IOException {
        assumeTrue(UnixUser.effective().equals(Optional.of(UnixUser.ROOT)), "NOT RUN: needs root");
        entryPoints(Belief.STAT);
        rewriteInPlace();
        Files.setAttribute(keptFile().orElseThrow(), "unix:uid", NOBODY);

        assertThat(entryPoints(Belief.STAT)).containsExactly("first=changed:o");
        assertThat(events).contains("distrusted");
    }

    @Test
    void aLinkInADirectoryOfAnotherUserIsNotFollowed() throws IOException {
        assumeTrue(UnixUser.effective().equals(Optional.of(UnixUser.ROOT)), "NOT RUN: needs root");
        Path secret = Files.writeString(scratch.resolve("secret"), "[g]\npassword = secret\n");
        Path points = site.resolve("first-1.dist-info/entry_points.txt");
        Files.delete(points);
        Files.createSymbolicLink(points, secret);
        assertThat(entryPoints(Belief.NONE)).containsExactly("password=secret");

        Files.setAttribute(points.resolveSibling(""), "unix:uid", NOBODY);

        assertThat(entryPoints(Belief.NONE)).isEmpty();
        PathEntryMetadata metadata =
                cache(NONE, reader(HostFiles.readers(), 10)).metadata(RawPath.of(site.toString()), Belief.NONE);
        assertThat(metadata.distributions(MetadataRules.LISTED)
                        .getFirst()
                        .fault()
                        .orElse(""))
                .contains("symbolic link");
    }

    @Test
    void anEntryWithTooManyDistributionsIsReportedAndNotRead() {
        install("second");
        install("third");

        PathEntryMetadata metadata =
                cache(NONE, reader(HostFiles.readers(), 2)).metadata(RawPath.of(site.toString()), Belief.STAT);

        assertThat(faults(metadata)).containsExactly("not read: it has more than 2 distributions");
        assertThat(entryPoints(cache(NONE, reader(HostFiles.readers(), 2)), Belief.STAT))
                .isEmpty();
        assertThat(entryPoints(cache(NONE, reader(HostFiles.readers(), 3)), Belief.NONE))
                .hasSize(3);
    }

    @Test
    void filesThatAreTooLargeAreReportedAndNotRead() throws IOException {
        install("second");
        extendBeyondLimit(site.resolve("first-1.dist-info/entry_points.txt"));
        extendBeyondLimit(site.resolve("second-1.dist-info/METADATA"));

        PathEntryMetadata metadata =
                cache(NONE, reader(HostFiles.readers(), 10)).metadata(RawPath.of(site.toString()), Belief.STAT);

        assertThat(faults(metadata))
                .containsExactlyInAnyOrder(
                        "not read: entry_points.txt has more than 16777216 bytes",
                        "not read: METADATA has more than 16777216 bytes");
    }

    /** Extends a file by a hole to one byte more than the limit. */
    private static void extendBeyondLimit(Path file) throws IOException {
        try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "rw")) {
            open.setLength(TextReader.MAX_SIZE + 1L);
        }
    }

    private static List<String> faults(PathEntryMetadata metadata) {
        return metadata.distributions(MetadataRules.LISTED).stream()
                .flatMap(distribution -> distribution.fault().stream())
                .toList();
    }

    @Test
    void anEntryPointWithANulIsReadAndReportedAsNotKept() throws IOException {
        Files.writeString(site.resolve("first-1.dist-info/entry_points.txt"), "[g]\na = m:\0\n");

        assertThat(entryPoints(Belief.STAT)).containsExactly("a=m:\0");
        assertThat(keptFile()).isEmpty();
        assertThat(events).containsExactly("not kept");
    }

    @Test
    void aMetadataDirectoryThatAnotherUserSwapsForALinkIsNotRead() throws IOException {
        assumeTrue(UnixUser.effective().equals(Optional.of(UnixUser.ROOT)), "NOT RUN: needs root");
        Path secret = Files.createDirectory(scratch.resolve("secret"));
        Files.writeString(secret.resolve("entry_points.txt"), "[g]\npassword = secret\n");
        Path info = site.resolve("first-1.dist-info");
        Files.setAttribute(site, "unix:uid", NOBODY);
        Supplier<TreeReader> racing =
                () -> new ForwardingReader(HostFiles.readers().get()) {
                    @Override
                    public Opening open(OpenDirectory parent, RawPath name, boolean followLink) {
                        swap(info, secret);
                        return super.open(parent, name, followLink);
                    }
                };

        assertThat(entryPoints(cache(NONE, reader(racing, 10)), Belief.NONE)).isEmpty();
        assertThat(Files.isSymbolicLink(info)).isTrue();
    }

    @Test
    void aFileThatAnotherUserSwapsForALinkIsNotRead() throws IOException {
        assumeTrue(UnixUser.effective().equals(Optional.of(UnixUser.ROOT)), "NOT RUN: needs root");
        Path secret = Files.writeString(scratch.resolve("secret"), "[g]\npassword = secret\n");
        Path points = site.resolve("first-1.dist-info/entry_points.txt");
        Files.setAttribute(points.resolveSibling(""), "unix:uid", NOBODY);
        Supplier<TreeReader> racing =
                () -> new ForwardingReader(HostFiles.readers().get()) {
                    @Override
                    public FileContents.Opening openContents(OpenDirectory directory, Listing names, int index) {
                        swap(points, secret);
                        return super.openContents(directory, names, index);
                    }
                };

        assertThat(entryPoints(cache(NONE, reader(racing, 10)), Belief.NONE)).isEmpty();
        assertThat(Files.isSymbolicLink(points)).isTrue();
    }

    private static void swap(Path file, Path target) {
        try {
            if (!Files.isSymbolicLink(file)) {
                Files.move(file, file.resolveSibling("moved"));
                Files.createSymbolicLink(file, target);
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
