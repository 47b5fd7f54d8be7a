package dev.freshpyc.cli.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshpyc.cli.CommandLineRun;
import dev.freshpyc.cli.Pairs;
import dev.freshpyc.cli.option.OptionFile;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The access to the service: addresses, TLS, tokens and host names. */
@Timeout(60)
class AccessTest {

    /** The SHA-256 of {@code secret}. */
    private static final String DIGEST = "2bb80d537b1da3e38bd30361aa855686bde0eacd7162fef6a25fe97bf527a25b";

    @TempDir
    private Path directory = Path.of("");

    private Path lib = Path.of("");

    @BeforeEach
    void makeTree() throws IOException {
        lib = Files.createDirectories(directory.resolve("lib")).toRealPath();
        new Pairs(lib).fresh("a");
        CommandLineRun.of("refresh", "-q", "--index", directory.resolve("index"), lib);
    }

    @ParameterizedTest
    @ValueSource(strings = {"example.org:80", "8686", "127.0.0.1:70000", ":1", "localhost.:1"})
    void anAddressThatIsNotLiteralIsRefused(String address) {
        assertThat(CommandLineRun.of("serve", "--listen", address, lib).complaint(2))
                .contains("--listen " + address);
    }

    @ParameterizedTest
    @CsvSource({
        "0.0.0.0:0, , add --tls-cert and --tls-key",
        "[::]:0, , add --tls-cert and --tls-key",
        "192.0.2.1:80, , add --tls-cert and --tls-key",
        "0.0.0.0:0, --insecure, add --token-file",
    })
    void anAddressThatOthersCanReachNeedsTlsAndTokens(String address, String option, String hint) {
        CommandLineRun run = option == null
                ? CommandLineRun.of("serve", "--listen", address, lib)
                : CommandLineRun.of("serve", option, "--listen", address, lib);

        assertThat(run.complaint(2)).contains("--listen", hint);
    }

    @ParameterizedTest
    @CsvSource({
        "'', there is no token",
        "'# a comment', there is no token",
        "secret, a line is not the SHA-256 of a token",
        "2BB80D537B1DA3E38BD30361AA855686BDE0EACD7162FEF6A25FE97BF527A25B, a line is not the SHA-256",
    })
    void aTokenFileWithoutADigestIsRefused(String text, String why) throws IOException {
        Path file = Files.writeString(directory.resolve("tokens"), text + "\n");

        assertThat(CommandLineRun.of("serve", "--token-file", file, lib).complaint(2))
                .contains(file.toString(), why);
    }

    @Test
    void filesThatAreMissingOrNotPemAreNamed() throws IOException {
        Path text = Files.writeString(directory.resolve("text"), "text");
        Path none = directory.resolve("none");

        assertThat(CommandLineRun.of("serve", "--token-file", none, lib).complaint(2))
                .contains("it cannot be read");
        assertThat(CommandLineRun.of("serve", "--tls-cert", text, lib).complaint(2))
                .contains("give both --tls-cert and --tls-key");
        assertThat(CommandLineRun.of("serve", "--tls-cert", none, "--tls-key", text, lib)
                        .complaint(2))
                .contains(none + ": it cannot be read: no such file or directory");
        assertThat(CommandLineRun.of("serve", "--tls-cert", text, "--tls-key", text, lib)
                        .complaint(2))
                .contains("it has no certificate in PEM");
    }

    @Test
    void onlyATokenLetsAClientWrite() throws IOException {
        try (RunningService service = withTokens("# of the build\n" + DIGEST + "  -\n")) {
            RawHttp http = service.http();

            assertThat(http.get("/v1/lookup?path=" + lib + "/a.py").status()).isEqualTo(200);
            assertThat(http.post("/v1/refresh", "").status()).isEqualTo(401);
            for (String wrong : new String[] {"Bearer wrong", "Bearer " + DIGEST, "Basic secret", "Bearer", "secret"}) {
                assertThat(refresh(http, wrong).text())
                        .as(wrong)
                        .contains("HTTP/1.1 401", "WWW-Authenticate: Bearer\r\n");
            }
            assertThat(refresh(http, "Bearer secret").status()).isEqualTo(202);
        }
    }

    @Test
    void aBatchWithoutATokenMayAskButNotReport() throws IOException {
        try (RunningService service = withTokens(DIGEST + "\n")) {
            String question = "{\"method\":\"m\",\"taskhash\":\"t\"}\n";
            String report = "{\"method\":\"m\",\"taskhash\":\"t\",\"outhash\":\"o\",\"unihash\":\"u\"}\n";

            RawHttp.Reply refused = batch(service.http(), "wrong", question + report);
            assertThat(refused.text()).contains("HTTP/1.1 401", "WWW-Authenticate: Bearer\r\n");
            assertThat(batch(service.http(), "wrong", question).body()).isEqualTo("null\n");
            assertThat(batch(service.http(), "secret", report).status()).isEqualTo(200);
            assertThat(batch(service.http(), "wrong", question).body()).contains("\"unihash\":\"u\"");
        }
    }

    private RunningService withTokens(String lines) throws IOException {
        Path file = Files.writeString(directory.resolve("tokens"), lines);
        Access access = new Access(
                ListenAddress.of("127.0.0.1:0"),
                Optional.empty(),
                Tokens.read(new OptionFile("--token-file", file.toString())),
                Set.of());
        return RunningService.of(lib, directory.resolve("index"), access);
    }

    private static RawHttp.Reply batch(RawHttp http, String token, String lines) throws IOException {
        return http.send(
                "POST /v1/equivalent/batch HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: "
                        + lines.length() + "\r\nAuthorization: Bearer " + token + "\r\n\r\n" + lines);
    }

    @ParameterizedTest
    @CsvSource({
        "name.example, 200",
        "NAME.example:8686, 200",
        "other.example, 403",
        "192.0.2.7, 403",
        "localhost, 200",
    })
    void aHostMustBeConfigured(String host, int status) throws IOException {
        Access access = new Access(
                ListenAddress.of("127.0.0.1:0"), Optional.empty(), Tokens.NOT_NEEDED, Set.of("name.example"));
        try (RunningService service = RunningService.of(lib, directory.resolve("index"), access)) {
            String request = "GET /healthz HTTP/1.1\r\nConnection: close\r\nHost: " + host + "\r\n\r\n";

            assertThat(service.http().send(request).status()).isEqualTo(status);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ec -pkeyopt ec_paramgen_curve:P-256", "rsa:2048"})
    void theServiceAnswersOverTls(String key) throws Exception {
        TestCertificate certificate = TestCertificate.in(directory, key);
        Access access = new Access(
                ListenAddress.of("127.0.0.1:0"), Optional.of(certificate.identity()), Tokens.NOT_NEEDED, Set.of());
        try (RunningService service = RunningService.of(lib, directory.resolve("index"), access);
                HttpClient client = HttpClient.newBuilder()
                        .sslContext(certificate.trusting())
                        .build()) {
            int port = service.port();
            HttpRequest request = HttpRequest.newBuilder(URI.create("https://localhost:" + port + "/healthz"))
                    .build();

            assertThat(client.send(request, BodyHandlers.ofString()).body())
                    .endsWith("\"schema\":\"freshpyc-health-1\",\"status\":\"alive\"}\n");
            assertThat(new RawHttp(port)
                            .send("GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n")
                            .status())
                    .isNotEqualTo(200);
        }
    }

    /** What TLS itself sends after the request is neither the end of the client nor another request. */
    @Test
    void eventsComeOverTls() throws Exception {
        TestCertificate certificate = TestCertificate.in(directory, "ec -pkeyopt ec_paramgen_curve:P-256");
        Access access = new Access(
                ListenAddress.of("127.0.0.1:0"), Optional.of(certificate.identity()), Tokens.NOT_NEEDED, Set.of());
        try (RunningService service = RunningService.of(lib, directory.resolve("index"), access);
                Socket socket = certificate
                        .trusting()
                        .getSocketFactory()
                        .createSocket(InetAddress.getLoopbackAddress(), service.port());
                RawEvents client = RawEvents.ask(socket, "GET /v1/events HTTP/1.1\r\nHost: localhost\r\n\r\n")) {
            for (int number = 1; number <= 3; number++) {
                service.events().publish("refreshed", "{}");
                assertThat(client.next()).isEqualTo("id: " + number + " event: refreshed data: {}");
            }
        }
    }

    private static RawHttp.Reply refresh(RawHttp http, String authorization) throws IOException {
        return http.send("POST /v1/refresh HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: 0\r\n"
                + "Authorization: " + authorization + "\r\n\r\n");
    }
}
