package dev.freshpyc.cli.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshpyc.cli.CommandLineRun;
import dev.freshpyc.cli.Pairs;
import dev.freshpyc.cli.PrintedJson;
import dev.freshpyc.cli.serve.RawHttp.Reply;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.store.StoreEvents;
import dev.freshpyc.core.store.chronicle.ChronicleStore;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The HTTP service over real connections. */
@Timeout(60)
class HttpServiceTest {

    private final Path lib;
    private final Path other;
    private final Path index;
    private final Pairs tree;
    private final RunningService service;
    private final RawHttp http;

    HttpServiceTest(@TempDir Path directory) throws IOException {
        lib = Files.createDirectories(directory.resolve("lib")).toRealPath();
        other = Files.createDirectories(directory.resolve("other")).toRealPath();
        index = directory.resolve("index");
        tree = new Pairs(lib);
        tree.fresh("a").stale("pkg/b").fresh("caf\udce9").pair("odd", Pairs.header(3495, 0xf0, 0, 0));
        new Pairs(other).fresh("secret");
        CommandLineRun.of("refresh", "-q", "--index", index, lib, other);
        service = RunningService.of(lib, index);
        http = service.http();
    }

    @AfterEach
    void stop() {
        service.close();
    }

    @Test
    void aLookupIsAnsweredLikeTheLookupCommand() throws IOException {
        CommandLineRun command = lookup(lib.resolve("pkg/b.py"), lib.resolve("none.py"));

        Reply reply = http.post("/v1/lookup", "{\"paths\":[\"" + lib + "/pkg/b.py\",\"" + lib + "/none.py\"]}");

        assertThat(reply.status()).isEqualTo(200);
        assertThat(withoutAge(reply.body()))
                .isEqualTo(withoutAge(command.out()))
                .contains("\"tag\":\"cpython-311\"");
        assertThat(withoutAge(http.get("/v1/lookup?path=" + lib + "/pkg/b.py").body()))
                .isEqualTo(withoutAge(lookup(lib.resolve("pkg/b.py")).out()));
    }

    @Test
    void aNameThatIsNotUtf8IsFound() throws IOException {
        assertThat(http.get("/v1/lookup?path=" + lib + "/caf%E9.py").body())
                .contains("\"known\":true", "\"source\":\"caf\\uDCE9.py\"");
        assertThat(http.post("/v1/lookup", "{\"paths\":[\"" + lib + "/caf\\udce9.py\"]}")
                        .body())
                .contains("\"known\":true");
    }

    @Test
    void aPathOutsideTheEntriesIsNotFoundWhetherItExistsOrNot() throws IOException {
        String existing = other + "/secret.py";
        assertThat(http.get("/v1/lookup?path=" + existing).status()).isEqualTo(404);
        for (String path :
                List.of(existing, other + "/none.py", "/", "a.py", lib + "/../other/secret.py", lib + "x/a.py")) {
            assertThat(http.get("/v1/lookup?path=" + path).properties()).isEqualTo(outside(path));
        }
        assertThat(http.post("/v1/lookup", "{\"paths\":[\"" + lib + "/a.py\",\"" + other + "/secret.py\"]}")
                        .properties())
                .isEqualTo(outside(existing));
        assertThat(http.get("/v1/entries").body()).contains(lib.toString()).doesNotContain(other.toString());
    }

    private static String outside(String path) {
        return "{\"error\":\"The path " + path
                + " is not inside the entries of this service: GET /v1/entries lists them.\"}\n";
    }

    @Test
    void aLinkDoesNotLeadToAnotherIndex() throws IOException {
        Files.createSymbolicLink(lib.resolve("link"), other);

        assertThat(http.get("/v1/lookup?path=" + lib + "/link/secret.py").body())
                .endsWith("\"paths\":[{\"path\":\"" + lib + "/link/secret.py\",\"known\":false}]}\n");
    }

    @Test
    void anIndexOfASubdirectoryThatIsNotServedHidesNothing() throws IOException {
        CommandLineRun.of("refresh", "-q", "--index", index, lib.resolve("pkg"));

        assertThat(http.get("/v1/lookup?path=" + lib + "/pkg/b.py").body()).contains("\"source\":\"pkg/b.py\"");
    }

    @Test
    void readinessNeedsAnIndexOfEachEntry() throws IOException {
        assertThat(http.get("/healthz").status()).isEqualTo(200);
        assertThat(http.get("/readyz").status()).isEqualTo(200);

        new ChronicleStore(index, StoreEvents.NONE).remove(RawPath.of(lib.toString()));

        assertThat(http.get("/readyz").status()).isEqualTo(503);
        assertThat(http.get("/healthz").status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Host: evil.example",
                "Host: 127.0.0.1.evil.example",
                "Host: localhost\r\nOrigin: http://evil.example",
                "Host: localhost:8686\r\nOrigin: http://localhost:9999",
                "Host: localhost\r\nOrigin: null",
            })
    void aRequestFromAnotherSiteIsForbidden(String headers) throws IOException {
        Reply reply = http.send("GET /v1/entries HTTP/1.1\r\n" + headers + "\r\nConnection: close\r\n\r\n");

        assertThat(reply.status()).isEqualTo(403);
        assertThat(reply.body()).doesNotContain(lib.toString());
    }

    @Test
    void aRequestFromTheServicesOwnSiteIsAnswered() throws IOException {
        String headers = "Host: localhost:8686\r\nOrigin: http://localhost:8686\r\nConnection: close\r\n\r\n";

        assertThat(http.send("GET /v1/entries HTTP/1.1\r\n" + headers).status()).isEqualTo(200);
    }

    @Test
    void wrongRequestsGetOneSentence() throws IOException {
        String end = " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
        requireSentence(400, http.get("/v1/lookup"));
        requireSentence(400, http.get("/v1/lookup?path="));
        requireSentence(400, http.get("/v1/lookup?path=%zz"));
        requireSentence(400, http.get("/v1/lookup?path=%4"));
        requireSentence(404, http.get("/v1/lookup/?path=/a"));
        requireSentence(404, http.get("/nothing"));
        requireSentence(405, http.send("PUT /v1/lookup" + end));
        requireSentence(405, http.send("POST /v1/entries" + end));
        requireSentence(
                431, http.send("GET /healthz HTTP/1.1\r\nHost: localhost\r\nX: " + "x".repeat(20_000) + "\r\n\r\n"));
        requireSentence(400, http.send("GARBAGE\r\n\r\n"));
        requireSentence(400, http.send("GET /healthz HTTP/1.1\r\nConnection: close\r\n\r\n"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{",
                "null",
                "{}",
                "{\"paths\":1}",
                "{\"paths\":[1]}",
                "{\"paths\":[",
                "{\"paths\":[]} 1",
                "{\"paths\":[],\"paths\":[]}",
                "{\"paths\":[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[\"\"]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]}",
            })
    void aBodyThatIsNoLookupIsRefused(String body) throws IOException {
        requireSentence(400, http.post("/v1/lookup", body));
    }

    /** A client that ends its half of the connection in the midst of a body. */
    @Test
    void aBodyThatEndsEarlyIsTheClientsFault() throws IOException {
        for (String target : List.of("/v1/lookup", "/v1/equivalent/batch")) {
            try (Socket client = new Socket(InetAddress.getLoopbackAddress(), service.port())) {
                client.getOutputStream()
                        .write(("POST " + target + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\n{}")
                                .getBytes(StandardCharsets.US_ASCII));
                client.shutdownOutput();
                assertThat(new String(client.getInputStream().readAllBytes(), StandardCharsets.US_ASCII))
                        .startsWith("HTTP/1.1 400 ")
                        .contains("The body ended too early");
            }
        }
    }

    @Test
    void theSizeOfABodyIsLimited() throws IOException {
        String path = "\"" + lib + "/a.py\"";
        String most = String.join(",", Collections.nCopies(PathsBody.MAX_PATHS, path));

        assertThat(http.post("/v1/lookup", "{\"paths\":[" + most + "]}").status())
                .isEqualTo(200);
        requireSentence(413, http.post("/v1/lookup", "{\"paths\":[" + most + "," + path + "]}"));
        requireSentence(
                413,
                http.send("POST /v1/lookup HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: "
                        + (RequestBody.MAX_BYTES + 1) + "\r\n\r\n"));
    }

    @Test
    void aRefreshThatBreaksOffIsAFailedJob() throws Exception {
        Reply asked = http.post("/v1/refresh", "");

        assertThat(asked.status()).isEqualTo(202);
        assertThat(asked.text()).contains("Location: /v1/jobs/1\r\n");
        PrintedJson.require("freshpyc-job-1", asked.body());
        Reply job = http.get("/v1/jobs/1");
        while (job.body().contains("\"state\":\"waiting\"") || job.body().contains("\"state\":\"running\"")) {
            job = http.get("/v1/jobs/1");
        }
        assertThat(job.body()).contains("\"job\":1,\"state\":\"failed\",\"paths\":null,\"refresh\":null");
        requireSentence(404, http.get("/v1/jobs/2"));
        requireSentence(404, http.get("/v1/jobs/x"));
        requireSentence(404, http.get("/v1/jobs/"));
        requireSentence(404, http.get("/v1/jobs"));
    }

    @Test
    void aRefreshOutsideTheEntriesIsNotFound() throws IOException {
        requireSentence(
                404, http.post("/v1/refresh", "{\"paths\":[\"" + lib + "/a.py\",\"" + other + "/secret.py\"]}"));
        requireSentence(400, http.post("/v1/refresh", "{}"));
        requireSentence(404, http.get("/v1/jobs/1"));
    }

    @Test
    void metricsDescribeEntriesRequestsAndTheProcess() throws IOException {
        http.get("/v1/lookup?path=" + lib + "/a.py");
        http.get("/v1/lookup?path=" + lib + "/a.py");
        http.send("BREW /nothing HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");

        Reply scrape = http.get("/metrics");

        assertThat(scrape.text()).contains("Content-Type: text/plain; version=0.0.4; charset=utf-8\r\n");
        String entry = "{entry=\"" + lib + "\"";
        assertThat(scrape.body().lines())
                .contains(
                        "freshpyc_entry_pycs" + entry + ",verdict=\"malformed\"} 1.0",
                        "freshpyc_entry_generation" + entry + "} 1.0",
                        "freshpyc_entry_records" + entry + "} 4.0",
                        "freshpyc_lookup_near_hits_total" + entry + "} 1.0",
                        "freshpyc_lookup_near_misses_total" + entry + "} 1.0",
                        "http_server_requests_seconds_count{method=\"GET\",route=\"/v1/lookup\",status=\"200\"} 2",
                        "http_server_requests_seconds_count{method=\"other\",route=\"other\",status=\"404\"} 1")
                .anyMatch(line -> line.startsWith("jvm_memory_used_bytes{"))
                .anyMatch(line -> line.startsWith("process_files_open_files "));
    }

    @Test
    void aClientGetsTheEventsAfterItsLastEvent() throws IOException {
        service.events().publish("verdict", "{\"n\":1}");
        service.events().publish("verdict", "{\"n\":2}");

        try (RawEvents client = http.events("Last-Event-ID: 1\r\n")) {
            assertThat(client.next()).isEqualTo("id: 2 event: verdict data: {\"n\":2}");
            service.events().publish("refreshed", "{}");
            assertThat(client.next()).isEqualTo("id: 3 event: refreshed data: {}");
        }
        try (RawEvents client = http.events("")) {
            service.events().publish("verdict", "{\"n\":4}");
            assertThat(client.next()).isEqualTo("id: 4 event: verdict data: {\"n\":4}");
        }
    }

    @Test
    void aClientIsToldThatEventsAreMissing() throws IOException {
        for (int i = 0; i < VerdictEvents.KEPT + 2; i++) {
            service.events().publish("verdict", "{}");
        }

        try (RawEvents late = http.events("Last-Event-ID: 1\r\n")) {
            assertThat(late.next()).isEqualTo("event: missed data: {}");
            assertThat(late.next()).startsWith("id: 3 ");
        }
        try (RawEvents inTime = http.events("Last-Event-ID: 2\r\n")) {
            assertThat(inTime.next()).startsWith("id: 3 ");
        }
        try (RawEvents ofAnotherService = http.events("Last-Event-ID: 1000000\r\n")) {
            assertThat(ofAnotherService.next()).isEqualTo("event: missed data: {}");
        }
        requireSentence(
                400,
                http.send(
                        "GET /v1/events HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nLast-Event-ID: x\r\n\r\n"));
    }

    @Test
    void theHistoryHasTheNumbersOfVerdicts() throws IOException {
        assertThat(http.get("/v1/history").body()).contains("\"samples\":[]");

        service.history().sample();

        assertThat(http.get("/v1/history").body()).contains("\"findings\":", "\"malformed\":1");
    }

    /** No client can keep others out: the one that has waited longest makes room. */
    @Test
    void aFurtherClientTakesThePlaceOfTheOneThatHasWaitedLongest() throws IOException {
        try (EventCrowd clients = new EventCrowd(http)) {
            clients.add(EventClients.MOST + 1);
            service.events().publish("refreshed", "{}");

            assertThat(clients.next(0)).isEqualTo("closed");
            for (int i = 1; i <= EventClients.MOST; i++) {
                assertThat(clients.next(i)).isEqualTo("id: 1 event: refreshed data: {}");
            }
            requireSentence(
                    403, http.send("GET /v1/events HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n"));
            assertThat(http.get("/healthz").status()).isEqualTo(200);
        }
    }

    @Test
    void aClientThatClosesItsConnectionFreesItsPlaceAtOnce() throws Exception {
        try (EventCrowd clients = new EventCrowd(http)) {
            clients.add(EventClients.MOST);
            clients.close(5);
            clients.close(6);
            Thread.sleep(1000);
            clients.add(2);
            service.events().publish("refreshed", "{}");

            assertThat(clients.next(0)).isEqualTo("id: 1 event: refreshed data: {}");
            assertThat(clients.next(EventClients.MOST + 1)).isEqualTo("id: 1 event: refreshed data: {}");
        }
    }

    @Test
    void manyClientsAtOnceGetTheRightAnswer() throws Exception {
        AtomicInteger right = new AtomicInteger();
        List<Thread> clients = IntStream.range(0, 64)
                .mapToObj(_ -> Thread.ofVirtual().start(() -> {
                    if (isAnsweredRight()) {
                        right.incrementAndGet();
                    }
                }))
                .collect(Collectors.toList());
        for (Thread client : clients) {
            client.join();
        }

        assertThat(right.get()).isEqualTo(64);
    }

    private boolean isAnsweredRight() {
        try {
            return http.get("/v1/lookup?path=" + lib + "/a.py").body().contains("\"known\":true");
        } catch (IOException failed) {
            return false;
        }
    }

    private static void requireSentence(int status, Reply reply) {
        assertThat(reply.status()).as(reply.text()).isEqualTo(status);
        assertThat(reply.properties()).matches("\\{\"error\":\"[A-Z][^\n]+\\.\"}\n");
        assertThat(reply.text()).doesNotContain("Server:", "Jetty", "jetty", "\tat ", "Exception");
    }

    private CommandLineRun lookup(Path... paths) {
        return CommandLineRun.of("lookup", "--format", "json", "--index", index, paths);
    }

    private static String withoutAge(String json) {
        return json.replaceAll("\"age_seconds\":\\d+", "\"age_seconds\":0");
    }
}
