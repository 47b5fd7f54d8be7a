package dev.freshpyc.cli.serve.equivalence;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** The store in a PostgreSQL database. */
@Timeout(60)
@EnabledOnOs(OS.LINUX)
class PostgresStoreTest extends EquivalenceStoreContract {

    private static PostgresServer server;

    private final String url;

    PostgresStoreTest() throws SQLException {
        url = server.newUrl();
    }

    @BeforeAll
    static void startServer() throws IOException, InterruptedException {
        server = PostgresServer.start();
    }

    @AfterAll
    static void stopServer() throws IOException, InterruptedException {
        server.close();
    }

    @Override
    EquivalenceStore open() throws IOException {
        return EquivalenceStore.open(PostgresAddress.of(url, Optional.of(PostgresServer.PASSWORD)), LEASE, _ -> {});
    }

    @Override
    Connection connect() throws SQLException {
        return PostgresServer.connectTo(url);
    }
}
