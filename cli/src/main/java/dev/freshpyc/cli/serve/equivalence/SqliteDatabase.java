package dev.freshpyc.cli.serve.equivalence;

import dev.freshpyc.core.path.JavaPath;
import dev.freshpyc.core.store.file.Ownership;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;
import java.util.concurrent.BlockingDeque;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.JournalMode;
import org.sqlite.SQLiteConfig.SynchronousMode;

/** A SQLite file. Its connections stay open, with their statements. */
final class SqliteDatabase implements Database {

    private static final int READERS = 4;
    private static final long PATIENCE_SECONDS = 5;

    /** How long a transaction waits for those of other processes. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /** The pages of the log after which its rows move to the file. With more than SQLite's 1,000, a first fill writes fewer pages twice. */
    private static final int LOG_PAGES = 8_000;

    private static final int MAX_LOG_BYTES = 64 * 1024 * 1024;
    private static final int WRITER_CACHE_KIB = 32 * 1024;

    /** Has the index of a million tasks, so that an answer reads one page of the file. Only readers in use fill their caches. */
    private static final int READER_CACHE_KIB = 24 * 1024;

    private final Dialect dialect = new SqliteDialect();

    /** The reader that was used last is taken first, since it has most pages in its cache. */
    private final BlockingDeque<Lookups> readers = new LinkedBlockingDeque<>();

    private final Connection writer;
    private final Transactions transactions;
    private final WritingStatements changes;
    private volatile boolean isClosed;

    private SqliteDatabase(String url, InstantSource clock) throws SQLException {
        try (Connection connection = connect(url, WRITER_CACHE_KIB)) {
            Migrations.apply(connection, dialect);
        }
        writer = connect(url, WRITER_CACHE_KIB);
        transactions = dialect.transactions(writer);
        changes = new WritingStatements(writer, clock);
        for (int count = 0; count < READERS; count++) {
            readers.add(new Lookups(connect(url, READER_CACHE_KIB), dialect));
        }
    }

    /**
     * Opens the database in a file, which is made if it does not exist.
     *
     * @throws IOException when the file cannot be used, or other users may change it
     */
    static SqliteDatabase open(Path file, InstantSource clock) throws IOException {
        Path absolute = file.toAbsolutePath();
        Path directory = Objects.requireNonNullElse(absolute.getParent(), absolute);
        if (Files.notExists(directory)) {
            Files.createDirectories(directory);
        }
        require(directory, Ownership.objectionToDirectory(directory));
        require(file, Files.notExists(file) ? null : Ownership.objectionToFile(file));
        String name = JavaPath.toRaw(absolute).toPython();
        require(file, name.indexOf('?') < 0 ? null : "its path has a question mark");
        require(file, StandardCharsets.UTF_8.newEncoder().canEncode(name) ? null : "its path is not UTF-8");
        try {
            return new SqliteDatabase("jdbc:sqlite:" + name, clock);
        } catch (SQLException unusable) {
            throw new FileSystemException(file.toString(), null, unusable.getMessage());
        }
    }

    private static void require(Path path, @Nullable String objection) throws FileSystemException {
        if (objection != null) {
            throw new FileSystemException(path.toString(), null, objection);
        }
    }

    /** Connects without {@link java.sql.DriverManager}, which would load the driver of the other database, too. */
    private static Connection connect(String url, int cacheKib) throws SQLException {
        SQLiteConfig config = new SQLiteConfig();
        config.setJournalMode(JournalMode.WAL);
        config.setSynchronous(SynchronousMode.FULL);
        config.setBusyTimeout((int) PATIENCE.toMillis());
        config.setJournalSizeLimit(MAX_LOG_BYTES);
        config.setCacheSize(-cacheKib); // negative: in KiB
        config.setPragma(SQLiteConfig.Pragma.WAL_AUTOCHECKPOINT, String.valueOf(LOG_PAGES));
        return config.createConnection(url);
    }

    @Override
    public Dialect dialect() {
        return dialect;
    }

    @Override
    public <T> T read(RowReading<T> reading) throws IOException, InterruptedException {
        @Nullable Lookups lookups = isClosed ? null : readers.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        if (lookups == null) {
            throw new IOException("all readers are busy, or the store is closed");
        }
        try {
            return reading.of(lookups);
        } catch (SQLException failed) {
            throw new IOException(failed);
        } finally {
            readers.addFirst(lookups);
        }
    }

    @Override
    public void write(RowWriting writing) throws SQLException {
        writing.with(transactions, changes);
    }

    @Override
    public void closeWriter() throws SQLException {
        writer.close();
    }

    @Override
    public void closeReaders() throws SQLException, InterruptedException {
        for (int count = 0; count < READERS; count++) {
            @Nullable Lookups lookups = isClosed ? null : readers.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (lookups != null) {
                lookups.close();
            }
        }
        isClosed = true;
    }
}
