package dev.freshpyc.core.store.chronicle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshpyc.core.file.FileStamp;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.record.PycRecord;
import dev.freshpyc.core.record.Samples;
import dev.freshpyc.core.record.SourceRecord;
import dev.freshpyc.core.store.Draft;
import dev.freshpyc.core.store.Generation;
import dev.freshpyc.core.store.RootedStore;
import dev.freshpyc.core.store.StoreEvents;
import dev.freshpyc.core.verdict.Evidence;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checks which parts of its index a sealed index keeps, and that a sealed index depends on the records alone. */
class SealedIndexFileTest {

    private static final RawPath BUILT_ENTRY = RawPath.of("/build/root/usr/lib/py");
    private static final RawPath ROOT = RawPath.of("/build/root");
    private static final RawPath INSTALLED_ENTRY = RawPath.of("/usr/lib/py");
    private static final long SEALED = 1_700_000_000_000_000_000L;

    @TempDir
    private Path directory = Path.of("");

    @Test
    void aSealedIndexHasPortableStamps() throws IOException {
        ChronicleStore store = store("a");
        SourceRecord record = Samples.proven(1, 11, 12);
        publish(store, List.of(record));

        assertThat(store.seal(BUILT_ENTRY, store("sealed"), INSTALLED_ENTRY, SEALED))
                .isTrue();

        SourceRecord sealed = only(store("sealed"));
        FileStamp before = record.stamp();
        assertThat(before).isNotNull();
        assertThat(sealed.stamp()).isEqualTo(FileStamp.portable(before.mtimeSeconds(), before.size()));
        assertThat(sealed.content()).isEqualTo(record.content());
        assertThat(sealed.pycs()).extracting(PycRecord::body).isEqualTo(bodies(record));
        assertThat(sealed.pycs()).allMatch(pyc -> pyc.stamp().isPortable());
        assertThat(sealed.pycs())
                .as("a copy does not keep the order of births")
                .allMatch(pyc -> pyc.verdict().evidence() == Evidence.INDEX);
    }

    @Test
    void equalRecordsGiveEqualBytesInAnyGeneration() throws IOException {
        ChronicleStore one = store("a");
        publish(one, List.of(Samples.proven(1, 11), Samples.proven(2, 11)));
        ChronicleStore other = store("b");
        publish(other, List.of(Samples.proven(7, 12), Samples.proven(2, 11)));
        publish(other, List.of(Samples.proven(1, 11), Samples.proven(2, 11)));
        one.seal(BUILT_ENTRY, store("sealed-a"), INSTALLED_ENTRY, SEALED);
        other.seal(BUILT_ENTRY, store("sealed-b"), INSTALLED_ENTRY, SEALED);

        assertThat(bytes("sealed-a")).isEqualTo(bytes("sealed-b"));

        publish(other, List.of(Samples.proven(3, 11), Samples.proven(2, 11)));
        other.seal(BUILT_ENTRY, store("sealed-b"), INSTALLED_ENTRY, SEALED);
        assertThat(bytes("sealed-a")).isNotEqualTo(bytes("sealed-b"));
    }

    @Test
    void theIndexIsFoundByThePathInsideTheRoot() throws IOException {
        ChronicleStore store = store("a");
        publish(store, List.of(Samples.proven(1, 11)));
        store.seal(BUILT_ENTRY, store("sealed"), INSTALLED_ENTRY, SEALED);
        RootedStore rooted = new RootedStore(store("sealed"), ROOT);

        assertThat(rooted.info(BUILT_ENTRY)).isPresent();
        assertThat(rooted.info(INSTALLED_ENTRY)).isEmpty();
        assertThat(rooted.info(RawPath.of("/build/rootless/usr/lib/py"))).isEmpty();
        assertThat(ROOT.seenFrom(ROOT)).contains(RawPath.of("/"));
    }

    @Test
    void anEntryWithoutAnIndexIsNotSealed() throws IOException {
        assertThat(store("a").seal(BUILT_ENTRY, store("sealed"), INSTALLED_ENTRY, SEALED))
                .isFalse();
        assertThat(directory.resolve("sealed")).doesNotExist();
    }

    @Test
    void anUnsettledStampStaysUnsettled() {
        assertThat(FileStamp.UNSETTLED.portable()).isEqualTo(FileStamp.UNSETTLED);
        assertThat(FileStamp.UNSETTLED.isPortable()).isFalse();
    }

    private ChronicleStore store(String name) {
        return new ChronicleStore(directory.resolve(name), StoreEvents.NONE);
    }

    private static void publish(ChronicleStore store, List<SourceRecord> records) throws IOException {
        try (Draft draft = store.draft(BUILT_ENTRY)) {
            for (int i = 0; i < records.size(); i++) {
                draft.put(RawPath.of("m" + i + ".py"), records.get(i));
            }
            draft.publish(1);
        }
    }

    private static SourceRecord only(ChronicleStore store) throws IOException {
        try (Generation sealed = store.open(INSTALLED_ENTRY).orElseThrow()) {
            assertThat(sealed.info().checkedAtNanos()).isEqualTo(SEALED);
            return sealed.get(RawPath.of("m0.py")).orElseThrow();
        }
    }

    private static List<Object> bodies(SourceRecord record) {
        return record.pycs().stream().<Object>map(PycRecord::body).toList();
    }

    private byte[] bytes(String name) throws IOException {
        try (Stream<Path> files = Files.list(directory.resolve(name))) {
            return Files.readAllBytes(files.toList().getFirst());
        }
    }
}
