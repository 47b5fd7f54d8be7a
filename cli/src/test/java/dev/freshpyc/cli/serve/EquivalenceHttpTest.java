package dev.freshpyc.cli.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshpyc.cli.serve.RawHttp.Reply;
import dev.freshpyc.cli.serve.equivalence.Fields;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The hash-equivalence protocol over real connections. */
@Timeout(60)
class EquivalenceHttpTest {

    private static final String PATH = "/v1/equivalent";

    private final Path directory;
    private final RunningService served;
    private final RawHttp http;

    EquivalenceHttpTest(@TempDir Path directory) throws IOException {
        this.directory = directory;
        served = RunningService.ofEquivalences(directory, Optional.empty(), false);
        http = served.http();
    }

    @AfterEach
    void stop() {
        served.close();
    }

    private static String report(String taskhash, String outhash, String unihash) {
        return "{\"method\":\"m\",\"taskhash\":\"" + taskhash + "\",\"outhash\":\"" + outhash + "\",\"unihash\":"
                + unihash + ",\"owner\":\"me\",\"PN\":\"zlib\",\"unknown\":{\"a\":[1]}}";
    }

    private static String answer(String taskhash, String unihash) {
        return "{\"taskhash\":\"" + taskhash + "\",\"method\":\"m\",\"unihash\":\"" + unihash + "\"}";
    }

    private Reply ask(String taskhash) throws IOException {
        return http.get(PATH + "?method=m&taskhash=" + taskhash);
    }

    private void requireAnswer(Reply reply, String body) {
        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        assertThat(reply.text()).contains("Content-Type: application/json\r\n");
        assertThat(reply.body()).isEqualTo(body);
    }

    @Test
    void anUnknownTaskIsAnsweredWithNull() throws IOException {
        requireAnswer(ask("t"), "null");
    }

    @Test
    void theOldestRowOfATaskIsAnswered() throws IOException {
        requireAnswer(http.post(PATH, report("t", "o1", "\"u1\"")), answer("t", "u1"));
        requireAnswer(http.post(PATH, report("t", "o2", "\"u2\"")), answer("t", "u2"));

        requireAnswer(ask("t"), answer("t", "u1"));
        requireAnswer(http.get(PATH + "?method=other&taskhash=t"), "null");
    }

    @Test
    void aKnownOutputGivesItsUnihashToOtherTasks() throws IOException {
        http.post(PATH, report("t1", "o", "\"u1\""));

        requireAnswer(http.post(PATH, report("t2", "o", "\"u2\"")), answer("t2", "u1"));
        requireAnswer(http.post(PATH, report("t1", "o", "\"u3\"")), answer("t1", "u1"));
        requireAnswer(http.post(PATH, report("t3", "o", "null")), answer("t3", "u1"));
        requireAnswer(ask("t2"), answer("t2", "u1"));
    }

    @Test
    void aNumberIsStoredAsText() throws IOException {
        requireAnswer(http.post(PATH, report("t", "o", "17")), answer("t", "17"));
        requireAnswer(ask("t"), answer("t", "17"));
    }

    @Test
    void theFirstValueOfARepeatedParameterCounts() throws IOException {
        http.post(PATH, report("t", "o", "\"u\""));

        requireAnswer(http.get(PATH + "?method=m&taskhash=t&taskhash=x&method=y&other=1"), answer("t", "u"));
        requireAnswer(http.get(PATH + "?method=%6d&taskhash=t"), answer("t", "u"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "?",
                "?method=m",
                "?taskhash=t",
                "?method=&taskhash=t",
                "?method=m&taskhash=",
                "?method=m&taskhash=+",
                "?method=m&taskhash=t&",
                "?method=m&taskhash=t&junk",
                "?method=m&taskhash=%zz",
            })
    void aQueryWithoutBothParametersIsRefused(String query) throws IOException {
        requireSentence(400, http.get(PATH + query));
    }

    @Test
    void otherPathsAreNotFound() throws IOException {
        requireSentence(404, http.get(PATH + "/?method=m&taskhash=t"));
        requireSentence(404, http.get("/v1/equivalents?method=m&taskhash=t"));
        requireSentence(404, http.get("/equivalent?method=m&taskhash=t"));
        requireSentence(404, http.post(PATH + "/", report("t", "o", "1")));
        requireSentence(404, http.post(PATH + "/batch/", ""));
    }

    @Test
    void otherMethodsAreRefused() throws IOException {
        String end = " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: 0\r\n\r\n";

        requireSentence(405, http.send("PUT " + PATH + end));
        assertThat(http.send("HEAD " + PATH + end).status()).isEqualTo(405);
        requireSentence(405, http.get(PATH + "/batch"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "1",
                "{",
                "{} {}",
                "{\"method\":\"m\",\"taskhash\":\"t\",\"outhash\":\"o\"}",
                "{\"method\":\"m\",\"taskhash\":\"t\",\"outhash\":\"o\",\"unihash\":null}",
                "{\"method\":\"m\",\"taskhash\":\"t\",\"unihash\":\"u\"}",
                "{\"method\":\"m\",\"outhash\":\"o\",\"unihash\":\"u\"}",
                "{\"taskhash\":\"t\",\"outhash\":\"o\",\"unihash\":\"u\"}",
                "{\"method\":null,\"taskhash\":\"t\",\"outhash\":\"o\",\"unihash\":\"u\"}",
                "{\"method\":\"m\",\"taskhash\":[],\"outhash\":\"o\",\"unihash\":\"u\"}",
                "{\"method\":\"m\",\"taskhash\":\"t\",\"outhash\":\"o\",\"unihash\":true}",
                "{\"method\":\"m\",\"taskhash\":\"\\u0000\",\"outhash\":\"o\",\"unihash\":\"u\"}",
                "{\"method\":\"m\",\"taskhash\":\"\\ud800\",\"outhash\":\"o\",\"unihash\":\"u\"}",
            })
    void aBodyThatIsNoReportIsRefused(String body) throws IOException {
        requireSentence(400, http.post(PATH, body));
        assertThat(http.get(PATH + "/stats").body()).contains("\"rows\":0");
    }

    @Test
    void theLongestKeysAreStoredAndLongerOnesAreRefused() throws IOException {
        String most = "x".repeat(Fields.MAX_KEY_LENGTH);

        String longest = report(most, most, "\"" + most + "\"").replace("\"m\"", "\"" + most + "\"");
        assertThat(http.post(PATH, longest).status()).isEqualTo(200);
        requireSentence(400, http.post(PATH, report(most + "x", "o", "\"u\"")));
        requireSentence(400, http.post(PATH, report("t", most + "x", "\"u\"")));
    }

    @Test
    void aBodyWithoutLengthIsRefused() throws IOException {
        String head = "POST " + PATH + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n";

        requireSentence(400, http.send(head + "\r\n"));
        requireSentence(400, http.send(head + "Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n"));
    }

    @Test
    void namesThatAreNotAsciiAreAnswered() throws IOException {
        http.post(PATH, report("caf\u00e9 \ud83d\ude00", "o", "\"\u00fc\""));

        requireAnswer(
                http.get(PATH + "?method=m&taskhash=caf%C3%A9+%F0%9F%98%80"),
                answer("caf\\u00E9 \\uD83D\\uDE00", "\\u00FC"));
    }

    @Test
    void aConnectionStaysOpen() throws IOException {
        byte[] request = ("GET " + PATH + "?method=m&taskhash=t HTTP/1.1\r\nHost: localhost\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), http.port())) {
            for (int count = 0; count < 3; count++) {
                socket.getOutputStream().write(request);
                StringBuilder reply = new StringBuilder();
                while (reply.indexOf("\r\n\r\nnull") < 0) {
                    int b = socket.getInputStream().read();
                    assertThat(b).as(reply.toString()).isNotNegative();
                    reply.append((char) b);
                }
                assertThat(reply).startsWith("HTTP/1.1 200 ");
            }
        }
    }

    @Test
    void aBatchIsAnsweredLineByLine() throws IOException {
        http.post(PATH, report("t", "o", "\"u\""));
        String lines = String.join(
                "\n",
                "{\"method\":\"m\",\"taskhash\":\"t\"}",
                report("t2", "o", "\"x\""),
                "{\"method\":\"m\",\"taskhash\":\"t2\"}\r",
                "",
                "nonsense",
                report("t3", "o3", "null"),
                "{\"method\":\"m\",\"taskhash\":\"t3\"}");

        Reply reply = http.post(PATH + "/batch", lines);

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.text()).contains("Content-Type: application/x-ndjson");
        assertThat(reply.body().split("\n"))
                .containsExactly(
                        answer("t", "u"),
                        answer("t2", "u"),
                        answer("t2", "u"),
                        "{\"error\":\"The text is not one JSON object.\"}",
                        "{\"error\":\"" + EquivalenceEndpoints.NO_UNIHASH + "\"}",
                        "null");
    }

    @Test
    void aBatchOfManyChunksKeepsItsOrderAndItsLimit() throws IOException {
        int most = BatchBody.MAX_LINES;
        String reports = IntStream.range(0, 6_000)
                .mapToObj(at -> report("t" + at, "o" + at, "\"u" + at + "\""))
                .collect(Collectors.joining("\n"));
        String questions = IntStream.range(0, most)
                .mapToObj(at -> "{\"method\":\"m\",\"taskhash\":\"t" + at + "\"}")
                .collect(Collectors.joining("\n"));

        assertThat(http.post(PATH + "/batch", reports).body().lines()).hasSize(6_000);
        String[] answers = http.post(PATH + "/batch", questions).body().split("\n");
        assertThat(answers).hasSize(most).endsWith("null");
        assertThat(answers[5_999]).isEqualTo(answer("t5999", "u5999"));
        requireSentence(413, http.post(PATH + "/batch", questions + "\n" + report("t", "o", "1")));
    }

    @Test
    void aLineOfABatchIsBounded() throws IOException {
        requireSentence(413, http.post(PATH + "/batch", "{\"a\":\"" + "x".repeat(BatchBody.MAX_LINE_BYTES) + "\"}"));
    }

    @Test
    void rowsWithoutTheMarkAreSwept() throws IOException {
        http.post(PATH, report("t1", "o1", "\"u1\""));
        http.post(PATH, report("t2", "o2", "\"u2\""));
        ask("t2");

        assertThat(http.post(PATH + "/gc-mark", "{\"mark\":\"k\",\"where\":{\"taskhash\":\"t1\"}}")
                        .properties())
                .isEqualTo("{\"marked\":1}\n");
        requireSentence(400, http.post(PATH + "/gc-sweep", "{\"mark\":\"K\"}"));
        assertThat(http.post(PATH + "/gc-sweep", "{\"mark\":\"k\"}").properties())
                .isEqualTo("{\"removed\":1}\n");
        requireAnswer(ask("t1"), answer("t1", "u1"));
        requireAnswer(ask("t2"), "null");
        assertThat(http.get(PATH + "/stats").properties()).startsWith("{\"rows\":1,\"methods\":1,\"bytes\":");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"where\":{}}",
                "{\"mark\":\"k\"}",
                "{\"mark\":\"k\",\"where\":[]}",
                "{\"mark\":\"k\",\"where\":{\"id\":1}}",
                "{\"mark\":\"k\",\"where\":{\"1=1 OR method\":1}}",
                "{\"mark\":\"k\",\"where\":{\"method\":null}}",
            })
    void aMarkWithoutANameOrWithOtherConditionsIsRefused(String body) throws IOException {
        requireSentence(400, http.post(PATH + "/gc-mark", body));
    }

    @Test
    void aPrefixBelongsToEveryPath(@TempDir Path other) throws IOException {
        try (RunningService prefixed = RunningService.ofEquivalences(other, "/builds/x", Optional.empty(), false)) {
            RawHttp builds = prefixed.http();

            requireAnswer(builds.post("/builds/x" + PATH, report("t", "o", "\"u\"")), answer("t", "u"));
            assertThat(builds.get("/builds/x" + PATH + "/stats").body()).contains("\"rows\":1");
            requireSentence(404, builds.get("/builds" + PATH + "/stats"));
        }
    }

    @Test
    void questionsAndReportsAreCounted() throws IOException {
        http.post(PATH, report("t", "o", "\"u\""));
        ask("t");
        ask("none");
        http.post(PATH + "/batch", "{\"method\":\"m\",\"taskhash\":\"t\"}\n" + report("t2", "o", "\"u\"") + "\n");

        assertThat(http.get(PATH + "/stats").body())
                .endsWith("\"asked\":3,\"known\":2,\"reported\":2,\"cache\":{\"hits\":0,\"misses\":2,\"size\":1}}\n");
    }

    @Test
    void aReadOnlyServiceAnswersReportsAndStoresNothing() throws IOException {
        http.post(PATH, report("t", "o", "\"u\""));
        try (RunningService readOnly = RunningService.ofEquivalences(directory, Optional.of(served.url()), true)) {
            RawHttp other = readOnly.http();

            requireAnswer(other.post(PATH, report("t2", "o", "\"x\"")), answer("t2", "u"));
            requireAnswer(other.post(PATH, report("t3", "o3", "\"x\"")), answer("t3", "x"));
            requireSentence(403, other.post(PATH + "/gc-mark", "{\"mark\":\"k\",\"where\":{}}"));
            requireSentence(403, other.post(PATH + "/gc-sweep", "{\"mark\":\"k\"}"));
            assertThat(other.get(PATH + "/stats").body()).contains("\"rows\":1");
        }
    }

    @Test
    void anUpstreamServiceIsAskedAboutUnknownTasksAndItsAnswersAreStored(@TempDir Path near) throws IOException {
        http.post(PATH, report("a b&c", "o", "\"u\""));
        URI url = served.url();
        try (RunningService other = RunningService.ofEquivalences(near, Optional.of(url), false)) {
            requireAnswer(other.http().get(PATH + "?method=m&taskhash=a+b%26c"), answer("a b&c", "u"));
            requireAnswer(other.http().get(PATH + "?method=m&taskhash=none"), "null");
            served.close();
            requireAnswer(other.http().get(PATH + "?method=m&taskhash=a+b%26c"), answer("a b&c", "u"));
            requireAnswer(other.http().get(PATH + "?method=m&taskhash=none"), "null");
            requireAnswer(other.http().get(PATH + "?method=m&taskhash=other"), "null");
        }
    }

    @Test
    void anUpstreamServiceIsAskedAboutTheUnknownTasksOfABatch(@TempDir Path near) throws IOException {
        http.post(PATH, report("t1", "o1", "\"u1\""));
        http.post(PATH, report("t2", "o2", "\"u2\""));
        String questions = "{\"method\":\"m\",\"taskhash\":\"t1\"}\n{\"method\":\"m\",\"taskhash\":\"none\"}\n"
                + report("t2", "o9", "\"own\"")
                + "\n{\"method\":\"m\",\"taskhash\":\"t2\"}\n{\"method\":\"m\",\"taskhash\":\"t1\"}";
        String answers = answer("t1", "u1") + "\nnull\n" + answer("t2", "own") + "\n" + answer("t2", "own") + "\n"
                + answer("t1", "u1") + "\n";
        try (RunningService other = RunningService.ofEquivalences(near, Optional.of(served.url()), false)) {
            assertThat(other.http().post(PATH + "/batch", questions).body()).isEqualTo(answers);
            assertThat(other.http().get(PATH + "/stats").properties())
                    .startsWith("{\"rows\":2,")
                    .contains("\"asked\":4,\"known\":3,\"reported\":1,");
            served.close();
            assertThat(other.http().post(PATH + "/batch", questions).body()).isEqualTo(answers);
        }
    }

    @Test
    void aStoreThatCannotBeUsedIsReportedInOneSentence() throws IOException {
        served.equivalences().close();

        requireSentence(503, http.post(PATH, report("t", "o", "1")));
        requireSentence(503, ask("t"));
    }

    private static void requireSentence(int status, Reply reply) {
        assertThat(reply.status()).as(reply.text()).isEqualTo(status);
        assertThat(reply.properties()).matches("\\{\"error\":\"[A-Z][^\n]+\\.\"}\n");
    }
}
