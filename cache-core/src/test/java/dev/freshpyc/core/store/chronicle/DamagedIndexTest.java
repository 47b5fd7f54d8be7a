package dev.freshpyc.core.store.chronicle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshpyc.core.digest.Crc32c;
import dev.freshpyc.core.digest.Sha256;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.record.Samples;
import dev.freshpyc.core.record.Seal;
import dev.freshpyc.core.record.codec.SealCodec;
import dev.freshpyc.core.store.Draft;
import dev.freshpyc.core.store.Found;
import dev.freshpyc.core.store.Generation;
import dev.freshpyc.core.store.Seals;
import dev.freshpyc.core.store.Told;
import dev.freshpyc.core.store.chronicle.SectionTable.Section;
import dev.freshpyc.core.store.file.UnusableIndexException;
import dev.freshpyc.core.verdict.Verdict;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
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

/** Index files that are none: never a wrong answer, never a crash, told once, made anew. */
class DamagedIndexTest {

    private static final int MUTANTS = Integer.getInteger("freshpyc.mutants", 10_000);
    private static final RawPath ENTRY = RawPath.of("/opt/app");
    private static final int HEADER = IndexHeader.length(ENTRY, 4);
    private static final RawPath SOURCE = RawPath.of("a.py");

    @TempDir
    private Path directory;

    private final Told told = new Told();
    private Path file;
    private byte[] whole;

    @BeforeEach
    void publish() throws IOException {
        try (Draft draft = store(told).draft(ENTRY)) {
            for (int i = 0; i < 20; i++) {
                draft.put(RawPath.of("module" + i + ".py"), Samples.proven(i, 11, 13));
            }
            draft.put(SOURCE, Samples.proven(100, 11));
            draft.seal(RawPath.EMPTY, new Seal(new Sha256(1, 2, 3, 4), 21, Map.of(Verdict.Kind.FRESH, 21L)));
            draft.publish(1);
        }
        try (Stream<Path> files = Files.list(directory)) {
            file = files.findFirst().orElseThrow();
        }
        whole = Files.readAllBytes(file);
    }

    @Test
    void noMutantIsOpened() throws IOException {
        SplittableRandom random = new SplittableRandom(20260131);
        for (int number = 0; number < MUTANTS; number++) {
            byte[] mutant = mutant(number, random);
            if (!Arrays.equals(mutant, whole)) {
                write(mutant);
                Told one = new Told();
                assertThat(store(one).open(ENTRY)).as("mutant %d", number).isEmpty();
                assertThat(one.events()).as("mutant %d", number).hasSize(1);
                assertThat(file).doesNotExist();
            }
        }
    }

    /** Who reads a part alone may not notice what is wrong with the rest, but takes nothing wrong for true. */
    @Test
    void noMutantGivesAWrongRecord() throws IOException {
        SplittableRandom random = new SplittableRandom(20261125);
        int refused = 0;
        for (int number = 0; number < MUTANTS / 5; number++) {
            write(mutant(number, random));
            Told one = new Told();
            Optional<Found> found = store(one).find(ENTRY, List.of(SOURCE));
            if (found.isEmpty()) {
                refused++;
                assertThat(one.events()).as("mutant %d", number).hasSize(1);
                assertThat(file).doesNotExist();
            } else {
                assertThat(found.get().records())
                        .as("mutant %d", number)
                        .isEqualTo(Map.of(SOURCE, Samples.proven(100, 11)));
            }
        }
        assertThat(refused).isGreaterThan(MUTANTS / 10);
    }

    @Test
    void everyTruncationOfTheHeadIsRefused() throws IOException {
        for (int length = 0; length <= HEADER; length++) {
            write(Arrays.copyOf(whole, length));
            assertThat(store(told).open(ENTRY)).as("%d bytes", length).isEmpty();
        }
    }

    /** Whatever stands before the image is checked even when nothing else is read. */
    @Test
    void damagedSealsAreRefused() throws IOException {
        Seals seals = store(told).seals(ENTRY).orElseThrow();
        assertThat(seals.directories()).hasSize(1);
        int begin = HEADER + new MapGeometry(1, 1, 1, 1).encode().length;
        for (int at = 0; at < begin + SealCodec.encode(seals.directories()).length; at++) {
            byte[] mutant = whole.clone();
            mutant[at] ^= 4;
            write(mutant);
            assertThat(store(new Told()).seals(ENTRY)).as("byte %d", at).isEmpty();
        }
    }

    @Test
    void itIsSetAsideToldOnceAndMadeAnew() throws IOException {
        write("PK\3\4 a wheel, say".repeat(20).getBytes(StandardCharsets.US_ASCII));
        ChronicleStore store = store(told);
        try (Draft draft = store.draft(ENTRY)) {
            assertThat(draft.records()).isZero();
            draft.put(SOURCE, Samples.proven(1, 11));
            assertThat(draft.publish(2).generation()).isEqualTo(1);
        }
        try (Generation generation = store.open(ENTRY).orElseThrow()) {
            assertThat(generation.get(SOURCE)).contains(Samples.proven(1, 11));
        }
        assertThat(told.events()).containsExactly("set aside: expected an index of freshpyc, found something else");
        assertThat(names()).containsExactly(file.getFileName().toString(), file.getFileName() + ".bad");
    }

    @Test
    void oneBadFileIsKept() throws IOException {
        for (byte[] bad : List.of(new byte[1], new byte[2])) {
            write(bad);
            assertThat(store(told).open(ENTRY)).isEmpty();
        }
        assertThat(names()).containsExactly(file.getFileName() + ".bad");
        assertThat(directory.resolve(file.getFileName() + ".bad")).hasSize(2);
    }

    @Test
    void aFormatThatNeverWasIsCorrupt() throws IOException {
        write(withFormat(0));
        assertThat(store(told).open(ENTRY)).isEmpty();
        assertThat(told.events()).containsExactly("set aside: expected format 4, found format 0");
    }

    @Test
    void anOldFormatIsReplacedWithoutAWord() throws IOException {
        for (int format = 1; format < IndexHeader.FORMAT; format++) {
            write(withFormat(format));
            assertThat(store(told).open(ENTRY)).isEmpty();
            assertThat(store(told).list()).isEmpty();
            assertThat(file).exists();
        }
        try (Draft draft = store(told).draft(ENTRY)) {
            assertThat(draft.publish(2).generation()).isEqualTo(1);
        }
        assertThat(store(told).info(ENTRY)).isPresent();
        assertThat(told.events()).isEmpty();
        assertThat(names()).containsExactly(file.getFileName().toString());
    }

    @Test
    void aNewerFormatIsReportedAndKept() throws IOException {
        byte[] newer = withFormat(5);
        write(newer);
        ChronicleStore store = store(told);

        assertThat(store.open(ENTRY)).isEmpty();
        assertThat(store.find(ENTRY, List.of(SOURCE))).isEmpty();
        assertThat(store.seals(ENTRY)).isEmpty();
        assertThat(store.info(ENTRY)).isEmpty();
        try (Draft draft = store.draft(ENTRY)) {
            assertThatThrownBy(() -> draft.publish(2))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining(file + ": a newer freshpyc wrote it (format 5); remove it or upgrade");
            assertThatThrownBy(() -> draft.publishUnlessOvertaken(2)).isInstanceOf(IOException.class);
        }
        assertThat(told.events()).containsExactly("newer: format 5");
        assertThat(file).hasBinaryContent(newer);
        assertThat(names()).containsExactly(file.getFileName().toString());
    }

    @Test
    void anUnknownOptionalSectionIsSkipped() throws IOException {
        write(withSection(false));
        try (Generation generation = store(told).open(ENTRY).orElseThrow()) {
            assertThat(generation.get(SOURCE)).contains(Samples.proven(100, 11));
        }
        assertThat(store(told).seals(ENTRY).orElseThrow().directories()).hasSize(1);
        assertThat(told.events()).isEmpty();
    }

    @Test
    void anUnknownRequiredSectionRefusesTheFile() throws IOException {
        write(withSection(true));
        assertThat(store(told).open(ENTRY)).isEmpty();
        assertThat(told.events()).containsExactly("newer: section later");
        assertThat(file).exists();
    }

    @Test
    void theIndexOfAnotherEntryIsNotThisOnes() throws IOException {
        RawPath other = RawPath.of("/opt/other");
        try (Draft draft = store(told).draft(other)) {
            draft.publish(1);
        }
        Path otherFile = directory.resolve(names().stream()
                .filter(name -> name.startsWith("opt-other"))
                .findFirst()
                .orElseThrow());
        Files.write(otherFile, whole);
        assertThat(store(told).open(other)).isEmpty();
        assertThat(told.events())
                .containsExactly("set aside: expected the index of /opt/other, found that of /opt/app");
    }

    @Test
    void aDamagedHeadIsNotListed() throws IOException {
        byte[] damaged = whole.clone();
        damaged[IndexHeader.FIXED]++;
        write(damaged);
        assertThat(store(told).list()).isEmpty();
        assertThat(file).exists();
    }

    /** The file with another format, and the header's checksum right. */
    private byte[] withFormat(int format) {
        byte[] header = Arrays.copyOf(whole, HEADER);
        header[8] = (byte) format;
        Crc32c.finish(header);
        return filled(header);
    }

    private byte[] filled(byte[] header) {
        byte[] changed = whole.clone();
        System.arraycopy(header, 0, changed, 0, header.length);
        return changed;
    }

    /** The file with a fifth section of three bytes at its end. */
    private byte[] withSection(boolean required) throws UnusableIndexException {
        byte[] old = Arrays.copyOf(whole, HEADER);
        IndexHeader header = IndexHeader.decode(file, old, whole.length);
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
        sections.add(new Section("later", 9, required, whole.length + SectionTable.ROW, 3, 0));
        byte[] longer = new IndexHeader(header.info(), new SectionTable(sections)).encode();
        return ByteBuffer.allocate(longer.length + whole.length - HEADER + 3)
                .put(longer)
                .put(whole, HEADER, whole.length - HEADER)
                .array();
    }

    private byte[] mutant(int number, SplittableRandom random) {
        int at = random.nextInt(whole.length);
        return switch (number % 8) {
            case 0 -> Arrays.copyOf(whole, at);
            case 1 -> Arrays.copyOf(whole, whole.length - whole.length % 4096 + 4096 * random.nextInt(-3, 3));
            case 2 -> filled(at, whole.length, 0);
            case 3 -> filled(at, Math.min(whole.length, at + 512), 0xff);
            case 4 -> flipped(random.nextInt(HEADER), random);
            case 5 -> flipped(HEADER + random.nextInt(4096), random);
            case 6 -> Arrays.copyOf(whole, whole.length + 1 + random.nextInt(5000));
            default -> flipped(at, random);
        };
    }

    private byte[] flipped(int at, SplittableRandom random) {
        byte[] flipped = whole.clone();
        flipped[at] ^= (byte) (1 << random.nextInt(8));
        return flipped;
    }

    private byte[] filled(int from, int to, int value) {
        byte[] filled = whole.clone();
        Arrays.fill(filled, from, to, (byte) value);
        return filled;
    }

    private void write(byte[] bytes) throws IOException {
        Files.write(file, bytes);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(path -> path.getFileName().toString()).sorted().toList();
        }
    }

    private ChronicleStore store(Told listener) {
        return new ChronicleStore(directory, listener);
    }
}
