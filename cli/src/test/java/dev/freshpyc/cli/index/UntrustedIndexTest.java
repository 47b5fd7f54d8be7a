package dev.freshpyc.cli.index;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshpyc.cli.CommandLineRun;
import dev.freshpyc.cli.Pairs;
import dev.freshpyc.cli.StoredIndex;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** An index that other users may write to is neither used nor changed. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "NOT RUN: files have no modes on Windows")
@Timeout(60)
class UntrustedIndexTest {

    private final Path lib;
    private final Path index;
    private final Path file;
    private final byte[] bytes;

    UntrustedIndexTest(@TempDir Path directory) throws IOException {
        lib = Files.createDirectories(directory.resolve("lib"));
        index = directory.resolve("index");
        Pairs tree = new Pairs(lib).fresh("a");
        CommandLineRun.of("refresh", "-q", "--index", index, lib);
        Files.setLastModifiedTime(tree.at("a.py"), FileTime.fromMillis(0));
        file = StoredIndex.in(index).file();
        bytes = Files.readAllBytes(file);
    }

    @Test
    void aGroupWritableFileIsNotTrusted() throws Exception {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-r--"));
        requireNotTrusted(file);
    }

    @Test
    void aGroupWritableDirectoryIsNotTrusted() throws Exception {
        Files.setPosixFilePermissions(index, PosixFilePermissions.fromString("rwxrwxr-x"));
        requireNotTrusted(index);
    }

    @Test
    void aFileOfANewerFormatIsNeitherUsedNorReplaced() throws Exception {
        ByteBuffer header = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        int checksumAt = header.getInt(12) - Integer.BYTES;
        header.putInt(8, 99);
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, checksumAt);
        header.putInt(checksumAt, (int) crc.getValue());
        Files.write(file, bytes);

        CommandLineRun audit = CommandLineRun.of("audit", "--index", index, lib);
        CommandLineRun lookup = CommandLineRun.of("lookup", "--index", index, lib.resolve("a.py"));
        CommandLineRun refresh = CommandLineRun.of("refresh", "-q", "--index", index, lib);
        CommandLineRun status = CommandLineRun.of("status", "--index", index);
        CommandLineRun verify = CommandLineRun.of("index", "verify", "--index", index);

        String line = "freshpyc: " + file
                + " was written by a newer freshpyc (format 99) and is ignored; upgrade freshpyc or remove the file\n";
        assertThat(audit.code()).isZero();
        assertThat(audit.err()).isEqualTo(line);
        assertThat(audit.out()).contains("1 stale");
        assertThat(lookup.code()).isEqualTo(3);
        assertThat(lookup.err()).isEqualTo(line);
        assertThat(status.err()).isEqualTo(line);
        assertThat(verify.err()).isEqualTo(line);
        assertThat(verify.out()).isEmpty();
        assertThat(refresh.code()).isEqualTo(3);
        assertThat(refresh.err()).startsWith(line).contains("cannot write " + file);
        assertThat(file).hasBinaryContent(bytes);
    }

    private void requireNotTrusted(Path untrusted) throws IOException {
        CommandLineRun audit = CommandLineRun.of("audit", "--index", index, lib);
        CommandLineRun lookup = CommandLineRun.of("lookup", "--index", index, lib.resolve("a.py"));
        CommandLineRun refresh = CommandLineRun.of("refresh", "-q", "--index", index, lib);

        String line = "freshpyc: " + untrusted + ": not trusted: users other than its owner may write to it;"
                + " remove it or run chmod go-w on it\n";
        assertThat(audit.code()).isZero();
        assertThat(audit.err()).isEqualTo(line);
        assertThat(audit.out()).as("the verdict without the index").contains("1 stale");
        assertThat(lookup.code()).isEqualTo(3);
        assertThat(lookup.err()).isEqualTo(line);
        assertThat(refresh.code()).isEqualTo(3);
        assertThat(refresh.err()).startsWith(line).contains("cannot write " + file);
        assertThat(file).hasBinaryContent(bytes);
    }
}
