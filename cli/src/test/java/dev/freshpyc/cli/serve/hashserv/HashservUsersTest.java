package dev.freshpyc.cli.serve.hashserv;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The permissions of users, in a service where only clients with a token may write. */
@Timeout(60)
class HashservUsersTest {

    private static final Pattern TOKEN = Pattern.compile("\"token\":\"([A-Za-z0-9._]{64})\"");
    private static final String REPORT =
            "{\"report\": {\"taskhash\": \"t\", \"method\": \"m\", \"outhash\": \"o\", \"unihash\": \"u\", \"owner\": \"me\"}}";
    private static final String GET = "{\"get\": {\"taskhash\": \"t\", \"method\": \"m\"}}";

    private final Path directory;
    private final RunningHashserv service;

    HashservUsersTest(@TempDir Path directory) throws IOException {
        this.directory = directory;
        service = RunningHashserv.withToken(directory);
    }

    @AfterEach
    void stop() {
        service.close();
    }

    private static String auth(String name, String token) {
        return "{\"auth\": {\"username\": \"" + name + "\", \"token\": \"" + token + "\"}}";
    }

    private HashservClient as(String name, String token) throws IOException {
        HashservClient client = service.client();
        assertThat(client.ask(auth(name, token))).startsWith("{\"result\":true,\"username\":\"" + name + "\"");
        return client;
    }

    private String create(String name, String permissions) throws IOException {
        try (HashservClient admin = as("admin", RunningHashserv.SECRET)) {
            return token(admin.ask(
                    "{\"new-user\": {\"username\": \"" + name + "\", \"permissions\": [" + permissions + "]}}"));
        }
    }

    private static String token(String answer) {
        Matcher match = TOKEN.matcher(answer);
        assertThat(match.find()).as(answer).isTrue();
        return match.group(1);
    }

    /** Sends a message from a client without authentication and returns the answer. */
    private String anonymous(String message) throws IOException {
        try (HashservClient client = service.client()) {
            return client.ask(message);
        }
    }

    @Test
    void anAnonymousUserMayOnlyRead() throws IOException {
        assertThat(anonymous(REPORT)).isEqualTo("{\"taskhash\":\"t\",\"method\":\"m\",\"unihash\":\"u\"}");
        assertThat(anonymous(GET)).as("the report was not stored").isEqualTo("null");
        for (String message : new String[] {
            "{\"report-equiv\": {\"taskhash\": \"t\", \"method\": \"m\", \"unihash\": \"u\"}}",
            "{\"remove\": {\"where\": {\"method\": \"m\"}}}",
            "{\"clean-unused\": {\"max_age_seconds\": 0}}",
            "{\"gc-mark\": {\"mark\": \"A\", \"where\": {}}}",
            "{\"gc-mark-stream\": null}",
            "{\"gc-sweep\": {\"mark\": \"A\"}}",
            "{\"gc-status\": {}}",
            "{\"reset-stats\": null}",
            "{\"get-db-usage\": {}}",
            "{\"new-user\": {\"username\": \"a\", \"permissions\": []}}",
            "{\"get-user\": {}}",
            "{\"get-user\": {\"username\": \"admin\"}}",
            "{\"get-all-users\": {}}",
            "{\"become-user\": {\"username\": \"admin\"}}",
            "{\"refresh-token\": {}}",
            "{\"set-user-perms\": {\"username\": \"a\", \"permissions\": [\"@all\"]}}",
            "{\"delete-user\": {\"username\": \"a\"}}"
        }) {
            assertThat(anonymous(message))
                    .as(message)
                    .contains("invoke-error", "Anonymous user has not the permission @");
        }
    }

    @Test
    void aUserMayDoOnlyWhatItsPermissionsAllow() throws Exception {
        String token = create("builder", "\"@read\", \"@report\"");
        try (HashservClient builder = as("builder", token)) {
            assertThat(builder.ask(REPORT)).contains("\"unihash\":\"u\"");
            assertThat(builder.ask("{\"get\": {\"taskhash\": \"t\", \"method\": \"m\", \"all\": true}}"))
                    .contains("\"owner\":\"builder\"");
            assertThat(builder.ask("{\"get-user\": {}}"))
                    .isEqualTo("{\"username\":\"builder\",\"permissions\":[\"@read\",\"@report\"]}");
            assertThat(builder.ask("{\"gc-status\": {}}")).contains("builder has not the permission @db-admin");
        }
        assertThat(Files.readString(directory.resolve("equivalence.sqlite-wal"), StandardCharsets.ISO_8859_1))
                .as("the token is kept as a hash")
                .contains("sha256:")
                .doesNotContain(token);
    }

    @Test
    void aWrongTokenIsRefusedAfterADelay() throws IOException {
        create("builder", "");
        for (String message : new String[] {
            auth("builder", "wrong"), auth("nobody", "x"), auth("admin", "x"), auth("builder", RunningHashserv.SECRET)
        }) {
            long begun = System.nanoTime();
            assertThat(anonymous(message)).contains("Unable to authenticate as ");
            assertThat(System.nanoTime() - begun).isGreaterThan(900_000_000L);
        }
    }

    @Test
    void aUserMayReplaceItsOwnTokenAndDeleteItself() throws IOException {
        String token = create("builder", "");
        String other = create("other", "\"@all\"");
        String fresh;
        try (HashservClient builder = as("builder", token)) {
            fresh = token(builder.ask("{\"refresh-token\": {}}"));
            assertThat(builder.ask("{\"delete-user\": {\"username\": \"other\"}}"))
                    .contains("invoke-error");
        }
        assertThat(anonymous(auth("builder", token))).contains("Unable");
        try (HashservClient builder = as("builder", fresh)) {
            assertThat(builder.ask("{\"delete-user\": {\"username\": \"builder\"}}"))
                    .isEqualTo("{\"username\":\"builder\"}");
        }
        assertThat(anonymous(auth("builder", fresh))).contains("Unable");
        as("other", other).close();
    }

    @Test
    void anAdministratorManagesUsers() throws IOException {
        create("a", "\"@user-admin\"");
        try (HashservClient admin = as("admin", RunningHashserv.SECRET)) {
            assertThat(admin.ask(
                            "{\"set-user-perms\": {\"username\": \"a\", \"permissions\": [\"@read\", \"@none\"]}}"))
                    .isEqualTo("{\"username\":\"a\",\"permissions\":[\"@read\"]}");
            assertThat(admin.ask("{\"get-all-users\": {}}"))
                    .isEqualTo(
                            "{\"users\":[{\"username\":\"admin\",\"permissions\":[\"@all\",\"@db-admin\",\"@read\",\"@report\","
                                    + "\"@user-admin\"]},{\"username\":\"a\",\"permissions\":[\"@read\"]}]}");
            assertThat(admin.ask("{\"get-user\": {\"username\": \"none\"}}")).isEqualTo("null");
            assertThat(admin.ask("{\"become-user\": {\"username\": \"admin\"}}"))
                    .contains("\"@all\"");
            assertThat(admin.ask("{\"become-user\": {\"username\": \"a\"}}"))
                    .isEqualTo("{\"username\":\"a\",\"permissions\":[\"@read\"]}");
            assertThat(admin.ask("{\"become-user\": {\"username\": \"a\"}}"))
                    .contains("a has not the permission @user-admin");
        }
        for (String message : new String[] {
            "{\"new-user\": {\"username\": \"a\", \"permissions\": []}}",
            "{\"new-user\": {\"username\": \"admin\", \"permissions\": []}}",
            "{\"new-user\": {\"username\": \"a b\", \"permissions\": []}}",
            "{\"new-user\": {\"username\": \"b\", \"permissions\": [\"@root\"]}}",
            "{\"new-user\": {\"username\": \"b\", \"permissions\": \"@all\"}}",
            "{\"delete-user\": {\"username\": \"none\"}}",
            "{\"refresh-token\": {\"username\": \"admin\"}}",
            "{\"become-user\": {\"username\": \"none\"}}"
        }) {
            try (HashservClient admin = as("admin", RunningHashserv.SECRET)) {
                assertThat(admin.ask(message)).as(message).startsWith("{\"invoke-error\":");
            }
        }
    }
}
