package dev.freshpyc.cli.serve.equivalence;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Properties;
import java.util.function.Consumer;
import org.postgresql.Driver;
import org.postgresql.PGProperty;

/**
 * A PostgreSQL database. Connections come from pools, which replace connections that the server has ended. Statements stay prepared with a
 * connection.
 *
 * <p>A transaction that waits for a lock, or whose client has vanished, ends after a bounded time, so that others do not wait for it.
 */
final class PostgresDatabase implements Database {

    private static final int READERS = 8;
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final Duration IDLE = Duration.ofMinutes(1);

    /** Makes commits wait for the disk, unless the server's default makes them wait for standby servers, too. */
    private static final String SESSION = """
            SET lock_timeout = '5s'; SET statement_timeout = '20s'; SET idle_in_transaction_session_timeout = '10s';
            SELECT set_config('synchronous_commit', 'on', false)
            WHERE current_setting('synchronous_commit') NOT IN ('on', 'remote_apply')""";

    /** Options for the driver that the URL does not have. Times are in seconds. */
    private static final Map<PGProperty, String> OPTIONS = Map.of(
            PGProperty.APPLICATION_NAME, "freshpyc",
            PGProperty.CONNECT_TIMEOUT, String.valueOf(PATIENCE.toSeconds()),
            PGProperty.SOCKET_TIMEOUT, "25",
            PGProperty.TCP_KEEP_ALIVE, "true",
            PGProperty.TARGET_SERVER_TYPE, "primary",
            PGProperty.REWRITE_BATCHED_INSERTS, "true");

    private final Dialect dialect = new PostgresDialect();
    private final InstantSource clock;
    private final Reachability reachability;
    private final HikariDataSource readers;
    private final HikariDataSource writers;

    private PostgresDatabase(PostgresAddress address, InstantSource clock, Consumer<String> tell) {
        this.clock = clock;
        reachability = new Reachability(address.toString(), "requests for equivalences are refused", tell);
        readers = new HikariDataSource(pool("readers", address, READERS));
        HikariConfig writing = pool("writer", address, 1);
        writing.setAutoCommit(false);
        writers = new HikariDataSource(writing);
    }

    /**
     * Connects to a database, and brings its schema to the version of this program.
     *
     * @param tell takes a line when the server stops answering, and when it answers again
     * @throws IOException when the database cannot be used
     */
    static PostgresDatabase open(PostgresAddress address, InstantSource clock, Consumer<String> tell)
            throws IOException {
        Properties properties = properties(address);
        try (Connection connection = new Driver().connect(address.url(), properties)) {
            if (connection == null) {
                throw new IOException(address + ": not an address that the driver accepts");
            }
            requireUnicode(connection);
            Migrations.apply(connection, new PostgresDialect());
        } catch (SQLException unusable) {
            throw new IOException(address + ": " + unusable.getMessage(), unusable);
        }
        return new PostgresDatabase(address, clock, tell);
    }

    private static void requireUnicode(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SHOW server_encoding")) {
            row.next();
            if (!"UTF8".equals(row.getString(1))) {
                throw new SQLException(
                        "its encoding is " + row.getString(1) + ": make the database with ENCODING 'UTF8'");
            }
        }
    }

    private static Properties properties(PostgresAddress address) {
        Properties properties = address.properties();
        OPTIONS.forEach((option, value) -> {
            if (!address.has(option)) {
                properties.setProperty(option.getName(), value);
            }
        });
        return properties;
    }

    private static HikariConfig pool(String name, PostgresAddress address, int most) {
        HikariConfig config = new HikariConfig();
        config.setPoolName(name);
        config.setDriverClassName(Driver.class.getName());
        config.setJdbcUrl(address.url());
        config.setDataSourceProperties(properties(address));
        config.setMaximumPoolSize(most);
        config.setMinimumIdle(1);
        config.setIdleTimeout(IDLE.toMillis());
        config.setConnectionTimeout(PATIENCE.toMillis());
        config.setValidationTimeout(PATIENCE.toMillis() / 2);
        config.setInitializationFailTimeout(-1);
        config.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
        config.setConnectionInitSql(SESSION);
        return config;
    }

    @Override
    public Dialect dialect() {
        return dialect;
    }

    @Override
    public <T> T read(RowReading<T> reading) throws IOException {
        try (Connection connection = readers.getConnection()) {
            T result = reading.of(new Lookups(connection, dialect));
            reachability.answered();
            return result;
        } catch (SQLException failed) {
            reachability.failed(reason(failed));
            throw new IOException(failed);
        }
    }

    @Override
    public void write(RowWriting writing) throws SQLException {
        try (Connection connection = writers.getConnection();
                Transactions transactions = dialect.transactions(connection)) {
            writing.with(transactions, new WritingStatements(connection, clock));
            reachability.answered();
        } catch (SQLException failed) {
            if (dialect.kind(failed) == Dialect.Failure.OTHER) {
                reachability.failed(reason(failed));
            }
            throw failed;
        }
    }

    @Override
    public void closeWriter() {
        writers.close();
    }

    @Override
    public void closeReaders() {
        readers.close();
    }

    /** The reason of a failure: the driver's message, since the pool's own message says only that it waited. */
    private static String reason(SQLException failure) {
        Throwable cause = failure.getCause() instanceof SQLException driver ? driver : failure;
        return String.valueOf(cause.getMessage()).lines().findFirst().orElse("");
    }
}
