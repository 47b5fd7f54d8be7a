package dev.freshpyc.cli.command;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshpyc.cli.CommandLineRun;
import dev.freshpyc.cli.Pairs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The RECORD in a wheel is evidence for the members of the wheel. */
@EnabledOnOs(OS.LINUX)
class ArchiveRecordsTest {

    private static final LocalDateTime TIME = LocalDateTime.of(2024, 5, 2, 3, 4, 6);
    private static final byte[] SOURCE = "a = 1\n".getBytes(US_ASCII);
    private static final String RECORD = "pkg-1.0.dist-info/RECORD";

    @TempDir
    Path directory = Path.of("");

    /** Writes a wheel with one pair. The mtime in the header is {@code shift} seconds later than the source's. */
    private Path wheel(int shift, Map<String, byte[]> recorded) throws Exception {
        return wheel(shift, SOURCE, recorded);
    }

    private Path wheel(int shift, byte[] source, Map<String, byte[]> recorded) throws Exception {
        Map<String, byte[]> members = new LinkedHashMap<>();
        members.put("pkg/m.py", source);
        members.put("pkg/m.pyc", pyc(shift));
        StringBuilder record = new StringBuilder();
        for (Map.Entry<String, byte[]> row : recorded.entrySet()) {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(row.getValue());
            record.append(row.getKey())
                    .append(",sha256=")
                    .append(Base64.getUrlEncoder().withoutPadding().encodeToString(digest))
                    .append(",\n");
        }
        members.put("pkg/__init__.py", new byte[0]);
        members.put(RECORD, record.toString().getBytes(US_ASCII));
        Path file = directory.resolve("pkg-1.0-py3-none-any.whl");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            for (Map.Entry<String, byte[]> member : members.entrySet()) {
                ZipEntry entry = new ZipEntry(member.getKey());
                entry.setTimeLocal(TIME);
                zip.putNextEntry(entry);
                zip.write(member.getValue());
            }
        }
        return file;
    }

    private static byte[] pyc(int shift) {
        int mtime = (int) TIME.atZone(ZoneId.systemDefault()).toEpochSecond() + shift;
        byte[] header = Pairs.header(3495, 0, mtime, SOURCE.length);
        byte[] pyc = Arrays.copyOf(header, header.length + 1);
        pyc[header.length] = (byte) 0xe3;
        return pyc;
    }

    private static String audit(Object... words) {
        return CommandLineRun.of(words).out();
    }

    @Test
    void aRecordProvesAPairWhoseMtimesDiffer() throws Exception {
        Path wheel = wheel(100, Map.of("pkg/m.py", SOURCE, "pkg/m.pyc", pyc(100)));
        String needless =
                "\"verdict\":\"needless\",\"interpreter\":\"recompiles\",\"reason\":\"mtime\",\"evidence\":\"manifest\"";
        assertThat(audit("audit", "--no-index", "--format", "jsonl", wheel)).contains(needless);
        assertThat(audit("audit", "--no-index", "--format", "jsonl", wheel + "/pkg"))
                .contains(needless);
        assertThat(audit("explain", "--no-index", wheel + "!/pkg/m.pyc")).contains("evidence: manifest");
    }

    @Test
    void aRecordProvesNothingWhereTheSizesDiffer() throws Exception {
        byte[] longer = "a = 1000\n".getBytes(US_ASCII);
        Path wheel = wheel(100, longer, Map.of("pkg/m.py", longer, "pkg/m.pyc", pyc(100)));
        assertThat(audit("audit", "--no-index", "--format", "jsonl", wheel))
                .contains("\"verdict\":\"stale\",\"interpreter\":\"recompiles\",\"reason\":\"size\"");
    }

    @Test
    void aRecordOfOtherBytecodeProvesNothing() throws Exception {
        Path wheel = wheel(100, Map.of("pkg/m.py", SOURCE, "pkg/m.pyc", pyc(99)));
        assertThat(audit("audit", "--no-index", "--format", "jsonl", wheel))
                .contains("\"verdict\":\"stale\"")
                .doesNotContain("manifest");
    }

    @Test
    void aRecordOfTheSourceAloneProvesNothing() throws Exception {
        Path wheel = wheel(100, Map.of("pkg/m.py", SOURCE));
        assertThat(audit("audit", "--no-index", "--format", "jsonl", wheel)).contains("\"verdict\":\"stale\"");
    }

    @Test
    void aWrongDigestMakesAMatchingHeaderUnproven() throws Exception {
        Path index = directory.resolve("index");
        Path right = wheel(0, Map.of("pkg/m.py", SOURCE, "pkg/m.pyc", pyc(0)));
        CommandLineRun.of("refresh", "-q", "--index", index, right);
        assertThat(audit("audit", "--index", index, right)).contains("1 fresh").doesNotContain("unproven");
        Path wrong = wheel(0, Map.of("pkg/m.py", "b = 1\n".getBytes(US_ASCII)));
        CommandLineRun.of("refresh", "-q", "--index", index, wrong);
        assertThat(audit("audit", "--index", index, wrong)).contains("1 fresh (1 unproven)");
    }

    @Test
    void aRepairThatKeepsRecordsLeavesTheRecordedMembers() throws Exception {
        Path wheel = wheel(100, Map.of("pkg/m.py", SOURCE, "pkg/m.pyc", pyc(100)));
        byte[] before = Files.readAllBytes(wheel);
        Path index = directory.resolve("index");
        CommandLineRun kept = CommandLineRun.of("repair", "--index", index, "--keep-records", wheel);
        assertThat(kept.out() + kept.err()).contains("in-package-record");
        assertThat(Files.readAllBytes(wheel)).isEqualTo(before);
    }

    @Test
    void aRecordLargerThanTheLimitIsNotRead() throws IOException {
        Path file = directory.resolve("bomb.whl");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            zip.putNextEntry(new ZipEntry("m.py"));
            zip.write(SOURCE);
            zip.putNextEntry(new ZipEntry("m.pyc"));
            zip.write(pyc(100));
            for (int i = 0; i < 3; i++) {
                zip.putNextEntry(new ZipEntry("p" + i + ".dist-info/RECORD"));
                zip.write(new byte[(64 << 20) + 1]);
            }
        }
        assertThat(CommandLineRun.of("audit", "-v", "--no-index", file).err())
                .contains("3 manifests could not be read");
    }

    @Test
    void updatedRecordsOfArchivesAreSaidToBeLeft() throws Exception {
        Path wheel = wheel(100, Map.of("pkg/m.py", SOURCE, "pkg/m.pyc", pyc(100)));
        Path index = directory.resolve("index");

        CommandLineRun update = CommandLineRun.of("repair", "--dry-run", "--update-records", "--index", index, wheel);

        assertThat(update.err()).contains("--update-records writes no RECORD inside an archive", ": " + wheel);
        assertThat(CommandLineRun.of("repair", "--dry-run", "--index", index, wheel)
                        .err())
                .doesNotContain("RECORD");
        assertThat(CommandLineRun.of("clean", "--orphans", "--dry-run", "--index", index, directory, wheel)
                        .err())
                .contains("left alone, since no member is taken out of an archive: " + wheel);
    }
}
