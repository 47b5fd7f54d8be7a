package dev.freshpyc.cli.index;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshpyc.cli.CommandLineRun;
import dev.freshpyc.cli.Pairs;
import dev.freshpyc.cli.ProgramProcess;
import dev.freshpyc.cli.StoredIndex;
import dev.freshpyc.cli.repair.Shell;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code index verify} reports damage in any part of an index, also if another command found the damage first. */
class DamagedIndexTest {

    private final Path lib;
    private final Path index;

    DamagedIndexTest(@TempDir Path directory) throws IOException {
        lib = Files.createDirectory(directory.resolve("lib"));
        index = directory.resolve("index");
        new Pairs(lib).fresh("a").stale("b");
        assertThat(CommandLineRun.of("refresh", "--index", index, lib).code()).isZero();
    }

    @Test
    void anIntactIndexIsValid() {
        CommandLineRun run = verify();

        assertThat(run.code()).isZero();
        assertThat(run.out()).contains("2 of 2 records are valid");
    }

    /** Damage at offset 0 also hides which path entry the index is for. */
    @ParameterizedTest
    @ValueSource(longs = {0, 20})
    void damageOfTheHeaderIsReported(long offset) throws IOException {
        try (FileChannel file = FileChannel.open(StoredIndex.in(index).file(), StandardOpenOption.WRITE)) {
            file.write(ByteBuffer.wrap(new byte[] {0x55, 0x55, 0x55, 0x55}), offset);
        }
        assertDamaged();
    }

    @Test
    void aTruncatedIndexIsReported() throws IOException {
        try (FileChannel file = FileChannel.open(StoredIndex.in(index).file(), StandardOpenOption.WRITE)) {
            file.truncate(10);
        }
        assertDamaged();
    }

    /** The audit sets the file aside, so that no index file is left to verify. */
    @Test
    void anIndexThatAnAuditSetAsideIsReportedUntilARefreshReplacesIt() throws IOException {
        try (FileChannel file = FileChannel.open(StoredIndex.in(index).file(), StandardOpenOption.WRITE)) {
            file.truncate(10);
        }
        assertThat(CommandLineRun.of("audit", "--index", index, lib).err()).contains("set aside as .bad");

        assertDamaged();
        CommandLineRun.of("refresh", "--index", index, lib);

        assertThat(verify().code()).isZero();
    }

    /**
     * Opening an index reads only its header. After the damage is found, the audit judges the files as without an
     * index.
     */
    @Test
    void damageThatAnAuditFindsWhileItReadsRecordsIsAnErrorOfThatRun() throws IOException {
        StoredIndex.in(index).damageRecords();

        CommandLineRun audit = CommandLineRun.of("audit", "--format", "jsonl", "--all", "--index", index, lib);

        assertThat(audit.code()).isEqualTo(3);
        assertThat(audit.err())
                .contains("set aside as .bad")
                .contains("a part of the index could not be read, so its files were judged without the index: ");
        assertThat(audit.out())
                .isEqualTo(CommandLineRun.of("audit", "--format", "jsonl", "--all", "--no-index", lib)
                        .out());
        assertDamaged();
        assertThat(CommandLineRun.of("refresh", "--index", index, lib).code()).isZero();
        assertThat(verify().code()).isZero();
    }

    /**
     * A published index would lack the records of other files, so the refresh publishes nothing. The next refresh
     * starts with an empty index.
     */
    @Test
    void damageThatARefreshFindsIsAnErrorOfThatRun() throws IOException {
        StoredIndex.in(index).damageRecords();

        CommandLineRun refresh = CommandLineRun.of("refresh", "--index", index, lib);

        assertThat(refresh.code()).isEqualTo(3);
        assertThat(refresh.err())
                .contains("set aside as .bad")
                .contains("expected the checksum of the block at byte 0");
        assertThat(CommandLineRun.of("refresh", "--index", index, lib).code()).isZero();
        assertThat(verify().out()).contains("2 of 2 records are valid");
    }

    @Test
    void aLookupInADamagedIndexFindsNothing() throws IOException {
        StoredIndex.in(index).damageRecords();

        CommandLineRun lookup = CommandLineRun.of("lookup", "--index", index, lib.resolve("a.py"));

        assertThat(lookup.code()).isEqualTo(3);
        assertThat(lookup.out()).contains("not in any index");
        assertThat(lookup.err()).contains("set aside as .bad");
    }

    /** Reads of the records fail. The first eight reads succeed: the program reads and verifies the headers twice. */
    @Test
    void aDiskErrorUnderTheRecordsIsAnErrorOfThatRun() throws IOException, InterruptedException {
        Shell.require("strace");
        Path file = StoredIndex.in(index).file();
        List<String> broken = List.of(
                "strace",
                "-f",
                "-qq",
                "-o",
                "/dev/null",
                "-P",
                file.toString(),
                "-e",
                "inject=pread64:error=EIO:when=9+");

        CommandLineRun run = ProgramProcess.run(
                ProgramProcess.ofProgram(broken, "lookup", "--index", index, lib.resolve("a.py")), "");

        assertThat(run.code()).isEqualTo(3);
        assertThat(run.out()).isEmpty();
        assertThat(run.err())
                .isEqualTo("freshpyc: cannot read " + file
                        + ": Input/output error; the disk fails, as 'dmesg' tells; choose another directory\n");
        assertThat(verify().code()).isZero();
    }

    private void assertDamaged() {
        CommandLineRun run = verify();

        assertThat(run.code()).isEqualTo(3);
        assertThat(run.out()).contains("damaged").hasLineCount(1);
    }

    private CommandLineRun verify() {
        return CommandLineRun.of("index", "verify", "--index", index);
    }
}
