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

/** Checks what a sealed index keeps of an index, and that it depends on nothing else. */
class SealedIndexFileTest {

    private static final RawPath HERE = RawPath.of("/build/root/usr/lib/py");
    private static final RawPath ROOT = RawPath.of("/build/root");
    private static final RawPath THERE = RawPath.of("/usr/lib/py");
    private static final long SEALED = 1_700_000_000_000_000_000L;

    @TempDir
    private Path directory = Path.of("");

    @Test
    void theStampsAreThoseThatACopyKeeps() throws IOException {
        ChronicleStore store = store("a");
        SourceRecord record = Samples.proven(1, 11, 12);
        publish(store, List.of(record));

        assertThat(store.seal(HERE, store("sealed"), THERE, SEALED)).isTrue();

        SourceRecord sealed = only(store("sealed"));
        FileStamp before = record.stamp();
        assertThat(before).isNotNull();
        assertThat(sealed.stamp()).isEqualTo(FileStamp.portable(before.mtimeSeconds(), before.size()));
        assertThat(sealed.content()).isEqualTo(record.content());
        assertThat(sealed.pycs()).extracting(PycRecord::body).isEqualTo(bodies(record));
        assertThat(sealed.pycs()).allMatch(pyc -> pyc.stamp().isPortable());
        assertThat(sealed.pycs())
                .as("the order of births is lost with the copy")
                .allMatch(pyc -> pyc.verdict().evidence() == Evidence.INDEX);
    }

    @Test
    void equalRecordsGiveEqualBytesWhateverTheGeneration() throws IOException {
        ChronicleStore one = store("a");
        publish(one, List.of(Samples.proven(1, 11), Samples.proven(2, 11)));
        ChronicleStore other = store("b");
        publish(other, List.of(Samples.proven(7, 12), Samples.proven(2, 11)));
        publish(other, List.of(Samples.proven(1, 11), Samples.proven(2, 11)));
        one.seal(HERE, store("sealed-a"), THERE, SEALED);
        other.seal(HERE, store("sealed-b"), THERE, SEALED);

        assertThat(bytes("sealed-a")).isEqualTo(bytes("sealed-b"));

        publish(other, List.of(Samples.proven(3, 11), Samples.proven(2, 11)));
        other.seal(HERE, store("sealed-b"), THERE, SEALED);
        assertThat(bytes("sealed-a")).isNotEqualTo(bytes("sealed-b"));
    }

    @Test
    void theIndexIsFoundByThePathInsideTheRoot() throws IOException {
        ChronicleStore store = store("a");
        publish(store, List.of(Samples.proven(1, 11)));
        store.seal(HERE, store("sealed"), THERE, SEALED);
        RootedStore rooted = new RootedStore(store("sealed"), ROOT);

        assertThat(rooted.info(HERE)).isPresent();
        assertThat(rooted.info(THERE)).isEmpty();
        assertThat(rooted.info(RawPath.of("/build/rootless/usr/lib/py"))).isEmpty();
        assertThat(ROOT.seenFrom(ROOT)).contains(RawPath.of("/"));
    }

    @Test
    void anEntryWithoutAnIndexIsNotSealed() throws IOException {
        assertThat(store("a").seal(HERE, store("sealed"), THERE, SEALED)).isFalse();
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
        try (Draft draft = store.draft(HERE)) {
            for (int i = 0; i < records.size(); i++) {
                draft.put(RawPath.of("m" + i + ".py"), records.get(i));
            }
            draft.publish(1);
        }
    }

    private static SourceRecord only(ChronicleStore store) throws IOException {
        try (Generation sealed = store.open(THERE).orElseThrow()) {
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
