package dev.freshpyc.cli.index;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshpyc.cli.CommandLineRun;
import dev.freshpyc.cli.Pairs;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code index verify} says what is damaged, wherever the damage is and whoever found it first. */
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
    void aWholeIndexIsValid() {
        CommandLineRun run = verify();

        assertThat(run.code()).isZero();
        assertThat(run.out()).contains("2 of 2 records are valid");
    }

    /** The offset 0 is in the header, without which not even the entry is known. */
    @ParameterizedTest
    @ValueSource(longs = {0, 20})
    void damageOfTheHeaderIsReported(long offset) throws IOException {
        try (FileChannel file = FileChannel.open(indexFile(), StandardOpenOption.WRITE)) {
            file.write(ByteBuffer.wrap(new byte[] {0x55, 0x55, 0x55, 0x55}), offset);
        }
        assertDamaged();
    }

    @Test
    void aTruncatedIndexIsReported() throws IOException {
        try (FileChannel file = FileChannel.open(indexFile(), StandardOpenOption.WRITE)) {
            file.truncate(10);
        }
        assertDamaged();
    }

    /** The audit sets the file aside, so that no live file is left to verify. */
    @Test
    void anIndexThatAnAuditSetAsideIsReportedUntilARefreshReplacesIt() throws IOException {
        try (FileChannel file = FileChannel.open(indexFile(), StandardOpenOption.WRITE)) {
            file.truncate(10);
        }
        assertThat(CommandLineRun.of("audit", "--index", index, lib).err()).contains("set aside as .bad");

        assertDamaged();
        CommandLineRun.of("refresh", "--index", index, lib);

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

    private Path indexFile() throws IOException {
        try (Stream<Path> files = Files.list(index)) {
            return files.filter(file -> file.toString().endsWith(".index"))
                    .findFirst()
                    .orElseThrow();
        }
    }
}
