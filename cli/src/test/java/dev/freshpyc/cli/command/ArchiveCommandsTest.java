package dev.freshpyc.cli.command;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshpyc.cli.CommandLineRun;
import dev.freshpyc.cli.Pairs;
import dev.freshpyc.cli.SettledRefresh;
import dev.freshpyc.cli.oracle.Interpreter;
import dev.freshpyc.cli.oracle.Interpreters;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The commands take a zip archive in place of a directory; {@code clean} leaves an archive as it is. */
@EnabledOnOs(OS.LINUX)
class ArchiveCommandsTest {

    private static final int MAGIC = 3495;

    /** The size of the zstd frame header and block header before the uncompressed content. */
    private static final int FRAME = 12;

    private static final LocalDateTime TIME = LocalDateTime.of(2024, 5, 2, 3, 4, 6);
    private static final byte[] SOURCE = "a = 1\n".getBytes(US_ASCII);

    @TempDir
    Path directory = Path.of("");

    private Path archive = Path.of("");
    private Path index = Path.of("");

    @BeforeEach
    void makeAnArchive() throws IOException {
        archive = directory.resolve("lib.zip");
        index = directory.resolve("index");
        write(archive, 0, 3, 2 * 3600);
    }

    /**
     * Writes an archive with one pair per shift: the seconds by which the header's mtime is later than the source's.
     */
    private static void write(Path file, int... shifts) throws IOException {
        int mtime = (int) TIME.atZone(ZoneId.systemDefault()).toEpochSecond();
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            add(zip, "pkg/__init__.py", SOURCE);
            for (int i = 0; i < shifts.length; i++) {
                byte[] header = Pairs.header(MAGIC, 0, mtime + shifts[i], SOURCE.length);
                byte[] pyc = Arrays.copyOf(header, header.length + 1);
                pyc[header.length] = (byte) 0xe3;
                add(zip, "pkg/m" + i + ".py", SOURCE);
                add(zip, "pkg/m" + i + ".pyc", pyc);
            }
        }
    }

    /**
     * The name of a member has no tag, so the interpreter of {@code --python} judges the members, and the suggested
     * command repairs them for that interpreter.
     */
    @Test
    void theSuggestedRepairIsForTheNamedInterpreter() throws Exception {
        Interpreter reader = Interpreters.all().stream()
                .filter(python -> python.hasFlags() && python.isTagged() && python.magicNumber() != MAGIC)
                .findFirst()
                .orElseThrow();
        String next = "freshpyc repair --index " + index + " --python " + reader.executable() + " " + archive;
        assertThat(CommandLineRun.of("audit", "--index", index, "--python", reader.executable(), archive)
                        .out())
                .contains("3 foreign", "Next: " + next);

        CommandLineRun repaired =
                CommandLineRun.of("repair", "--index", index, "--python", reader.executable(), archive);

        assertThat(repaired.out()).contains("recompiled: 3");
        assertThat(CommandLineRun.of("audit", "--index", index, "--python", reader.executable(), archive)
                        .out())
                .contains("3 pycs: 3 fresh");
    }

    /**
     * A repair needs a source, so the audit does not suggest a repair for bytecode without a source. The audit suggests
     * {@code explain} with a name that {@code explain} accepts.
     */
    @Test
    void bytecodeWithoutASourceIsExplainedAndNotRepaired() throws IOException {
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(archive))) {
            add(zip, "short.pyc", new byte[] {1});
        }
        assertThat(CommandLineRun.of("audit", "--index", index, archive).out())
                .contains("Next: freshpyc explain '" + archive + "!/short.pyc'");
        assertThat(CommandLineRun.of("explain", "--index", index, archive + "!/short.pyc")
                        .code())
                .isZero();
    }

    /**
     * No command repairs a broken archive, so the audit suggests no repair; {@code explain} gives the verdict of the
     * audit.
     */
    @Test
    void aFileThatIsNoArchiveIsExplained() throws Exception {
        Files.write(archive, Arrays.copyOf(Files.readAllBytes(archive), 40));

        assertThat(CommandLineRun.of("audit", "--index", index, archive).out())
                .contains("malformed (no-archive)", "Next: freshpyc docs no-archive")
                .doesNotContain("freshpyc repair");
        assertThat(CommandLineRun.of("audit", "--index", index, "--format", "github", archive)
                        .out())
                .contains("To fix: make the archive again, or remove it from the path.");
        CommandLineRun explained = CommandLineRun.of("explain", "--index", index, archive);
        assertThat(explained.code()).isZero();
        assertThat(explained.out()).contains("malformed (no-archive)", "freshpyc docs no-archive");
    }

    /** Python's own name of a module in an archive has no exclamation mark. */
    @Test
    void explainNamesTheMemberOfAPathIntoAnArchive() {
        assertThat(CommandLineRun.of("explain", "--index", index, archive + "/pkg/m0.pyc")
                        .complaint(2))
                .endsWith(archive + "/pkg/m0.pyc: a path into an archive: name the member as '" + archive
                        + "!/pkg/m0.pyc'\n");
        assertThat(CommandLineRun.of("explain", "--index", index, archive + "!/pkg/none.pyc")
                        .complaint(3))
                .contains(archive + "!/pkg/none.pyc: no such file");
    }

    /** A refresh and a repair read nothing of a broken archive, and say so. */
    @Test
    void aRefreshAndARepairNameABrokenArchive() throws IOException {
        Files.write(archive, Arrays.copyOf(Files.readAllBytes(archive), 40));

        for (String command : List.of("refresh", "repair")) {
            CommandLineRun run = CommandLineRun.of(command, "--index", index, archive);
            assertThat(run.code()).as(command).isEqualTo(3);
            assertThat(run.err())
                    .contains(archive + ": cannot be read (no-archive); 'freshpyc docs no-archive' says what to do");
        }
    }

    @Test
    void aRepairNamesTheMemberThatDoesNotCompile() throws IOException {
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(archive))) {
            add(zip, "bad.py", "a = (\n".getBytes(US_ASCII));
            add(zip, "bad.pyc", Pairs.header(MAGIC, 0, 0, 6));
        }

        CommandLineRun run = CommandLineRun.of("repair", "--index", index, archive);

        assertThat(run.out() + run.err()).contains(archive + "!/bad.py");
    }

    private static void add(ZipOutputStream zip, String name, byte[] bytes) throws IOException {
        ZipEntry entry = new ZipEntry(name);
        entry.setTimeLocal(TIME);
        zip.putNextEntry(entry);
        zip.write(bytes);
    }

    /**
     * Adds a member packed as a zstd frame with one uncompressed block. The entry claims to be stored; the caller
     * patches the entry's method.
     */
    private static void addZstd(ZipOutputStream zip, String name, byte[] bytes) throws IOException {
        byte[] packed = ByteBuffer.allocate(FRAME + bytes.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(0xfd2fb528)
                .put((byte) 0xa0)
                .putInt(bytes.length)
                .put((byte) (bytes.length << 3 | 1))
                .putShort((short) 0)
                .put(bytes)
                .array();
        CRC32 crc = new CRC32();
        crc.update(packed);
        ZipEntry entry = new ZipEntry(name);
        entry.setTimeLocal(TIME);
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(packed.length);
        entry.setCrc(crc.getValue());
        zip.putNextEntry(entry);
        zip.write(packed);
    }

    @Test
    void anAuditJudgesTheMembersAndNamesTheTimeZone() {
        assertThat(CommandLineRun.of("audit", "--no-index", archive).out())
                .containsIgnoringWhitespaces(
                        "3 pycs: 1 fresh (1 unproven), 2 stale",
                        archive + "!/pkg/m1.pyc: stale (mtime)",
                        "these were read in the time zone "
                                + ZoneId.systemDefault().getId(),
                        "1 pyc is stale here, and would match in another time zone, mostly one that is 2 hours behind",
                        "Compiled again at every start, since nothing is written into an archive");
        assertThat(CommandLineRun.of("audit", "--no-index", "--format", "json", archive)
                        .out())
                .contains("\"time_zone\":\"" + ZoneId.systemDefault().getId() + "\",\"pycs_of_another_zone\":1");
    }

    @Test
    void aJsonRowLocatesTheMember() {
        assertThat(CommandLineRun.of("audit", "--no-index", "--format", "jsonl", archive)
                        .lines())
                .hasSize(2)
                .allMatch(line -> line.contains("\"entry\":\"" + archive + "\",\"tag\":null"))
                .anyMatch(line -> line.startsWith("{\"source\":\"pkg/m1.py\",\"pyc\":\"pkg/m1.pyc\",")
                        && line.contains("\"member\":{\"path\":\"" + archive + "!/pkg/m1.pyc\",\"index\":4,\"offset\":")
                        && line.contains("\"method\":8,\"reader\":\"CPython 3.11\"}"));
    }

    @Test
    void lookupAndExplainAgreeWithTheAudit() throws Exception {
        SettledRefresh.run(index, archive);
        assertThat(CommandLineRun.of("refresh", "--index", index, archive).out())
                .contains("3 seen, 3 reused", "1 fresh", "2 stale");
        String member = archive + "!/pkg/m1.pyc";
        for (String asked : List.of(member, archive + "!/pkg/m1.py")) {
            assertThat(CommandLineRun.of("lookup", "--index", index, asked).out())
                    .contains("stale (mtime)");
            assertThat(CommandLineRun.of("explain", "--index", index, asked).out())
                    .contains(member, "read by   CPython 3.11", "verdict   stale (mtime), evidence: header")
                    .endsWith("To mend:\n  freshpyc repair --index " + index + " " + archive + "\n");
        }
        assertThat(CommandLineRun.of("lookup", "--index", index, archive + "!/pkg/none.py")
                        .code())
                .isEqualTo(3);
        assertThat(CommandLineRun.of("explain", "--index", index, archive + "!/pkg/none.py")
                        .code())
                .isEqualTo(3);
        assertThat(CommandLineRun.of("explain", archive + "!/pkg/__init__.py").out())
                .contains("source    6 bytes", "bytecode  none: every interpreter compiles");
    }

    @Test
    void aChangedArchiveIsReadAgain() throws Exception {
        SettledRefresh.run(index, archive);
        write(archive, 3);
        Path changed = Files.writeString(directory.resolve("changed"), archive + "\n");
        assertThat(CommandLineRun.of("refresh", "--index", index, "--changed-from", changed)
                        .out())
                .contains("1 seen, 0 reused", "2 vanished", "1 undecided");
        assertThat(CommandLineRun.of("lookup", "--index", index, archive + "!/pkg/m1.pyc")
                        .code())
                .isEqualTo(3);
    }

    @Test
    void cleanLeavesAnArchiveAlone() throws IOException {
        byte[] before = Files.readAllBytes(archive);
        CommandLineRun cleaned = CommandLineRun.of("clean", "--index", index, archive);
        assertThat(cleaned.err()).contains("left alone, since no member is taken out of an archive: " + archive);
        assertThat(cleaned.code()).isEqualTo(3);
        assertThat(Files.readAllBytes(archive)).isEqualTo(before);
    }

    @Test
    void theIndexOfAnArchiveStaysAsLongAsTheArchive() throws IOException {
        CommandLineRun.of("refresh", "-q", "--index", index, archive);
        assertThat(CommandLineRun.of("index", "prune", "--index", index).out()).isEmpty();
        Files.delete(archive);
        assertThat(CommandLineRun.of("index", "prune", "--index", index).out()).contains(": removed");
    }

    @Test
    void aDirectoryInAnArchiveIsAPathEntry() {
        assertThat(CommandLineRun.of("audit", "--no-index", archive + "/pkg").out())
                .contains("3 pycs: 1 fresh");
        assertThat(CommandLineRun.of("audit", "--no-index", "--format", "jsonl", archive + "/pkg")
                        .lines())
                .anyMatch(line -> line.contains("\"pyc\":\"m1.pyc\"") && line.contains(archive + "!/pkg/m1.pyc"));
    }

    @Test
    void aTruncatedArchiveIsOneFinding() throws IOException {
        byte[] bytes = Files.readAllBytes(archive);
        for (int length = 0; length < bytes.length; length += 7) {
            Files.write(archive, Arrays.copyOf(bytes, length));
            assertThat(CommandLineRun.of("audit", "--no-index", "--format", "jsonl", archive)
                            .lines())
                    .singleElement()
                    .asString()
                    .contains("\"pyc\":null", "\"verdict\":\"malformed\",\"interpreter\":\"ignores\"", "no-archive");
        }
        assertThat(CommandLineRun.of("audit", "--no-index", archive).out())
                .contains(archive + ": malformed (no-archive)");
    }

    @Test
    void aTextFileIsNotTakenForAnArchive() throws IOException {
        Path text = Files.writeString(directory.resolve("notes.txt"), "no archive");
        CommandLineRun run = CommandLineRun.of("audit", "--no-index", text);
        assertThat(run.code()).isEqualTo(3);
        assertThat(run.err()).contains("not a directory");
    }

    @Test
    void anArchiveInARootIsFoundThroughItsLinks() throws IOException {
        Path root = Files.createDirectory(directory.resolve("root"));
        Files.createDirectories(root.resolve("opt/lib"));
        Files.move(archive, root.resolve("opt/lib/real.zip"));
        Files.createSymbolicLink(root.resolve("opt/lib.zip"), Path.of("/opt/lib/real.zip"));
        assertThat(CommandLineRun.of("audit", "--no-index", "--root", root, "/opt/lib.zip")
                        .out())
                .contains("3 pycs: 1 fresh");
    }

    @Test
    void aZstdMemberIsFreshOnlyForVersionsThatUnpackZstd() throws IOException {
        int mtime = (int) TIME.atZone(ZoneId.systemDefault()).toEpochSecond();
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(archive))) {
            for (int magic : new int[] {3495, 3666}) { // of 3.11 and 3.15
                byte[] header = Pairs.header(magic, 0, mtime, SOURCE.length);
                byte[] pyc = Arrays.copyOf(header, header.length + 1);
                pyc[header.length] = (byte) 0xe3;
                addZstd(zip, "m" + magic + ".py", SOURCE);
                addZstd(zip, "m" + magic + ".pyc", pyc);
            }
        }
        byte[] bytes = Files.readAllBytes(archive);
        for (int at = 0; at < bytes.length - 46; at++) {
            if (bytes[at] == 'P' && bytes[at + 1] == 'K' && bytes[at + 2] == 1 && bytes[at + 3] == 2) {
                bytes[at + 10] = 93;
                bytes[at + 24] = (byte) (bytes[at + 24] - FRAME);
            }
        }
        Files.write(archive, bytes);
        assertThat(CommandLineRun.of("audit", "--no-index", "--all", "--format", "jsonl", archive)
                        .lines())
                .hasSize(2)
                .anyMatch(line -> line.contains("\"pyc\":\"m3495.pyc\"")
                        && line.contains("\"verdict\":\"fatal\",\"interpreter\":\"fails\",\"reason\":\"compression\"")
                        && line.contains("\"method\":93"))
                .anyMatch(line -> line.contains("\"pyc\":\"m3666.pyc\"") && line.contains("\"verdict\":\"fresh\""));
    }
}
