package dev.freshpyc.core.store.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshpyc.core.digest.Crc32c;
import dev.freshpyc.core.digest.Sha256;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.record.Samples;
import dev.freshpyc.core.record.Seal;
import dev.freshpyc.core.record.codec.SealCodec;
import dev.freshpyc.core.store.Draft;
import dev.freshpyc.core.store.Generation;
import dev.freshpyc.core.store.Generation.FoundRecords;
import dev.freshpyc.core.store.Generation.Seals;
import dev.freshpyc.core.store.RecordedEvents;
import dev.freshpyc.core.store.chronicle.ChronicleStore;
import dev.freshpyc.core.store.file.UnusableIndexException;
import dev.freshpyc.core.store.file.UnusableIndexException.Corrupt;
import dev.freshpyc.core.store.table.SectionTable.Section;
import dev.freshpyc.core.verdict.Verdict;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Damaged index files give no wrong answer and no crash; they are reported once and replaced. */
class DamagedIndexTest {

    private static final int MUTANTS = Integer.getInteger("freshpyc.mutants", 10_000);
    private static final RawPath ENTRY = RawPath.of("/opt/app");
    private static final int HEADER_LENGTH = IndexHeader.length(ENTRY, 5);
    private static final RawPath SOURCE = RawPath.of("a.py");

    @TempDir
    private Path directory;

    private final RecordedEvents events = new RecordedEvents();
    private Path file;
    private byte[] intact;

    @BeforeEach
    void publish() throws IOException {
        try (Draft draft = store(events).draft(ENTRY)) {
            for (int i = 0; i < 20; i++) {
                draft.put(RawPath.of("module" + i + ".py"), Samples.proven(i, 11, 13));
            }
            draft.put(SOURCE, Samples.proven(100, 11));
            draft.seal(RawPath.EMPTY, new Seal(new Sha256(1, 2, 3, 4), 21, 2, Map.of(Verdict.Kind.FRESH, 21L)));
            draft.publish(1);
        }
        try (Stream<Path> files = Files.list(directory)) {
            file = files.findFirst().orElseThrow();
        }
        intact = Files.readAllBytes(file);
    }

    /** Opening reads the header; damage elsewhere is found when the damaged part is read. No record is wrong. */
    @Test
    void aMutatedIndexGivesNoWrongRecordAndFailsItsVerification() throws IOException {
        SplittableRandom random = new SplittableRandom(20260131);
        int opened = 0;
        for (int number = 0; number < MUTANTS; number++) {
            byte[] mutant = mutant(number, random);
            if (!Arrays.equals(mutant, intact) && !hasOldFormat(mutant)) {
                write(mutant);
                RecordedEvents mutantEvents = new RecordedEvents();
                Optional<FoundRecords> found = store(mutantEvents).find(ENTRY, List.of(SOURCE));
                if (found.isPresent()) {
                    opened++;
                    assertThat(found.get().records())
                            .as("mutant %d", number)
                            .isEqualTo(Map.of(SOURCE, Samples.proven(100, 11)));
                }
                assertThat(store(mutantEvents).verify(ENTRY))
                        .as("mutant %d", number)
                        .isEmpty();
                assertThat(mutantEvents.messages()).as("mutant %d", number).hasSize(1);
                assertThat(file).doesNotExist();
            }
        }
        assertThat(opened).isBetween(1, MUTANTS / 2);
    }

    @Test
    void aFileThatIsTruncatedUnderAReaderFailsTheRead() throws IOException {
        try (Generation generation = store(events).open(ENTRY).orElseThrow();
                FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(intact.length / 2);
            assertThatThrownBy(() -> generation.get(SOURCE))
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessageContaining("expected a whole index, found " + intact.length / 2 + " bytes");
        }
        assertThat(events.messages()).hasSize(1);
        assertThat(file).doesNotExist();
    }

    /** The publication would lose the records that cannot be read. */
    @Test
    void aDraftOverADamagedGenerationIsNotPublished() throws IOException {
        byte[] mutant = intact.clone();
        mutant[HEADER_LENGTH + 20] ^= 1;
        write(mutant);
        try (Draft draft = store(events).draft(ENTRY)) {
            assertThatThrownBy(() -> draft.get(SOURCE)).isInstanceOf(Corrupt.class);
            draft.put(SOURCE, Samples.proven(1, 11));
            assertThatThrownBy(() -> draft.publish(2)).isInstanceOf(Corrupt.class);
        }
        assertThat(events.messages())
                .containsExactly("set aside: expected the checksum of the block at byte 0, found another");
        assertThat(file).doesNotExist();
    }

    /** The merge reads every block, also those that no lookup of the draft has read. */
    @Test
    void damageFoundDuringThePublicationIsReported() throws IOException {
        byte[] mutant = intact.clone();
        mutant[HEADER_LENGTH + 20] ^= 1;
        write(mutant);
        try (Draft draft = store(events).draft(ENTRY)) {
            draft.put(SOURCE, Samples.proven(1, 11));
            assertThatThrownBy(() -> draft.publish(2)).isInstanceOf(Corrupt.class);
        }
        assertThat(events.messages())
                .containsExactly("set aside: expected the checksum of the block at byte 0, found another");
        assertThat(file).doesNotExist();
    }

    /** Another run has replaced the damaged file, so a reader of the old file must not set the new file aside. */
    @Test
    void damageInAReplacedFileLeavesTheNewFile() throws IOException {
        byte[] mutant = intact.clone();
        mutant[HEADER_LENGTH + 20] ^= 1;
        write(mutant);
        try (Generation generation = store(events).open(ENTRY).orElseThrow()) {
            Files.delete(file);
            write(intact);
            assertThatThrownBy(() -> generation.get(SOURCE)).isInstanceOf(UncheckedIOException.class);
        }
        assertThat(store(events).verify(ENTRY).orElseThrow().passed()).isTrue();
        assertThat(events.messages()).isEmpty();
    }

    @Test
    void aTruncatedHeaderIsRefused() throws IOException {
        for (int length = 0; length <= HEADER_LENGTH; length++) {
            write(Arrays.copyOf(intact, length));
            assertThat(store(events).open(ENTRY)).as("%d bytes", length).isEmpty();
        }
    }

    @Test
    void damagedSealsAreRefused() throws IOException {
        Seals seals = store(events).seals(ENTRY).orElseThrow();
        assertThat(seals.directories()).hasSize(1);
        int length = SealCodec.encode(seals.directories()).length;
        int begin = sealsOffset();
        for (int at = begin; at < begin + length; at++) {
            byte[] mutant = intact.clone();
            mutant[at] ^= 4;
            write(mutant);
            assertThat(store(new RecordedEvents()).seals(ENTRY))
                    .as("byte %d", at)
                    .isEmpty();
            write(mutant);
            try (Draft draft = store(new RecordedEvents()).draft(ENTRY)) {
                assertThat(draft.base()).as("byte %d", at).isEmpty();
            }
            assertThat(file).doesNotExist();
        }
    }

    @Test
    void aDamagedFileIsSetAsideReportedOnceAndReplaced() throws IOException {
        write("PK\3\4 a wheel, say".repeat(20).getBytes(StandardCharsets.US_ASCII));
        ChronicleStore store = store(events);
        try (Draft draft = store.draft(ENTRY)) {
            assertThat(draft.base()).isEmpty();
            draft.put(SOURCE, Samples.proven(1, 11));
            assertThat(draft.publish(2).generation()).isEqualTo(1);
        }
        try (Generation generation = store.open(ENTRY).orElseThrow()) {
            assertThat(generation.get(SOURCE)).contains(Samples.proven(1, 11));
        }
        assertThat(events.messages()).containsExactly("set aside: expected an index of freshpyc, found something else");
        assertThat(fileNames()).containsExactly(file.getFileName().toString(), file.getFileName() + ".bad");
    }

    @Test
    void aDamagedFileInADirectoryOfOthersStaysAndIsReportedOnce() throws IOException {
        write("PK\3\4 a wheel, say".repeat(20).getBytes(StandardCharsets.US_ASCII));
        ChronicleStore store = ChronicleStore.ofOthers(directory, events);

        assertThat(store.open(ENTRY)).isEmpty();
        assertThat(store.seals(ENTRY)).isEmpty();

        assertThat(events.messages())
                .containsExactly("left since this run only reads the directory: expected an index of freshpyc,"
                        + " found something else");
        assertThat(fileNames()).containsExactly(file.getFileName().toString());
        assertThat(store.damaged()).containsExactly(file);
    }

    @Test
    void damageThatIsFoundLaterLeavesAFileOfOthersInPlace() throws IOException {
        byte[] mutant = intact.clone();
        mutant[HEADER_LENGTH + 20] ^= 1;
        write(mutant);
        try (Generation generation =
                ChronicleStore.ofOthers(directory, events).open(ENTRY).orElseThrow()) {
            assertThatThrownBy(() -> generation.get(SOURCE)).isInstanceOf(UncheckedIOException.class);
        }
        assertThat(events.messages()).hasSize(1);
        assertThat(file).exists();
    }

    @Test
    void onlyTheLastBadFileIsKept() throws IOException {
        for (byte[] bad : List.of(new byte[1], new byte[2])) {
            write(bad);
            assertThat(store(events).open(ENTRY)).isEmpty();
        }
        assertThat(fileNames()).containsExactly(file.getFileName() + ".bad");
        assertThat(directory.resolve(file.getFileName() + ".bad")).hasSize(2);
    }

    @Test
    void formatZeroIsCorrupt() throws IOException {
        write(withFormat(0));
        assertThat(store(events).open(ENTRY)).isEmpty();
        assertThat(events.messages()).containsExactly("set aside: expected format 5, found format 0");
    }

    @Test
    void anOldFormatIsReplacedWithoutAReport() throws IOException {
        for (int format = 1; format < IndexHeader.FORMAT; format++) {
            write(withFormat(format));
            assertThat(store(events).open(ENTRY)).isEmpty();
            assertThat(store(events).list()).isEmpty();
            assertThat(file).exists();
        }
        try (Draft draft = store(events).draft(ENTRY)) {
            assertThat(draft.publish(2).generation()).isEqualTo(1);
        }
        assertThat(store(events).info(ENTRY)).isPresent();
        assertThat(events.messages()).isEmpty();
        assertThat(fileNames()).containsExactly(file.getFileName().toString());
    }

    @Test
    void aNewerFormatIsReportedAndKept() throws IOException {
        byte[] newer = withFormat(6);
        write(newer);
        ChronicleStore store = store(events);

        assertThat(store.open(ENTRY)).isEmpty();
        assertThat(store.find(ENTRY, List.of(SOURCE))).isEmpty();
        assertThat(store.seals(ENTRY)).isEmpty();
        assertThat(store.info(ENTRY)).isEmpty();
        try (Draft draft = store.draft(ENTRY)) {
            assertThatThrownBy(() -> draft.publish(2))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining(file + ": a newer freshpyc wrote it (format 6); remove it or upgrade");
            assertThatThrownBy(() -> draft.publishUnlessOvertaken(2)).isInstanceOf(IOException.class);
        }
        assertThat(events.messages()).containsExactly("newer: format 6");
        assertThat(file).hasBinaryContent(newer);
        assertThat(fileNames()).containsExactly(file.getFileName().toString());
    }

    @Test
    void anUnknownOptionalSectionIsSkipped() throws IOException {
        write(withSection(false));
        try (Generation generation = store(events).open(ENTRY).orElseThrow()) {
            assertThat(generation.get(SOURCE)).contains(Samples.proven(100, 11));
        }
        assertThat(store(events).seals(ENTRY).orElseThrow().directories()).hasSize(1);
        assertThat(events.messages()).isEmpty();
    }

    @Test
    void aFileWithAnUnknownRequiredSectionIsRefused() throws IOException {
        write(withSection(true));
        assertThat(store(events).open(ENTRY)).isEmpty();
        assertThat(events.messages()).containsExactly("newer: section later");
        assertThat(file).exists();
    }

    @Test
    void theIndexOfAnotherPathEntryIsRefused() throws IOException {
        RawPath other = RawPath.of("/opt/other");
        try (Draft draft = store(events).draft(other)) {
            draft.publish(1);
        }
        Path otherFile = directory.resolve(fileNames().stream()
                .filter(name -> name.startsWith("opt-other"))
                .findFirst()
                .orElseThrow());
        Files.write(otherFile, intact);
        assertThat(store(events).open(other)).isEmpty();
        assertThat(events.messages())
                .containsExactly("set aside: expected the index of /opt/other, found that of /opt/app");
    }

    @Test
    void anIndexWithADamagedHeaderIsNotListed() throws IOException {
        byte[] damaged = intact.clone();
        damaged[IndexHeader.FIXED]++;
        write(damaged);
        assertThat(store(events).list()).isEmpty();
        assertThat(file).exists();
    }

    /** Formats 1 to 3 had no checksum at the end of the header, so a file of these formats is old even if damaged. */
    private static boolean hasOldFormat(byte[] file) {
        return file.length > 8 && file[8] >= 1 && file[8] <= 3;
    }

    private int sealsOffset() throws UnusableIndexException {
        IndexHeader header = IndexHeader.decode(file, Arrays.copyOf(intact, HEADER_LENGTH), intact.length);
        return (int) header.table()
                .find(file, "seals", SealCodec.VERSION)
                .orElseThrow()
                .offset();
    }

    /** The file with another format number and a correct checksum of the header. */
    private byte[] withFormat(int format) {
        byte[] header = Arrays.copyOf(intact, HEADER_LENGTH);
        header[8] = (byte) format;
        Crc32c.finish(header);
        return withHeader(header);
    }

    private byte[] withHeader(byte[] header) {
        byte[] changed = intact.clone();
        System.arraycopy(header, 0, changed, 0, header.length);
        return changed;
    }

    /** The file with an unknown sixth section, three bytes long, at its end. */
    private byte[] withSection(boolean required) throws UnusableIndexException {
        byte[] old = Arrays.copyOf(intact, HEADER_LENGTH);
        IndexHeader header = IndexHeader.decode(file, old, intact.length);
        List<Section> sections = new ArrayList<>();
        for (Section known : header.table().sections()) {
            sections.add(new Section(
                    known.name(),
                    known.version(),
                    known.required(),
                    known.offset() + SectionTable.ROW,
                    known.length(),
                    known.checksum()));
        }
        sections.add(new Section("later", 9, required, intact.length + SectionTable.ROW, 3, 0));
        byte[] longerHeader = new IndexHeader(header.info(), new SectionTable(sections)).encode();
        return ByteBuffer.allocate(longerHeader.length + intact.length - HEADER_LENGTH + 3)
                .put(longerHeader)
                .put(intact, HEADER_LENGTH, intact.length - HEADER_LENGTH)
                .array();
    }

    private byte[] mutant(int number, SplittableRandom random) {
        int at = random.nextInt(intact.length);
        return switch (number % 8) {
            case 0 -> Arrays.copyOf(intact, at);
            case 1 -> Arrays.copyOf(intact, intact.length - intact.length % 512 + 512 * random.nextInt(-3, 3));
            case 2 -> filled(at, intact.length, 0);
            case 3 -> filled(at, Math.min(intact.length, at + 512), 0xff);
            case 4 -> flipped(random.nextInt(HEADER_LENGTH), random);
            case 5 -> flipped(HEADER_LENGTH + random.nextInt(intact.length - HEADER_LENGTH), random);
            case 6 -> Arrays.copyOf(intact, intact.length + 1 + random.nextInt(5000));
            default -> flipped(at, random);
        };
    }

    private byte[] flipped(int at, SplittableRandom random) {
        byte[] flipped = intact.clone();
        flipped[at] ^= (byte) (1 << random.nextInt(8));
        return flipped;
    }

    private byte[] filled(int from, int to, int value) {
        byte[] filled = intact.clone();
        Arrays.fill(filled, from, to, (byte) value);
        return filled;
    }

    private void write(byte[] bytes) throws IOException {
        Files.write(file, bytes);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    }

    private List<String> fileNames() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(path -> path.getFileName().toString()).sorted().toList();
        }
    }

    private ChronicleStore store(RecordedEvents listener) {
        return new ChronicleStore(directory, listener);
    }
}
