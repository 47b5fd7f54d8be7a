package dev.freshpyc.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshpyc.cli.CommandLineRun;
import dev.freshpyc.cli.Pairs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.TimeUnit;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The report names the archive that left an odd pattern of mtimes. */
class ArchiveTimesTest {

    private static final int PAIRS = 40;

    /**
     * The mtime of the first source. Each further source is one second later, so that odd and even mtimes alternate.
     */
    private static final long FIRST = 1_600_000_001;

    @TempDir
    Path directory = Path.of("");

    /** Zip entries keep local times in steps of two seconds: half of the sources come back one second earlier. */
    @Test
    void aZipArchiveIsRecognizedByItsStepsOfTwoSeconds() throws IOException {
        unpack("UTC", "UTC");

        assertThat(audit())
                .containsIgnoringWhitespaces(
                        "the headers of 20 pycs differ by one second", "a zip archive or a FAT file system");
        assertThat(audit("--format", "json")).contains("{\"reason\":\"two-second-times\",\"pycs\":20}");
    }

    @Test
    void anArchiveInLocalTimeIsRecognizedByWholeHours() throws IOException {
        unpack("America/New_York", "Europe/Berlin");

        assertThat(audit())
                .containsIgnoringWhitespaces(
                        "the headers of 40 pycs differ from their sources by whole hours (mostly 6 hours later)",
                        "keeps local time");
        assertThat(audit("--format", "json"))
                .contains("{\"reason\":\"local-times\",\"pycs\":40,\"header_minus_source\":21600}");
    }

    @Test
    void otherDifferencesAreReportedAsACheckout() throws IOException {
        for (int i = 0; i < PAIRS; i++) {
            new Pairs(directory).pair("m" + i, Pairs.header(3495, 0, Pairs.MTIME + 7 * (i + 1), 6), (byte) 0xe3);
        }
        assertThat(audit()).containsIgnoringWhitespaces("nearly all a later one, as after a checkout");
    }

    /**
     * Packs sources in a time zone and unpacks them in another time zone. The archive keeps local times, as zip
     * archives do.
     */
    private void unpack(String packedIn, String unpackedIn) throws IOException {
        Path archive = directory.resolve("sources.zip");
        try (var zip = new ZipOutputStream(Files.newOutputStream(archive))) {
            for (int i = 0; i < PAIRS; i++) {
                ZipEntry entry = new ZipEntry("m" + i + ".py");
                entry.setTimeLocal(LocalDateTime.ofEpochSecond(FIRST + i, 0, ZoneOffset.UTC)
                        .atOffset(ZoneOffset.UTC)
                        .atZoneSameInstant(ZoneId.of(packedIn))
                        .toLocalDateTime());
                zip.putNextEntry(entry);
            }
        }
        try (ZipFile zip = new ZipFile(archive.toFile())) {
            for (int i = 0; i < PAIRS; i++) {
                new Pairs(directory).pair("m" + i, Pairs.header(3495, 0, (int) FIRST + i, 6), (byte) 0xe3);
                long time = zip.getEntry("m" + i + ".py")
                        .getTimeLocal()
                        .atZone(ZoneId.of(unpackedIn))
                        .toEpochSecond();
                Files.setLastModifiedTime(directory.resolve("m" + i + ".py"), FileTime.from(time, TimeUnit.SECONDS));
            }
        }
    }

    private String audit(Object... options) {
        return CommandLineRun.of("audit", "--no-index", options, directory).out();
    }
}
