package dev.freshpyc.cli.serve.hashserv;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The answer to each command of OEHASHEQUIV. */
@Timeout(60)
class HashservCommandsTest {

    private final Path directory;
    private final RunningHashserv service;
    private final HashservClient client;

    HashservCommandsTest(@TempDir Path directory) throws IOException {
        this.directory = directory;
        service = RunningHashserv.of(directory);
        client = service.client();
    }

    @AfterEach
    void stop() throws IOException {
        client.close();
        service.close();
    }

    private String report(String taskhash, String outhash, String unihash) throws IOException {
        return client.ask("{\"report\": {\"taskhash\": \"" + taskhash + "\", \"method\": \"m\", \"outhash\": \""
                + outhash + "\", \"unihash\": \"" + unihash + "\", \"PN\": \"zlib\", \"other\": [1]}}");
    }

    private String get(String taskhash) throws IOException {
        return client.ask("{\"get\": {\"taskhash\": \"" + taskhash + "\", \"method\": \"m\", \"all\": false}}");
    }

    private static String equivalence(String taskhash, String unihash) {
        return "{\"taskhash\":\"" + taskhash + "\",\"method\":\"m\",\"unihash\":\"" + unihash + "\"}";
    }

    @Test
    void pingIsAnswered() throws IOException {
        assertThat(client.ask("{\"ping\": {}}")).isEqualTo("{\"alive\":true}");
    }

    @Test
    void aReportedTaskIsKnown() throws IOException {
        assertThat(get("t1")).isEqualTo("null");
        assertThat(report("t1", "o", "u1")).isEqualTo(equivalence("t1", "u1"));
        assertThat(report("t2", "o", "u2")).isEqualTo(equivalence("t2", "u1"));
        assertThat(get("t1")).isEqualTo(equivalence("t1", "u1"));
        assertThat(get("t2")).isEqualTo(equivalence("t2", "u1"));
        try (HashservClient other = service.client()) {
            assertThat(other.ask("{\"get\": {\"method\": \"m\", \"taskhash\": \"t2\"}}"))
                    .isEqualTo(equivalence("t2", "u1"));
        }
    }

    @Test
    void aTaskNeverGetsASecondUnihash() throws IOException {
        report("t1", "o1", "u1");

        assertThat(report("t1", "o2", "u2")).isEqualTo(equivalence("t1", "u1"));
        assertThat(report("t3", "o2", "u3")).isEqualTo(equivalence("t3", "u1"));
        report("t4", "o4", "u4");
        assertThat(report("t4", "o1", "u4")).isEqualTo(equivalence("t4", "u4"));
        assertThat(get("t4")).isEqualTo(equivalence("t4", "u4"));
    }

    @Test
    void getReturnsTheWholeRowOnRequest() throws IOException {
        report("t1", "o", "u1");

        assertThat(client.ask("{\"get\": {\"taskhash\": \"t1\", \"method\": \"m\", \"all\": true}}"))
                .matches(
                        "\\{\"id\":1,\"method\":\"m\",\"taskhash\":\"t1\",\"outhash\":\"o\",\"unihash\":\"u1\",\"owner\":null,"
                                + "\"PN\":\"zlib\",\"PV\":null,\"PR\":null,\"task\":null,\"outhash_siginfo\":null,"
                                + "\"created\":\"\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ\"}");
        client.ask("{\"report-equiv\": {\"taskhash\": \"t2\", \"method\": \"m\", \"unihash\": \"u1\"}}");
        assertThat(client.ask("{\"get\": {\"taskhash\": \"t2\", \"method\": \"m\", \"all\": true}}"))
                .as("no output is known")
                .isEqualTo("null");
    }

    @Test
    void getOuthashReturnsTheOldestTaskOfAnOutput() throws IOException {
        String question = "{\"get-outhash\": {\"method\": \"m\", \"outhash\": \"o\", \"taskhash\": \"other\"}}";
        assertThat(client.ask(question)).isEqualTo("null");
        report("t1", "o", "u1");
        report("t2", "o", "u2");

        assertThat(client.ask(question)).contains("\"taskhash\":\"t1\"", "\"unihash\":\"u1\"");
        assertThat(client.ask("{\"get-outhash\": {\"method\": \"m\", \"outhash\": \"o\", \"with_unihash\": false}}"))
                .contains("\"taskhash\":\"t1\"")
                .doesNotContain("unihash\":");
    }

    @Test
    void anEquivalenceIsStoredUnlessTheTaskHasAUnihash() throws IOException {
        String question = "{\"report-equiv\": {\"taskhash\": \"t\", \"method\": \"m\", \"unihash\": \"%s\"}}";

        assertThat(client.ask(question.formatted("u1"))).isEqualTo(equivalence("t", "u1"));
        assertThat(client.ask(question.formatted("u2"))).isEqualTo(equivalence("t", "u1"));
        assertThat(get("t")).isEqualTo(equivalence("t", "u1"));
    }

    @Test
    void removingAUnihashLeavesTheOutputUntilItIsCleanedUp() throws IOException {
        report("t1", "o", "u1");
        get("t1"); // now in the cache
        assertThat(client.ask("{\"clean-unused\": {\"max_age_seconds\": 0}}")).isEqualTo("{\"count\":0}");

        assertThat(client.ask("{\"remove\": {\"where\": {\"unihash\": \"u1\"}}}"))
                .isEqualTo("{\"count\":1}");

        String row = "{\"get-outhash\": {\"method\": \"m\", \"outhash\": \"o\", \"with_unihash\": false}}";
        assertThat(get("t1")).isEqualTo("null");
        assertThat(client.ask(row)).contains("\"taskhash\":\"t1\"");
        assertThat(client.ask("{\"get-outhash\": {\"method\": \"m\", \"outhash\": \"o\"}}"))
                .isEqualTo("null");
        assertThat(client.ask("{\"clean-unused\": {\"max_age_seconds\": 3600}}"))
                .isEqualTo("{\"count\":0}");
        assertThat(client.ask("{\"clean-unused\": {\"max_age_seconds\": 0}}")).isEqualTo("{\"count\":1}");
        assertThat(client.ask(row)).isEqualTo("null");
    }

    @Test
    void removingAnOutputLeavesTheUnihash() throws IOException {
        report("t1", "o", "u1");

        assertThat(client.ask("{\"remove\": {\"where\": {\"outhash\": \"o\", \"method\": null}}}"))
                .isEqualTo("{\"count\":1}");

        assertThat(client.ask("{\"get-outhash\": {\"method\": \"m\", \"outhash\": \"o\"}}"))
                .isEqualTo("null");
        assertThat(get("t1")).isEqualTo(equivalence("t1", "u1"));
        assertThat(client.ask("{\"remove\": {\"where\": {\"taskhash\": \"t1\"}}}"))
                .isEqualTo("{\"count\":1}");
        assertThat(get("t1")).isEqualTo("null");
        assertThat(client.ask("{\"remove\": {\"where\": {}}}")).isEqualTo("{\"count\":0}");
    }

    @Test
    void aTaskWhoseUnihashWasRemovedCanBeReportedAgain() throws IOException {
        report("t1", "o", "u1");
        client.ask("{\"remove\": {\"where\": {\"unihash\": \"u1\"}}}");

        assertThat(report("t1", "o", "u2")).isEqualTo(equivalence("t1", "u2"));
        assertThat(get("t1")).isEqualTo(equivalence("t1", "u2"));
    }

    @Test
    void aCollectionLeavesMarkedRowsAndNewRows() throws IOException {
        report("t1", "o1", "u1");
        report("t2", "o2", "u2");
        assertThat(client.ask("{\"gc-status\": {}}")).isEqualTo("{\"keep\":2,\"remove\":0,\"mark\":null}");

        String mark = "{\"gc-mark\": {\"mark\": \"ABC\", \"where\": {\"unihash\": \"u1\", \"method\": \"m\"}}}";
        assertThat(client.ask(mark)).isEqualTo("{\"count\":1}");
        assertThat(client.ask(mark)).isEqualTo("{\"count\":1}");
        report("t3", "o3", "u3");
        assertThat(client.ask("{\"gc-status\": {}}")).isEqualTo("{\"keep\":2,\"remove\":1,\"mark\":\"ABC\"}");
        assertThat(client.ask("{\"gc-sweep\": {\"mark\": \"ABC\"}}")).isEqualTo("{\"count\":1}");

        assertThat(get("t1")).isEqualTo(equivalence("t1", "u1"));
        assertThat(get("t2")).isEqualTo("null");
        assertThat(get("t3")).isEqualTo(equivalence("t3", "u3"));
        assertThat(client.ask("{\"gc-sweep\": {\"mark\": \"ABC\"}}")).contains("invoke-error", "not in use");
    }

    @Test
    void theDatabaseIsDescribed() throws IOException {
        report("t1", "o1", "u1");

        assertThat(client.ask("{\"get-db-usage\": {}}"))
                .isEqualTo("{\"usage\":{\"equivalence\":{\"rows\":1},\"collection\":{\"rows\":0},"
                        + "\"removal\":{\"rows\":0},\"account\":{\"rows\":0}}}");
        assertThat(client.ask("{\"get-db-query-columns\": {}}"))
                .isEqualTo(
                        "{\"columns\":[\"method\",\"taskhash\",\"outhash\",\"unihash\",\"owner\",\"PN\",\"PV\",\"PR\","
                                + "\"task\",\"outhash_siginfo\"]}");
        assertThat(client.ask("{\"backfill-wait\": null}")).isEqualTo("{\"tasks\":0}");
    }

    @Test
    void requestsAreCounted() throws IOException {
        client.ask("{\"ping\": {}}");

        assertThat(client.ask("{\"get-stats\": null}"))
                .matches("\\{\"requests\":\\{\"num\":1,\"total_time\":[0-9.E-]+,\"max_time\":[0-9.E-]+,"
                        + "\"average\":[0-9.E-]+,\"stdev\":0(\\.0)?}}");
        assertThat(client.ask("{\"reset-stats\": null}")).contains("\"num\":2");
        assertThat(client.ask("{\"get-stats\": null}")).contains("\"num\":1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"${@os.system('true')}", "", "a b", "../x", "a/b", "\\n"})
    void aUnihashThatABuildCouldExpandIsRefused(String unihash) throws IOException {
        assertThat(report("t", "o", unihash)).isEqualTo("{\"invoke-error\":{\"message\":\"Invalid unihash\"}}");
        assertThat(client.line()).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"nope\": 1} | Unrecognized command",
                "{} | Unrecognized command",
                "[1] | not one JSON object",
                "{\"ping\": {}} x | not one JSON object",
                "{\"get\": {\"method\": \"m\"}} | 'taskhash' is missing",
                "{\"get\": null} | 'method' is missing",
                "{\"get\": {\"method\": [], \"taskhash\": \"t\"}} | neither text nor a number",
                "{\"get\": {\"method\": \"m\", \"taskhash\": \"t\", \"all\": 3}} | neither true nor false",
                "{\"remove\": {}} | 'where' is missing",
                "{\"remove\": {\"where\": []}} | 'where' is not an object",
                "{\"remove\": {\"where\": {\"id\": 1}}} | none of the columns",
                "{\"clean-unused\": {\"max_age_seconds\": -1}} | not a number of seconds",
                "{\"clean-unused\": {\"max_age_seconds\": \"x\"}} | not a number of seconds",
                "{\"gc-mark\": {\"where\": {}}} | 'mark' is missing"
            })
    void aWrongMessageIsRefusedAndEndsTheConnection(String message, String sentence) throws IOException {
        assertThat(client.ask(message))
                .startsWith("{\"invoke-error\":{\"message\":\"")
                .contains(sentence);
        assertThat(client.line()).isNull();
    }

    @Test
    void aReadOnlyServiceAnswersReportsAndStoresNothing() throws IOException {
        report("t1", "o", "u1");
        try (RunningHashserv readOnly = RunningHashserv.readOnly(directory);
                HashservClient reader = readOnly.client()) {
            String report =
                    "{\"report\": {\"taskhash\": \"%s\", \"method\": \"m\", \"outhash\": \"%s\", \"unihash\": \"u9\"}}";
            assertThat(reader.ask(report.formatted("t8", "o"))).isEqualTo(equivalence("t8", "u1"));
            assertThat(reader.ask(report.formatted("t9", "o9"))).isEqualTo(equivalence("t9", "u9"));
            assertThat(get("t9")).isEqualTo("null");
            assertThat(reader.ask("{\"remove\": {\"where\": {\"method\": \"m\"}}}"))
                    .contains("read-only");
        }
        assertThat(get("t1")).isEqualTo(equivalence("t1", "u1"));
    }
}
