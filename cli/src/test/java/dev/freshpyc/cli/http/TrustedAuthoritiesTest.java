package dev.freshpyc.cli.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dev.freshpyc.cli.serve.Access;
import dev.freshpyc.cli.serve.ListenAddress;
import dev.freshpyc.cli.serve.RunningService;
import dev.freshpyc.cli.serve.TestCertificate;
import dev.freshpyc.cli.serve.Tokens;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A client connects to a server with a certificate that an organization has signed itself. */
@Timeout(60)
class TrustedAuthoritiesTest {

    private final Path directory;

    TrustedAuthoritiesTest(@TempDir Path directory) {
        this.directory = directory;
    }

    @Test
    void theFileInTheVariableDecidesWhichServerTheClientTrusts() throws Exception {
        TestCertificate certificate = TestCertificate.in(directory, "rsa:2048");
        Access access = new Access(
                ListenAddress.of("127.0.0.1:0"), Optional.of(certificate.identity()), Tokens.NOT_NEEDED, Set.of());
        Path lib = Files.createDirectory(directory.resolve("lib"));
        try (RunningService service = RunningService.of(lib, directory.resolve("index"), access)) {
            URI address = URI.create("https://localhost:" + service.url().getPort());
            HttpRequest.Builder health = HttpRequest.newBuilder(URI.create(address + "/healthz"));
            String file = certificate.certificate().toString();

            try (BoundedClient trusting = BoundedClient.of(address, Map.of(TrustedAuthorities.VARIABLE, file))) {
                assertThat(trusting.send(health).status()).isEqualTo(200);
            }
            try (BoundedClient other = BoundedClient.of(address, Map.of())) {
                assertThatIOException()
                        .isThrownBy(() -> other.send(health))
                        .withMessageStartingWith("no TLS connection")
                        .withMessageNotContaining("sun.security");
            }
        }
    }

    @Test
    void aFileThatCannotBeUsedIsNamed() throws IOException {
        URI address = URI.create("https://localhost:1");
        Path text = Files.writeString(directory.resolve("text"), "no certificate");
        for (Path file : new Path[] {text, directory, directory.resolve("none")}) {
            assertThatIOException()
                    .isThrownBy(() -> BoundedClient.of(address, Map.of(TrustedAuthorities.VARIABLE, file.toString())))
                    .withMessageContainingAll(file.toString(), "SSL_CERT_FILE");
        }
        BoundedClient.of(URI.create("http://localhost:1"), Map.of(TrustedAuthorities.VARIABLE, "none"))
                .close();
    }
}
