package dev.freshpyc.core.store.chronicle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.store.Draft;
import dev.freshpyc.core.store.RecordedEvents;
import dev.freshpyc.core.store.RootRights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checks that an index file is neither read nor deleted if another user could have written the file. */
class UntrustedIndexTest {

    private static final RawPath ENTRY = RawPath.of("/opt/app");
    private static final int OTHER_USER = 54_321;

    @TempDir
    private Path parent;

    private final RecordedEvents events = new RecordedEvents();
    private Path directory;
    private Path file;

    @BeforeEach
    void publish() throws IOException {
        directory = parent.resolve("a/b");
        try (Draft draft = store().draft(ENTRY)) {
            draft.publish(1);
        }
        try (Stream<Path> files = Files.list(directory)) {
            file = files.findFirst().orElseThrow();
        }
    }

    @Test
    void onlyTheOwnerMayWriteNewFilesAndDirectories() throws IOException {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .matches("rw-r?-?-?r?--");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory)))
                .matches("rwx.-..-.");
        assertThat(store().open(ENTRY)).isPresent();
    }

    @Test
    void aFileThatOthersMayWriteIsNotRead() throws IOException {
        setMode(file, "rw-rw-r--");
        assertNeitherReadNorDeleted("users other than its owner may write to it");
    }

    @Test
    void aDirectoryThatOthersMayWriteIsNotRead() throws IOException {
        setMode(directory, "rwxr-xrwx");
        assertNeitherReadNorDeleted("users other than its owner may write to it");
    }

    @Test
    void aFileOfAnotherUserIsNotRead() throws IOException {
        RootRights.require("only root can give files away");
        Files.setAttribute(file, "unix:uid", OTHER_USER);
        assertNeitherReadNorDeleted("it belongs to user " + OTHER_USER);
    }

    @Test
    void aDirectoryOfAnotherUserIsNotRead() throws IOException {
        RootRights.require("only root can give files away");
        Files.setAttribute(directory, "unix:uid", OTHER_USER);
        assertNeitherReadNorDeleted("it belongs to user " + OTHER_USER);
    }

    @Test
    void aSymbolicLinkIsNotRead() throws IOException {
        Path linkTarget = Files.move(file, parent.resolve("linkTarget"));
        Files.createSymbolicLink(file, linkTarget);
        assertNeitherReadNorDeleted("it is no regular file");
    }

    @Test
    void aDirectoryInPlaceOfTheFileIsNotRead() throws IOException {
        Files.delete(file);
        Files.createDirectory(file);
        assertNeitherReadNorDeleted("it is no regular file");
    }

    private void assertNeitherReadNorDeleted(String why) throws IOException {
        ChronicleStore store = store();
        assertThat(store.open(ENTRY)).isEmpty();
        assertThat(store.info(ENTRY)).isEmpty();
        assertThat(store.list()).isEmpty();
        try (Draft draft = store.draft(ENTRY)) {
            assertThat(draft.base()).isEmpty();
            assertThatIOException()
                    .isThrownBy(() -> draft.publish(2))
                    .withMessageContaining("cannot write " + file)
                    .withMessageContaining(why);
        }
        assertThat(events.messages()).hasSize(1).first().asString().contains(why);
        assertThat(file.toFile()).matches(there -> Files.exists(there.toPath()));
    }

    private static void setMode(Path path, String mode) throws IOException {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(mode));
    }

    private ChronicleStore store() {
        return new ChronicleStore(directory, events);
    }
}
