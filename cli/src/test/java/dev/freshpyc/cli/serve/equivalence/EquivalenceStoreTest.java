package dev.freshpyc.cli.serve.equivalence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The store in a SQLite file. */
@Timeout(60)
class EquivalenceStoreTest extends EquivalenceStoreContract {

    private final Path file;

    EquivalenceStoreTest(@TempDir Path directory) {
        file = directory.resolve("made/equivalence.sqlite");
    }

    @Override
    EquivalenceStore open() throws IOException {
        return EquivalenceStore.open(file, LEASE);
    }

    @Override
    Connection connect() throws SQLException {
        return DriverManager.getConnection("jdbc:sqlite:" + file);
    }

    @Test
    void aFileThatIsNoDatabaseIsRefused(@TempDir Path directory) throws IOException {
        Path other =
                Files.writeString(directory.resolve("a"), "no database, but more bytes than a header has".repeat(9));

        assertThatThrownBy(() -> EquivalenceStore.open(other))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("a: ");
        assertThat(other).hasSize(405);
    }

    @Test
    void theSchemaOfANewerProgramIsRefused(@TempDir Path directory) throws Exception {
        Path newer = directory.resolve("newer.sqlite");
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + newer)) {
            connection.createStatement().execute("PRAGMA user_version = 99");
        }

        assertThatThrownBy(() -> EquivalenceStore.open(newer)).hasMessageContaining("newer freshpyc (schema 99");
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void anUnsafePathIsRefused(@TempDir Path directory) throws IOException {
        Path shared = Files.createDirectory(directory.resolve("shared"));
        Files.setPosixFilePermissions(shared, PosixFilePermissions.fromString("rwxrwxrwx"));
        Path link = Files.createSymbolicLink(directory.resolve("link"), file);

        assertThatThrownBy(() -> EquivalenceStore.open(shared.resolve("a"))).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> EquivalenceStore.open(link)).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> EquivalenceStore.open(directory.resolve("a?mode=ro")))
                .hasMessageContaining("question");
    }
}
