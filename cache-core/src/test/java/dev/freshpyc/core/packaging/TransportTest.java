package dev.freshpyc.core.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshpyc.core.file.FileStamp;
import java.time.ZoneId;
import java.time.zone.ZoneRules;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Checks the mtimes of files after a transport. The expected values were read from the tools themselves. */
class TransportTest {

    private static final ZoneRules BERLIN = ZoneId.of("Europe/Berlin").getRules();
    private static final long EPOCH = 1_600_000_000L;

    @ParameterizedTest
    @CsvSource({
        "TAR, 1600000001, 5, 1600000001, 5",
        "TAR, -2, 500000000, -2, 500000000",
        "TAR_USTAR, 1600000001, 999999999, 1600000001, 0",
        "TAR_USTAR, 8589934591, 0, 8589934591, 0",
        "DOCKER_LAYER, 1600000001, 999999999, 1600000001, 0",
        "DOCKER_LAYER, -1, 999999999, 0, 0",
        "DOCKER_LAYER, 9223372036, 0, 9223372036, 0",
        "DOCKER_LAYER, 9223372037, 0, 0, 0",
        "PODMAN_LAYER, 1600000001, 499999999, 1600000001, 0",
        "PODMAN_LAYER, 1600000001, 500000000, 1600000002, 0",
        "PODMAN_LAYER, -1, 750000000, 0, 0",
        "PODMAN_LAYER, -2, 750000000, 0, 0",
        "PODMAN_LAYER, 9223372036, 600000000, 0, 0",
        "OSTREE, 1600000001, 5, 0, 0",
        "SQUASHFS, 1600000001, 999999999, 1600000001, 0",
        "SQUASHFS, 4294967301, 0, 5, 0",
        "EROFS, 1600000001, 5, 1600000001, 5",
        "CLAMP, 1600000001, 0, 1600000000, 0",
        "CLAMP, 1600000000, 5, 1600000000, 0",
        "CLAMP, 1599999999, 5, 1599999999, 0",
        "CLAMP, -5, 0, -5, 0",
        "ZIP, 1600000000, 0, 1600000000, 0",
        "ZIP, 1600000001, 0, 1600000000, 0",
        "ZIP, 1600000001, 999999999, 1600000002, 0", // as a double of Python, this time is the next second
        "ZIP, 0, 0, 315529200, 0", // midnight of 1980-01-01 in Berlin
        "ZIP, 315529199, 0, 315529200, 0",
        "ZIP, 8000000000, 0, 4354815598, 0", // the last time that DOS can represent
    })
    void anMtimeIsChangedAsTheToolChangesIt(Packaging packaging, long seconds, int nanos, long after, int nanosAfter) {
        FileStamp carried = carry(packaging, stamp(seconds, nanos, 6)).orElseThrow();

        assertThat(carried).isEqualTo(new FileStamp(after, nanosAfter, 7, 8, 6, 9, 10));
    }

    @ParameterizedTest
    @CsvSource({"TOUCH, 5, 1", "GIT, 5, 1", "OSTREE, 0, 0", "TAR_USTAR, -1, 1", "TAR_USTAR, 8589934592, 1"})
    void theMtimeAfterSomeTransportsIsUnknown(Packaging packaging, long seconds, long size) {
        assertThat(carry(packaging, stamp(seconds, 0, size))).isEmpty();
    }

    /** In Berlin, clocks were set back by an hour at 2020-10-25T01:00:00Z, so the hour before occurred twice. */
    @Test
    void aLocalTimeThatOccurredTwiceBecomesTheLaterTime() {
        assertThat(carry(Packaging.ZIP, stamp(1_603_585_800L, 0, 6))).hasValue(stamp(1_603_589_400L, 0, 6));
        assertThat(carry(Packaging.ZIP, stamp(1_603_589_400L, 0, 6))).hasValue(stamp(1_603_589_400L, 0, 6));
    }

    @Property
    void aSecondTransportChangesNothing(@ForAll("transports") Transport transport, @ForAll("stamps") FileStamp source) {
        Optional<FileStamp> once = transport.carry(source);

        assertThat(once.flatMap(transport::carry)).isEqualTo(once);
        assertThat(once.map(transport::keepsMtime).orElse(true)).isTrue();
    }

    @Property
    void aTransportChangesOnlyTheMtime(@ForAll("transports") Transport transport, @ForAll("stamps") FileStamp source) {
        transport.carry(source).ifPresent(after -> {
            assertThat(after.mtimeNanos()).isIn(0, source.mtimeNanos());
            assertThat(new FileStamp(
                            source.mtimeSeconds(),
                            source.mtimeNanos(),
                            after.ctimeSeconds(),
                            after.ctimeNanos(),
                            after.size(),
                            after.inode(),
                            after.device()))
                    .isEqualTo(source);
        });
    }

    /** In every time zone, a zip archive changes a representable time by at most a rounding step or a repeated hour. */
    @Property
    void aZipArchiveChangesATimeByAStepOrARepeatedHour(
            @ForAll("zones") ZoneId zone, @ForAll("representable") FileStamp source) {
        Transport zip = new Transport(Packaging.ZIP, 0, zone.getRules());
        long moved = zip.carry(source).orElseThrow().mtimeSeconds() - source.mtimeSeconds();

        boolean isStep = moved == 0 || moved == -1 || (moved == 1 && source.mtimeNanos() > 0);
        boolean isRepeated = moved >= 1800 - 1 && moved <= 7200 + 1;
        assertThat(isStep || isRepeated).as("%d s in %s", moved, zone).isTrue();
    }

    @Provide
    Arbitrary<Transport> transports() {
        return Combinators.combine(Arbitraries.of(Packaging.class), seconds(), zones())
                .as((packaging, epoch, zone) -> new Transport(packaging, epoch, zone.getRules()));
    }

    @Provide
    Arbitrary<ZoneId> zones() {
        return Arbitraries.of(
                        "UTC",
                        "Europe/Berlin",
                        "America/New_York",
                        "Asia/Kathmandu",
                        "Australia/Lord_Howe",
                        "Pacific/Apia",
                        "Africa/Monrovia")
                .map(ZoneId::of);
    }

    @Provide
    Arbitrary<FileStamp> stamps() {
        return stamps(seconds());
    }

    /** Stamps that are between 1980 and 2037 in every time zone. */
    @Provide
    Arbitrary<FileStamp> representable() {
        return stamps(Arbitraries.longs().between(315_700_000L, 2_145_000_000L));
    }

    private static Arbitrary<FileStamp> stamps(Arbitrary<Long> seconds) {
        Arbitrary<Integer> nanos =
                Arbitraries.oneOf(Arbitraries.just(0), Arbitraries.integers().between(0, 999_999_999));
        Arbitrary<Long> sizes =
                Arbitraries.oneOf(Arbitraries.just(0L), Arbitraries.longs().between(0, 1L << 40));
        return Combinators.combine(seconds, nanos, sizes).as(TransportTest::stamp);
    }

    private static Arbitrary<Long> seconds() {
        return Arbitraries.oneOf(
                Arbitraries.of(0L, -1L, EPOCH, 1L << 31, 1L << 32, 1L << 33, Long.MIN_VALUE, Long.MAX_VALUE),
                Arbitraries.longs().between(-5_000_000_000L, 20_000_000_000L),
                Arbitraries.longs());
    }

    private static Optional<FileStamp> carry(Packaging packaging, FileStamp source) {
        return new Transport(packaging, EPOCH, BERLIN).carry(source);
    }

    private static FileStamp stamp(long seconds, int nanos, long size) {
        return new FileStamp(seconds, nanos, 7, 8, size, 9, 10);
    }
}
