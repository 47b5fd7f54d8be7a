package dev.freshpyc.indexer.archive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshpyc.core.path.RawPath;
import java.time.ZoneId;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The time of a member is read as local time, as CPython does. The expected times come from {@code time.mktime} of
 * CPython 3.13 with glibc 2.36.
 */
class ArchiveTimeTest {

    @ParameterizedTest
    @CsvSource({
        // the hour that occurs twice, and the hour that is skipped
        "Europe/Berlin,    2020, 10, 25, 2, 30, 0, 1603589400",
        "Europe/Berlin,    2020,  3, 29, 2, 30, 0, 1585445400",
        "America/New_York, 2020, 11,  1, 1, 30, 0, 1604208600",
        "America/New_York, 2020,  3,  8, 2, 30, 0, 1583652600",
        // values out of range, and the last time that an archive can hold
        "Europe/Berlin,    1980,  0,  0, 0,  0, 0, 312764400",
        "Asia/Kolkata,     2020, 15, 31, 31, 63, 62, 1617244442",
        "Africa/Casablanca, 2107, 12, 31, 23, 59, 58, 4354815598",
    })
    void aLocalTimeIsReadAsMktimeReadsIt(
            String zone, int year, int month, int day, int hour, int minute, int second, long expected) {
        ArchiveMember member = new ArchiveMember(
                RawPath.of("a.py"),
                0,
                0,
                0,
                0,
                0,
                (year - 1980) << 9 | month << 5 | day,
                hour << 11 | minute << 5 | second / 2);
        assertThat(ArchiveTime.seconds(member, ZoneId.of(zone).getRules())).isEqualTo(expected);
    }
}
