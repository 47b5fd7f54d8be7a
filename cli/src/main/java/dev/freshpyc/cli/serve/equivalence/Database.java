package dev.freshpyc.cli.serve.equivalence;

import dev.freshpyc.core.store.file.Ownership;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.JournalMode;
import org.sqlite.SQLiteConfig.SynchronousMode;

/** A SQLite file, which any number of processes may use at once. */
final class Database {

    /** How long a transaction waits for those of other processes. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /** Pages of the log before its rows move to the file; more than SQLite's 1,000 writes fewer pages twice in a first fill. */
    private static final int LOG_PAGES = 8_000;

    private static final int MAX_LOG_BYTES = 64 * 1024 * 1024;
    private static final int WRITER_CACHE_KIB = 32 * 1024;
    private static final int READER_CACHE_KIB = 8 * 1024;

    private final Path file;

    private Database(Path file) {
        this.file = file;
    }

    /**
     * The database in a file, which is made if there is none.
     *
     * @throws IOException when the file cannot be used, or is one that other users may change
     */
    static Database open(Path file) throws IOException {
        Path absolute = file.toAbsolutePath();
        Path directory = Objects.requireNonNullElse(absolute.getParent(), absolute);
        if (Files.notExists(directory)) {
            Files.createDirectories(directory);
        }
        require(directory, Ownership.objectionToDirectory(directory));
        require(file, Files.notExists(file) ? null : Ownership.objectionToFile(file));
        require(file, absolute.toString().indexOf('?') < 0 ? null : "its path has a question mark; choose another");
        Database database = new Database(absolute);
        try (Connection connection = database.connect(WRITER_CACHE_KIB)) {
            Migrations.apply(connection);
        } catch (SQLException unusable) {
            throw new FileSystemException(file.toString(), null, unusable.getMessage());
        }
        return database;
    }

    private static void require(Path path, @Nullable String objection) throws FileSystemException {
        if (objection != null) {
            throw new FileSystemException(path.toString(), null, objection);
        }
    }

    /** A connection that reads. */
    Connection reader() throws SQLException {
        return connect(READER_CACHE_KIB);
    }

    /** A connection that writes. */
    Connection writer() throws SQLException {
        return connect(WRITER_CACHE_KIB);
    }

    private Connection connect(int cacheKib) throws SQLException {
        SQLiteConfig config = new SQLiteConfig();
        config.setJournalMode(JournalMode.WAL);
        config.setSynchronous(SynchronousMode.FULL);
        config.setBusyTimeout((int) PATIENCE.toMillis());
        config.setJournalSizeLimit(MAX_LOG_BYTES);
        config.setCacheSize(-cacheKib); // negative: in KiB
        config.setPragma(SQLiteConfig.Pragma.WAL_AUTOCHECKPOINT, String.valueOf(LOG_PAGES));
        return DriverManager.getConnection("jdbc:sqlite:" + file, config.toProperties());
    }
}
