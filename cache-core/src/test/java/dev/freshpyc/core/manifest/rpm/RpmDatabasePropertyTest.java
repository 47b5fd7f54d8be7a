package dev.freshpyc.core.manifest.rpm;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/** Checks that reading a damaged database ends without an exception and delivers at most twice the file's size. */
class RpmDatabasePropertyTest {
    private static final byte[] SQLITE = RpmDatabaseFixtures.bytes("rpmdb.sqlite");
    private static final byte[] LOG = RpmDatabaseFixtures.bytes("rpmdb.sqlite-wal");
    private static final byte[] NDB = RpmDatabaseFixtures.bytes("Packages.db");
    private static final byte[] BERKELEY = RpmDatabaseFixtures.bytes("Packages");
    private static final ByteBuffer HEADER =
            RpmDatabaseFixtures.read(RpmDatabase.NDB, NDB).headers.firstEntry().getValue();

    /** A number of one to four bytes that overwrites a part of a file. */
    record Damage(int page, int offset, int width, int value) {

        void applyTo(byte[] file) {
            for (int index = 0; index < width; index++) {
                int at = (page * 4096 + offset + index) % file.length;
                file[at] = (byte) (value >> (Byte.SIZE * (width - 1 - index)));
            }
        }
    }

    @Property(tries = 500)
    void aDamagedDatabaseIsReadWithinTheLimits(
            @ForAll("damages") List<Damage> damages, @ForAll RpmDatabase kind, @ForAll boolean cut) {
        byte[] whole = damaged(
                switch (kind) {
                    case SQLITE -> SQLITE;
                    case NDB -> NDB;
                    case BERKELEY -> BERKELEY;
                },
                damages);
        byte[] file = cut ? Arrays.copyOf(whole, whole.length / 2 + damages.size()) : whole;

        assertWithinLimits(RpmDatabaseFixtures.read(kind, file), file.length);
    }

    @Property(tries = 200)
    void aDamagedLogIsReadWithinTheLimits(@ForAll("damages") List<Damage> damages) {
        byte[] log = damaged(LOG, damages);

        assertWithinLimits(
                RpmDatabaseFixtures.read(RpmDatabase.SQLITE, SQLITE, Optional.of(log)), SQLITE.length + log.length);
    }

    @Property(tries = 500)
    void aDamagedHeaderIsReadWithinTheLimits(@ForAll("damages") List<Damage> damages, @ForAll boolean cut) {
        byte[] bytes = new byte[HEADER.remaining()];
        HEADER.get(HEADER.position(), bytes);
        damages.forEach(damage -> damage.applyTo(bytes));

        assertValidFiles(ByteBuffer.wrap(bytes, 0, cut ? bytes.length - damages.size() : bytes.length));
    }

    @Property(tries = 500)
    void arbitraryBytesAreReadWithinTheLimits(@ForAll byte[] bytes, @ForAll RpmDatabase kind) {
        assertValidFiles(ByteBuffer.wrap(bytes));
        assertWithinLimits(RpmDatabaseFixtures.read(kind, bytes), bytes.length);
    }

    private static byte[] damaged(byte[] file, List<Damage> damages) {
        byte[] copy = file.clone();
        damages.forEach(damage -> damage.applyTo(copy));
        return copy;
    }

    private static void assertWithinLimits(RpmDatabaseFixtures.CollectedHeaders found, long size) {
        assertThat(found.bytes).isLessThanOrEqualTo(2 * size);
        found.headers.values().forEach(RpmDatabasePropertyTest::assertValidFiles);
    }

    private static void assertValidFiles(ByteBuffer header) {
        RpmFiles.of(header).ifPresent(files -> {
            for (int file = 0; file < files.count(); file++) {
                files.path(file).ifPresent(path -> assertThat(path.length()).isBetween(1, 4096));
                assertThat(files.digest(file).length()).isLessThan(header.limit());
            }
        });
    }

    /** Most damages hit the page headers, where a wrong number leads to another page. */
    @Provide
    Arbitrary<List<Damage>> damages() {
        Arbitrary<Integer> pages = Arbitraries.frequencyOf(
                Tuple.of(3, Arbitraries.integers().between(0, 3)),
                Tuple.of(2, Arbitraries.integers().between(0, 64)));
        Arbitrary<Integer> offsets = Arbitraries.frequencyOf(
                Tuple.of(4, Arbitraries.integers().between(0, 48)),
                Tuple.of(1, Arbitraries.integers().between(0, 4095)));
        Arbitrary<Integer> values = Arbitraries.oneOf(
                Arbitraries.integers(),
                Arbitraries.integers().between(-2, 70),
                Arbitraries.of(13, 5, 0x7fffffff, 0x0fffffff, 0xfffff, 4095, 4096, 512));
        return Combinators.combine(pages, offsets, Arbitraries.integers().between(1, 4), values)
                .as(Damage::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(12);
    }
}
