package dev.freshpyc.indexer.repair.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.record.HeaderBytes;
import dev.freshpyc.indexer.repair.write.PycWriter;
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

/** What a run that was killed at a write in place may leave, and what the next one makes of it. */
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
    void aNewHeaderGetsTheTimeThatTheOldOneHad() throws IOException {
        assertThat(timeAfterAKillThatLeft(NEW)).isEqualTo(BEFORE);
    }

    @Test
    void anOldHeaderToo() throws IOException {
        assertThat(timeAfterAKillThatLeft(OLD)).isEqualTo(BEFORE);
    }

    @Test
    void whatSomebodyElseWroteKeepsItsTime() throws IOException {
        assertThat(timeAfterAKillThatLeft(head(3))).isNotEqualTo(BEFORE);
        assertThat(timeAfterAKillThatLeft(Arrays.copyOf(NEW, 40))).isNotEqualTo(BEFORE);
    }

    @Test
    void aDirectoryMadeForNewFilesGoesWithThem() throws IOException {
        Path made = Files.createDirectory(directory.resolve("__pycache__"));
        Files.createFile(made.resolve(PycWriter.RUN + "00" + PycWriter.TEMPORARY));

        clearMade();

        assertThat(made).doesNotExist();
    }

    @Test
    void aDirectoryMadeForNewFilesStaysWithOthers() throws IOException {
        Path other = Files.createDirectory(directory.resolve("__pycache__")).resolve("other.pyc");
        Files.createFile(other);

        clearMade();

        assertThat(other).exists();
    }

    private void clearMade() {
        RawPath parent = RawPath.of(directory.toString());
        RawPath made = RawPath.of("__pycache__");
        CrashCleanup.clear(List.of(
                JournalEntry.ofDirectory(JournalEntry.Kind.MADE, parent, made, RawPath.EMPTY),
                JournalEntry.ofDirectory(
                        JournalEntry.Kind.BEGUN, parent.resolve(made), RawPath.EMPTY, RawPath.of(PycWriter.RUN))));
    }

    private FileTime timeAfterAKillThatLeft(byte[] content) throws IOException {
        Files.write(file, OLD);
        long inode = (Long) Files.getAttribute(file, "unix:ino");
        FileState before = new FileState(inode, OLD.length, BEFORE.toMillis() / 1000, 0);
        Files.write(file, content);
        CrashCleanup.clear(List.of(new JournalEntry(
                JournalEntry.Kind.RESTAMPED,
                RawPath.of(directory.toString()),
                RawPath.of("m.cpython-311.pyc"),
                RawPath.EMPTY,
                before,
                before,
                HeaderBytes.of(OLD, OLD.length),
                HeaderBytes.of(NEW, NEW.length),
                JournalEntry.NOTHING_KEPT)));
        return Files.getLastModifiedTime(file);
    }

    private static byte[] head(int filling) {
        byte[] head = new byte[16];
        Arrays.fill(head, (byte) filling);
        return head;
    }
}
