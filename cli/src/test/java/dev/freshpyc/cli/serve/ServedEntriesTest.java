package dev.freshpyc.cli.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.store.StoreEvents;
import dev.freshpyc.core.store.chronicle.ChronicleStore;
import dev.freshpyc.indexer.scan.PathEntry;
import dev.freshpyc.indexer.scan.ScanOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The path entries that a service answers for. */
class ServedEntriesTest {

    @Test
    void aServiceFollowsALinkThatIsSwitchedToAnotherDirectory(@TempDir Path directory) throws IOException {
        Path home = directory.toRealPath();
        Path one = Files.createDirectory(home.resolve("one"));
        Path two = Files.createDirectory(home.resolve("two"));
        Path current = Files.createSymbolicLink(home.resolve("current"), one);
        try (ServedEntries entries = new ServedEntries(
                new ChronicleStore(home.resolve("index"), StoreEvents.NONE),
                PathEntry.directories(List.of(raw(current))),
                ScanOptions.defaults(),
                System::nanoTime)) {
            ServiceMeters meters = new ServiceMeters(entries, Clock.systemUTC());
            assertThat(meters.scrape().body()).contains("entry=\"" + one + "\"");
            Files.delete(current);
            Files.createSymbolicLink(current, two);

            entries.follow();

            assertThat(entries.keys()).containsExactly(raw(two));
            assertThat(entries.key(raw(current))).contains(raw(two));
            assertThat(entries.index(raw(one))).isEqualTo(Optional.empty());
            assertThat(entries.isInside(raw(two.resolve("b.py")))).isTrue();
            assertThat(entries.isInside(raw(current.resolve("b.py")))).isTrue();
            assertThat(entries.isInside(raw(one.resolve("a.py")))).isFalse();
            assertThat(meters.scrape().body())
                    .contains("entry=\"" + two + "\"")
                    .doesNotContain("entry=\"" + one + "\"");
        }
    }

    /** A request may write an entry and a member of an archive in each way that other answers do. */
    @Test
    void anEntryIsKnownInEverySpelling(@TempDir Path directory) throws IOException {
        Path home = directory.toRealPath();
        Path lib = Files.createDirectory(home.resolve("lib"));
        try (ServedEntries entries = new ServedEntries(
                new ChronicleStore(home.resolve("index"), StoreEvents.NONE),
                PathEntry.directories(List.of(RawPath.of(home + "/./lib/"))),
                ScanOptions.defaults(),
                System::nanoTime)) {
            for (String written : List.of("/./lib/", "/lib", "/lib/", "/lib/../lib")) {
                assertThat(entries.key(RawPath.of(home + written))).as(written).contains(raw(lib));
            }
            assertThat(entries.isInside(RawPath.of(lib + "/a.zip!/pkg/m.py"))).isTrue();
            assertThat(entries.isInside(RawPath.of(home + "/a.zip!/lib/m.py"))).isFalse();
            assertThat(entries.isInside(RawPath.of(lib + "/../a.zip!/m.py"))).isFalse();
        }
    }

    private static RawPath raw(Path path) {
        return RawPath.of(path.toString());
    }
}
