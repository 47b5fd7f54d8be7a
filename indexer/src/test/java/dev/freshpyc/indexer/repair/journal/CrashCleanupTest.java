package dev.freshpyc.indexer.repair.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.record.HeaderBytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The cleanup undoes the traces of a repair that was killed: changed mtimes and new directories. */
@EnabledOnOs(OS.LINUX)
class CrashCleanupTest {

    private static final FileTime BEFORE = FileTime.fromMillis(1_700_000_000_000L);
    private static final byte[] OLD = head(1);
    private static final byte[] NEW = head(2);

    private final Path directory;
    private final Path file;

    CrashCleanupTest(@TempDir Path temporary) throws IOException {
        directory = temporary.toRealPath();
        file = directory.resolve("m.cpython-311.pyc");
    }

    @Test
    void aFileWithTheNewHeaderGetsItsOldMtimeBack() throws IOException {
        assertThat(mtimeAfterCleanupOf(NEW)).isEqualTo(BEFORE);
    }

    @Test
    void aFileWithTheOldHeaderGetsItsOldMtimeBack() throws IOException {
        assertThat(mtimeAfterCleanupOf(OLD)).isEqualTo(BEFORE);
    }

    @Test
    void aFileThatAnotherProcessWroteKeepsItsMtime() throws IOException {
        assertThat(mtimeAfterCleanupOf(head(3))).isNotEqualTo(BEFORE);
        assertThat(mtimeAfterCleanupOf(Arrays.copyOf(NEW, 40))).isNotEqualTo(BEFORE);
    }

    @Test
    void aNewDirectoryIsRemovedWithItsTemporaryFiles() throws IOException {
        Path created = Files.createDirectory(directory.resolve("__pycache__"));
        Files.createFile(created.resolve(TemporaryName.PREFIX + "00" + TemporaryName.SUFFIX));

        cleanUpNewDirectory();

        assertThat(created).doesNotExist();
    }

    @Test
    void aNewDirectoryWithOtherFilesStays() throws IOException {
        Path other = Files.createDirectory(directory.resolve("__pycache__")).resolve("other.pyc");
        Files.createFile(other);

        cleanUpNewDirectory();

        assertThat(other).exists();
    }

    private void cleanUpNewDirectory() throws IOException {
        RawPath created = RawPath.of(directory.toString()).resolve(RawPath.of("__pycache__"));
        CrashCleanup.run(
                JournalEntries.of(List.of(JournalEntry.directoryMade(created), JournalEntry.directoryBegun(created))));
    }

    private FileTime mtimeAfterCleanupOf(byte[] content) throws IOException {
        Files.write(file, OLD);
        long inode = (Long) Files.getAttribute(file, "unix:ino");
        FileState before = new FileState(inode, OLD.length, BEFORE.toMillis() / 1000, 0);
        Files.write(file, content);
        CrashCleanup.run(JournalEntries.of(List.of(JournalEntry.restamped(
                RawPath.of(directory.toString()),
                RawPath.of("m.cpython-311.pyc"),
                RawPath.EMPTY,
                before,
                before,
                HeaderBytes.of(OLD, OLD.length),
                HeaderBytes.of(NEW, NEW.length)))));
        return Files.getLastModifiedTime(file);
    }

    private static byte[] head(int fill) {
        byte[] head = new byte[16];
        Arrays.fill(head, (byte) fill);
        return head;
    }
}
