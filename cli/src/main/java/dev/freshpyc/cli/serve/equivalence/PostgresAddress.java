package dev.freshpyc.cli.serve.equivalence;

import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.postgresql.Driver;
import org.postgresql.PGProperty;

/**
 * The address of a PostgreSQL database, and the password for it. A password never comes from the URL, which every user of the machine can
 * see in the command line. It comes from a file of its own, from {@code PGPASSWORD}, or from {@code PGPASSFILE} or {@code ~/.pgpass},
 * which the driver reads.
 */
public final class PostgresAddress {

    /** The beginning of URLs. */
    public static final String PREFIX = "jdbc:postgresql:";

    private static final Set<PGProperty> SECRETS = Set.of(PGProperty.PASSWORD, PGProperty.SSL_PASSWORD);

    /** Silences the driver, whose log would repeat a wrong URL with its secrets. The logger is kept here, since Java drops unused loggers. */
    private static final Logger SILENT = Logger.getLogger("org.postgresql");

    static {
        SILENT.setLevel(Level.OFF);
    }

    private final String url;
    private final Properties parsed;
    private final Optional<String> password;

    private PostgresAddress(String url, Properties parsed, Optional<String> password) {
        this.url = url;
        this.parsed = parsed;
        this.password = password;
    }

    /**
     * The address in a URL.
     *
     * @throws IllegalArgumentException when the URL has no address, with a reason that does not repeat a password
     */
    public static PostgresAddress of(String url, Optional<String> password) {
        String[] parts = url.split("\\?", 2);
        String query = parts.length == 1 ? "" : parts[1];
        for (String parameter : query.split("&", -1)) {
            if (SECRETS.stream().anyMatch(secret -> parameter.startsWith(secret.getName() + "="))) {
                throw new IllegalArgumentException(
                        "a password in a command line can be read by every user of the machine");
            }
        }
        if (parts[0].contains("@")) {
            throw new IllegalArgumentException("the user is named with ?user=NAME");
        }
        @Nullable Properties parsed = Driver.parseURL(url, new Properties());
        if (parsed == null || PGProperty.PG_DBNAME.getOrDefault(parsed) == null) {
            throw new IllegalArgumentException("not " + PREFIX + "//HOST/DATABASE");
        }
        String servers = PGProperty.TARGET_SERVER_TYPE.getOrDefault(parsed);
        if (parsed.getProperty(PGProperty.TARGET_SERVER_TYPE.getName()) != null && !"primary".equals(servers)) {
            throw new IllegalArgumentException(
                    "only targetServerType=primary is possible, as other servers may be behind");
        }
        return new PostgresAddress(url, parsed, password);
    }

    private static String database(Properties parsed) {
        return String.valueOf(PGProperty.PG_DBNAME.getOrDefault(parsed));
    }

    /** The URL for the driver, without a password. */
    String url() {
        return url;
    }

    /** Options for the driver besides the URL. Where the URL has the same option, the URL's value counts. */
    Properties properties() {
        Properties properties = new Properties();
        password.ifPresent(secret -> properties.setProperty(PGProperty.PASSWORD.getName(), secret));
        return properties;
    }

    /** Whether the URL has a value for an option of the driver. */
    boolean has(PGProperty option) {
        return parsed.getProperty(option.getName()) != null;
    }

    /** Hosts and database, for messages. */
    @Override
    public String toString() {
        return "database " + database(parsed) + " at " + PGProperty.PG_HOST.getOrDefault(parsed) + ":"
                + PGProperty.PG_PORT.getOrDefault(parsed);
    }
}
