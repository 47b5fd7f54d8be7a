package dev.freshpyc.indexer.fs.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.freshpyc.core.digest.Sha256;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.indexer.fs.OpenFile;
import dev.freshpyc.indexer.fs.TreeWriter;
import dev.freshpyc.indexer.fs.TreeWriter.SystemCallException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A writer copies bodies under new headers, gives nobody new rights, and keeps the atimes of files that it reads. */
@EnabledOnOs(OS.LINUX)
class LinuxTreeWriterTest {

    private static final byte[] EXPECTED = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] HEAD = "ABCDEFGHIJKLMNOP".getBytes(StandardCharsets.US_ASCII);
    private static final FileTime LONG_AGO = FileTime.fromMillis(1_000_000_000_000L);

    private final TreeWriter writer = new LinuxTreeWriter();
    private final Path top;
    private @Nullable OpenFile root;

    LinuxTreeWriterTest(@TempDir Path directory) throws IOException {
        top = directory.toRealPath();
    }

    @BeforeEach
    void open() throws SystemCallException {
        root = writer.openRoot(RawPath.of(top.toString()));
    }

    @AfterEach
    void close() {
        root().close();
        writer.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {16, 17, 5_000, 256 * 1024, 300_000, 1_000_000})
    void aCopyHasTheNewHeadAndTheOldBody(int size) throws Exception {
        byte[] old = content(size);
        assertThat(copy(old, size, EXPECTED)).isEqualTo(withNewHead(old));
    }

    /** Another process wrote a new header after the file was read. The times of the file need not show this write. */
    @ParameterizedTest
    @ValueSource(ints = {16, 5_000, 300_000})
    void aFileWithAnUnexpectedHeadIsNotCopied(int size) {
        byte[] old = content(size);
        old[15]++;
        assertThatThrownBy(() -> copy(old, size, EXPECTED)).hasMessageContaining("ESTALE");
    }

    @ParameterizedTest
    @CsvSource({"10,16", "4999,5000", "270000,300000"})
    void aFileShorterThanExpectedIsNotCopied(int size, int before) {
        assertThatThrownBy(() -> copy(content(size), before, EXPECTED)).hasMessageContaining("ESTALE");
    }

    /** The buffer still holds the head of the file that was copied before. */
    @Test
    void aFileShorterThanItsHeadIsNotCopiedAfterAnotherFile() throws Exception {
        copy(content(5_000), 5_000, EXPECTED);
        assertThatThrownBy(() -> copy(content(8), 5_000, EXPECTED)).hasMessageContaining("ESTALE");
    }

    @ParameterizedTest
    @CsvSource({
        "rw-r--r--,rw-r--r--",
        "rwxr-xr-x,rwxr-xr-x",
        "r--r--r--,rw-r--r--",
        "rw-rw-rw-,rw-r--r--",
        "rw-r-----,rw-------",
        "rw----r--,rw-------",
        "rw-------,rw-------"
    })
    void aNewFileGivesNobodyMoreRightsThanTheOldFile(String old, String expected) throws Exception {
        Path file = Files.createFile(top.resolve("old"));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(old));
        writer.createLike(root(), RawPath.of("new"), writer.stat(root(), RawPath.of("old")))
                .close();

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(top.resolve("new"))))
                .isIn(expected, "rw-------"); // a umask of 077 leaves rw-------
    }

    @Test
    void readingAFileKeepsItsAtime() throws Exception {
        Path control = fileWithOldTimes("control");
        Files.readAllBytes(control);
        assumeTrue(
                !Files.getAttribute(control, "lastAccessTime").equals(LONG_AGO),
                "NOT RUN: this file system does not update atimes");

        Path file = fileWithOldTimes("file");
        try (OpenFile opened = writer.open(root(), RawPath.of("file"), false)) {
            assertThat(writer.read(opened, 4)).hasSize(4);
        }

        assertThat(Files.getAttribute(file, "lastAccessTime")).isEqualTo(LONG_AGO);
    }

    /** Sizes around the size of the buffer. The digest may start behind a header. */
    @ParameterizedTest
    @CsvSource({"0,0", "1,0", "65535,0", "65536,0", "65537,16", "300000,16"})
    void theDigestOfAFileIsTheSha256OfItsBytes(int size, int from) throws Exception {
        byte[] content = content(size);
        Files.write(top.resolve("file"), content);
        try (OpenFile file = writer.open(root(), RawPath.of("file"), false)) {
            byte[] expected = Sha256.newDigest().digest(Arrays.copyOfRange(content, from, size));
            assertThat(writer.sha256(file, from, size)).isEqualTo(Sha256.of(expected));
        }
    }

    @Test
    void aFileThatBecameShorterHasNoDigest() throws Exception {
        Files.write(top.resolve("file"), content(100));
        try (OpenFile file = writer.open(root(), RawPath.of("file"), false)) {
            assertThatThrownBy(() -> writer.sha256(file, 0, 101))
                    .isInstanceOf(IOException.class)
                    .hasMessage("the file became shorter");
        }
    }

    @Test
    void aClosedFileCannotBeUsed() throws Exception {
        OpenFile closed = writer.create(root(), RawPath.of("new"));
        closed.close();
        closed.close();

        assertThatThrownBy(() -> writer.stat(closed)).isInstanceOf(IllegalStateException.class);
        assertThat(writer.list(root())).containsExactly(RawPath.of("new"));
    }

    private OpenFile root() {
        return Objects.requireNonNull(root);
    }

    private Path fileWithOldTimes(String name) throws IOException {
        Path file = Files.write(top.resolve(name), EXPECTED);
        Files.getFileAttributeView(file, BasicFileAttributeView.class).setTimes(LONG_AGO, LONG_AGO, null);
        return file;
    }

    private byte[] copy(byte[] old, long size, byte[] expected) throws IOException {
        Files.write(top.resolve("old"), old);
        Files.deleteIfExists(top.resolve("new"));
        try (OpenFile from = writer.open(root(), RawPath.of("old"), false);
                OpenFile made = writer.create(root(), RawPath.of("new"))) {
            writer.copy(from, made, size, expected, HEAD);
        }
        return Files.readAllBytes(top.resolve("new"));
    }

    private static byte[] content(int size) {
        byte[] content = new byte[size];
        for (int i = 0; i < size; i++) {
            content[i] = (byte) (i % 251);
        }
        System.arraycopy(EXPECTED, 0, content, 0, Math.min(size, EXPECTED.length));
        return content;
    }

    private static byte[] withNewHead(byte[] content) {
        byte[] changed = Arrays.copyOf(content, content.length);
        System.arraycopy(HEAD, 0, changed, 0, HEAD.length);
        return changed;
    }
}
