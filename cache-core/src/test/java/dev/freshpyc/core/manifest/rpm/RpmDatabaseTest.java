package dev.freshpyc.core.manifest.rpm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshpyc.core.path.RawPath;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.LongStream;
import java.util.zip.Adler32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class RpmDatabaseTest {
    private static final int PAGE = 4096;
    private static final int FRAME = 24 + PAGE;
    private static final String SITE = "usr/lib/python3.11/site-packages/";

    private final byte[] sqlite = RpmDatabaseFixtures.bytes("rpmdb.sqlite");
    private final byte[] log = RpmDatabaseFixtures.bytes("rpmdb.sqlite-wal");

    @ParameterizedTest
    @CsvSource({"SQLITE,rpmdb.sqlite", "NDB,Packages.db", "BERKELEY,Packages", "BERKELEY,Packages-big-endian"})
    void everyFormatHoldsTheSamePackages(RpmDatabase kind, String name) {
        RpmDatabaseFixtures.CollectedHeaders found = RpmDatabaseFixtures.read(kind, RpmDatabaseFixtures.bytes(name));

        assertThat(found.isDatabase).isTrue();
        assertThat(found.damaged).isZero();
        assertThat(found.headers.keySet()).isEqualTo(numbers(1, 15));
        assertThat(found.headers)
                .isEqualTo(new TreeMap<>(RpmDatabaseFixtures.read(RpmDatabase.SQLITE, sqlite).headers));
        assertThat(found.headers.values())
                .allSatisfy(header -> assertThat(RpmFiles.of(header)).isPresent());
    }

    @Test
    void packagesHaveTheirFilesAndDigests() {
        RpmDatabaseFixtures.CollectedHeaders found = RpmDatabaseFixtures.read(RpmDatabase.SQLITE, sqlite);

        RpmFiles alpha = found.files(15);
        assertThat(alpha.count()).isEqualTo(50);
        assertThat(alpha.digestAlgorithm()).isEqualTo(8);
        Set<RawPath> paths = new HashSet<>();
        for (int file = 0; file < alpha.count(); file++) {
            paths.add(alpha.path(file).orElseThrow());
            assertThat(alpha.digest(file)).hasSize(64);
        }
        assertThat(paths)
                .hasSize(50)
                .contains(
                        RawPath.of(SITE + "alpha/mod23.py"),
                        RawPath.of(SITE + "alpha/__pycache__/mod23.cpython-311.pyc"));
        assertThat(found.files(4).digestAlgorithm()).isEqualTo(1);
        assertThat(found.files(4).digest(0)).hasSize(32);
        assertThat(digestLengths(found.files(14))).containsExactlyInAnyOrder(64, 0);
    }

    @Test
    void onlyCommittedTransactionsOfTheLogAreRead() {
        Set<Long> expected = numbers(1, 15);
        expected.remove(3L);
        expected.add(1000L);

        RpmDatabaseFixtures.CollectedHeaders found =
                RpmDatabaseFixtures.read(RpmDatabase.SQLITE, sqlite, Optional.of(log));

        assertThat(found.damaged).isZero();
        assertThat(found.headers.keySet()).isEqualTo(expected);
        assertThat(found.headers.get(1000L)).isEqualTo(found.headers.get(15L));
    }

    /** The test truncates the log at every half frame. */
    @Test
    void aTruncatedLogIsReadUpToItsLastWholeTransaction() {
        Set<Set<Long>> seen = new HashSet<>();
        for (int end = 0; end < log.length; end += FRAME / 2) {
            RpmDatabaseFixtures.CollectedHeaders found =
                    RpmDatabaseFixtures.read(RpmDatabase.SQLITE, sqlite, Optional.of(Arrays.copyOf(log, end)));
            assertThat(found.damaged).isZero();
            seen.add(found.headers.keySet());
        }
        Set<Long> deleted = numbers(1, 15);
        deleted.remove(3L);
        Set<Long> both = new HashSet<>(deleted);
        both.add(1000L);

        assertThat(seen).isEqualTo(Set.of(numbers(1, 15), deleted, both));
    }

    @Test
    void aLogEndsBeforeADamagedFrame() {
        log[32 + 24 + 100]++;

        assertThat(RpmDatabaseFixtures.read(RpmDatabase.SQLITE, sqlite, Optional.of(log))
                        .headers
                        .keySet())
                .isEqualTo(numbers(1, 15));
    }

    /** SQLite restarts a log at the beginning of the file, and intact frames of older transactions remain behind. */
    @Test
    void framesWithAnotherSaltAreIgnored() {
        byte[] older = log.clone();
        fixChecksums(older);
        assertThat(RpmDatabaseFixtures.read(RpmDatabase.SQLITE, sqlite, Optional.of(older))
                        .headers
                        .keySet())
                .contains(1000L)
                .doesNotContain(3L, 2000L);
        older[16]++;
        fixChecksums(older);

        assertThat(RpmDatabaseFixtures.read(RpmDatabase.SQLITE, sqlite, Optional.of(older))
                        .headers
                        .keySet())
                .isEqualTo(numbers(1, 15));
    }

    @ParameterizedTest
    @EnumSource(RpmDatabase.class)
    void aFileOfAnotherFormatIsNotADatabase(RpmDatabase kind) {
        for (int size : new int[] {0, 1, 99, 511, 512, 5000}) {
            assertThat(RpmDatabaseFixtures.read(kind, new byte[size]).isDatabase)
                    .isFalse();
        }
        for (String other : new String[] {"rpmdb.sqlite", "Packages.db", "Packages"}) {
            assertThat(RpmDatabaseFixtures.read(kind, RpmDatabaseFixtures.bytes(other)).isDatabase)
                    .isEqualTo(other.equals(kind.fileName()));
        }
    }

    /** Every pointer in the root of the table's b-tree points back to the root. */
    @Test
    void aTreeWithACycleIsReportedAsDamaged() {
        int root = PAGE;
        ByteBuffer pages = ByteBuffer.wrap(sqlite);
        assertThat(sqlite[root]).isEqualTo((byte) 5);
        int cells = pages.getShort(root + 3);
        for (int cell = 0; cell < cells; cell++) {
            pages.putInt(root + pages.getShort(root + 12 + 2 * cell), 2);
        }
        pages.putInt(root + 8, 2);

        RpmDatabaseFixtures.CollectedHeaders found = RpmDatabaseFixtures.read(RpmDatabase.SQLITE, sqlite);

        assertThat(found.headers).isEmpty();
        assertThat(found.damaged).isPositive();
    }

    /** Every page has exactly one child, so the tree is as deep as the file has pages. */
    @Test
    void aTreeThatIsTooDeepIsNotRead() {
        int pages = 60_000;
        ByteBuffer deep = ByteBuffer.allocate(pages * 512);
        deep.put(sqlite, 0, 100).putShort(16, (short) 512);
        for (int page = 0; page < pages; page++) {
            int header = page == 0 ? 100 : page * 512;
            deep.put(header, (byte) 5).putInt(header + 8, page + 2);
        }

        assertThat(RpmDatabaseFixtures.read(RpmDatabase.SQLITE, deep.array()).isDatabase)
                .isFalse();
    }

    /** A cell starts in the last two bytes of its page and claims a row of 100 bytes. */
    @Test
    void aRowThatLeavesItsPageIsSkipped() {
        ByteBuffer pages = ByteBuffer.wrap(sqlite);
        int leaf = PAGE * (pages.getInt(PAGE + 8) - 1);
        pages.putShort(leaf + 8, (short) (PAGE - 2));
        pages.putShort(leaf + PAGE - 2, (short) 0x6401);

        RpmDatabaseFixtures.CollectedHeaders found = RpmDatabaseFixtures.read(RpmDatabase.SQLITE, sqlite);

        assertThat(found.damaged).isPositive();
        assertThat(found.headers.keySet()).contains(1L).hasSizeLessThan(15);
    }

    @Test
    void noMoreCellsOfALeafAreReadThanFitIntoIt() {
        ByteBuffer pages = ByteBuffer.wrap(sqlite);
        int leaf = PAGE * (pages.getInt(PAGE + 8) - 1);
        pages.putShort(leaf + 3, (short) 0xffff);

        assertThat(RpmDatabaseFixtures.read(RpmDatabase.SQLITE, sqlite).damaged).isBetween(1, PAGE / 2);
    }

    /** All cell pointers of a leaf point to one cell, so a small file claims to hold many rows. */
    @Test
    void aValueRepeatedManyTimesReachesTheReadLimit() {
        ByteBuffer pages = ByteBuffer.wrap(sqlite);
        int leaf = PAGE * (pages.getInt(PAGE + 8) - 1);
        assertThat(sqlite[leaf]).isEqualTo((byte) 13);
        short cell = pages.getShort(leaf + 8);
        int count = (cell - 8) / 2;
        pages.putShort(leaf + 3, (short) count);
        for (int index = 0; index < count; index++) {
            pages.putShort(leaf + 8 + 2 * index, cell);
        }

        RpmDatabaseFixtures.CollectedHeaders found = RpmDatabaseFixtures.read(RpmDatabase.SQLITE, sqlite);

        assertThat(found.bytes).isLessThanOrEqualTo(2L * sqlite.length);
        assertThat(found.damaged).isPositive();
    }

    @Test
    void slotsThatShareABlobReachTheReadLimit() {
        byte[] ndb = RpmDatabaseFixtures.bytes("Packages.db");
        for (int slot = 3; slot < PAGE / 16; slot++) {
            System.arraycopy(ndb, 32, ndb, 16 * slot, 16);
        }

        RpmDatabaseFixtures.CollectedHeaders found = RpmDatabaseFixtures.read(RpmDatabase.NDB, ndb);

        assertThat(found.bytes).isLessThanOrEqualTo(2L * ndb.length);
        assertThat(found.damaged).isPositive();
    }

    @Test
    void aBlobWithAWrongChecksumIsSkipped() {
        byte[] ndb = RpmDatabaseFixtures.bytes("Packages.db");
        int blob = 16 * ByteBuffer.wrap(ndb).order(ByteOrder.LITTLE_ENDIAN).getInt(32 + 8);
        ndb[blob + 200]++;

        RpmDatabaseFixtures.CollectedHeaders found = RpmDatabaseFixtures.read(RpmDatabase.NDB, ndb);

        assertThat(found.headers).hasSize(14);
        assertThat(found.damaged).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, -1})
    void aSlotWithAWrongBlockCountIsSkipped(int blocks) {
        byte[] ndb = RpmDatabaseFixtures.bytes("Packages.db");
        ByteBuffer.wrap(ndb).order(ByteOrder.LITTLE_ENDIAN).putInt(32 + 12, blocks);

        RpmDatabaseFixtures.CollectedHeaders found = RpmDatabaseFixtures.read(RpmDatabase.NDB, ndb);

        assertThat(found.headers).hasSize(14);
        assertThat(found.damaged).isEqualTo(1);
    }

    /** The checksum is right and the length is wrong. */
    @Test
    void aBlobLongerThanItsBlocksIsSkipped() {
        byte[] ndb = RpmDatabaseFixtures.bytes("Packages.db");
        ByteBuffer file = ByteBuffer.wrap(ndb).order(ByteOrder.LITTLE_ENDIAN);
        int blob = 16 * file.getInt(32 + 8);
        int tail = blob + 16 * file.getInt(32 + 12) - 12;
        file.putInt(blob + 12, Integer.MAX_VALUE).putInt(tail + 4, Integer.MAX_VALUE);
        Adler32 checksum = new Adler32();
        checksum.update(ndb, blob, tail - blob);
        file.putInt(tail, (int) checksum.getValue());

        assertThat(RpmDatabaseFixtures.read(RpmDatabase.NDB, ndb).headers).hasSize(14);
    }

    /** Every overflow page of the Berkeley database points to itself. */
    @Test
    void anOverflowChainWithACycleIsReportedAsDamaged() {
        byte[] hash = RpmDatabaseFixtures.bytes("Packages");
        ByteBuffer pages = ByteBuffer.wrap(hash).order(ByteOrder.LITTLE_ENDIAN);
        for (int page = 1; page < hash.length / PAGE; page++) {
            if (hash[page * PAGE + 25] == 7) {
                pages.putInt(page * PAGE + 16, page);
                pages.putShort(page * PAGE + 22, (short) 1);
            }
        }

        RpmDatabaseFixtures.CollectedHeaders found = RpmDatabaseFixtures.read(RpmDatabase.BERKELEY, hash);

        assertThat(found.damaged).isPositive();
        assertThat(found.headers.size() + found.damaged).isEqualTo(15);
    }

    @Test
    void readingStopsWhenTheReceiverReturnsFalse() throws IOException {
        for (RpmDatabase kind : RpmDatabase.values()) {
            RpmDatabaseFixtures.CollectedHeaders[] found = {new RpmDatabaseFixtures.CollectedHeaders()};
            PackageHeaders firstThree = new PackageHeaders() {
                @Override
                public boolean header(long number, ByteBuffer header) {
                    found[0].header(number, header);
                    return found[0].headers.size() < 3;
                }

                @Override
                public void damaged() {
                    found[0].damaged();
                }
            };
            kind.read(
                    RpmDatabaseFixtures.file(RpmDatabaseFixtures.bytes(kind.fileName())), Optional.empty(), firstThree);
            assertThat(found[0].headers).as(kind.name()).hasSize(3);
        }
    }

    private static Set<Integer> digestLengths(RpmFiles files) {
        Set<Integer> lengths = new HashSet<>();
        for (int file = 0; file < files.count(); file++) {
            lengths.add(files.digest(file).length());
        }
        return lengths;
    }

    private static Set<Long> numbers(long first, long last) {
        return new HashSet<>(LongStream.rangeClosed(first, last).boxed().toList());
    }

    /** Recomputes the checksums of a log, from its header to its last frame. */
    private static void fixChecksums(byte[] log) {
        ByteBuffer bytes = ByteBuffer.wrap(log);
        int[] sums = new int[2];
        addToChecksum(bytes, 0, 24, sums);
        bytes.putInt(24, sums[0]).putInt(28, sums[1]);
        for (int frame = 32; frame < log.length; frame += FRAME) {
            addToChecksum(bytes, frame, 8, sums);
            addToChecksum(bytes, frame + 24, PAGE, sums);
            bytes.putInt(frame + 16, sums[0]).putInt(frame + 20, sums[1]);
        }
    }

    private static void addToChecksum(ByteBuffer bytes, int from, int length, int[] sums) {
        boolean little = bytes.getInt(0) == 0x377f0682;
        ByteBuffer words = bytes.duplicate().order(little ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        for (int at = from; at < from + length; at += 8) {
            sums[0] += words.getInt(at) + sums[1];
            sums[1] += words.getInt(at + 4) + sums[0];
        }
    }
}
