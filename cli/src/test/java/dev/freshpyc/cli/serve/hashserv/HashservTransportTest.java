package dev.freshpyc.cli.serve.hashserv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshpyc.cli.option.CommandFailure;
import dev.freshpyc.cli.serve.equivalence.TaskKey;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The transport of OEHASHEQUIV: the handshake, long messages, streams, slow clients and Unix sockets. */
@Timeout(60)
class HashservTransportTest {

    private static final ConnectionLimits SHORT_LIMITS =
            new ConnectionLimits(2, 1, Duration.ofMillis(400), Duration.ofMillis(400), Duration.ofMillis(400));

    private final Path directory;

    HashservTransportTest(@TempDir Path directory) {
        this.directory = directory;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "OEHASHEQUIV 1.2\n\n",
                "OEHASHEQUIV\n\n",
                "GET / HTTP/1.1\r\n\r\n",
                "PRSERVICE 1.0\n\n",
                "\n\n",
                "OEHASHEQUIV 1.1\nno header\n\n",
                "\u00ff\u0000\n"
            })
    void aWrongGreetingIsRefused(String greeting) throws IOException {
        try (RunningHashserv service = RunningHashserv.of(directory);
                HashservClient client = HashservClient.silent(service.port())) {
            assertThat(client.send(greeting).line()).startsWith("{\"invoke-error\":{\"message\":\"");
            assertThat(client.line()).isNull();
        }
    }

    @Test
    void headersAreAnsweredWhereTheClientAsksForThem() throws IOException {
        try (RunningHashserv service = RunningHashserv.of(directory);
                HashservClient client = HashservClient.silent(service.port())) {
            client.send("OEHASHEQUIV 1.1\r\nNeeds-Headers: true\nother: 1\n\n{\"ping\": {}}\n");
            assertThat(client.line()).isEmpty();
            assertThat(client.line()).isEqualTo("{\"alive\":true}");
        }
        try (RunningHashserv service = RunningHashserv.of(directory);
                HashservClient client = HashservClient.silent(service.port())) {
            assertThat(client.send("OEHASHEQUIV 1.1\n" + "a: b\n".repeat(40) + "\n")
                            .line())
                    .contains("more than 32 headers");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 32_000, 32_600, 40_000, 140_000, 900_000})
    void longMessagesAreSplitInBothDirections(int length) throws IOException {
        try (RunningHashserv service = RunningHashserv.of(directory);
                HashservClient client = service.client()) {
            String info = "x y ".repeat(length / 4 + 1);
            String report =
                    "{\"report\": {\"taskhash\": \"t\", \"method\": \"m\", \"outhash\": \"o\", \"unihash\": \"u\","
                            + " \"outhash_siginfo\": \"" + info + "\"}}";
            int most = 32 * 1024 - 1;
            if (report.length() < most) {
                client.send(report + "\n");
            } else {
                client.send("{\"chunk-stream\": null}\n");
                for (int at = 0; at < report.length(); at += most) {
                    client.send(report.substring(at, Math.min(at + most, report.length())) + "\n");
                }
                client.send("\n");
            }
            assertThat(client.line()).isEqualTo("{\"taskhash\":\"t\",\"method\":\"m\",\"unihash\":\"u\"}");

            String answer = client.ask("{\"get-outhash\": {\"method\": \"m\", \"outhash\": \"o\"}}");
            if (answer.equals("{\"chunk-stream\": null}")) {
                StringBuilder whole = new StringBuilder();
                for (String piece = String.valueOf(client.line());
                        !piece.isEmpty();
                        piece = String.valueOf(client.line())) {
                    assertThat(piece).hasSizeLessThanOrEqualTo(most).doesNotEndWith(" ");
                    whole.append(piece);
                }
                answer = whole.toString();
            } else {
                assertThat(answer).hasSizeLessThan(most);
            }
            assertThat(answer).contains("\"outhash_siginfo\":\"" + info + "\"");
        }
    }

    @Test
    void messagesThatAreTooLongAreRefused() throws IOException {
        try (RunningHashserv service = RunningHashserv.of(directory)) {
            try (HashservClient client = service.client()) {
                assertThat(client.ask("x".repeat(33_000))).contains("A line is longer than 32768 bytes.");
            }
            try (HashservClient client = service.client()) {
                String piece = "x".repeat(32_000) + "\n";
                assertThat(client.ask("{\"chunk-stream\": null}\n" + piece.repeat(135)))
                        .contains("longer than 4194304");
            }
            try (HashservClient client = service.client()) {
                assertThat(client.ask("{\"chunk-stream\": null}\n{\"chunk-stream\": null}\n"))
                        .contains("Unrecognized command");
            }
        }
    }

    @Test
    void aStreamAnswersEachLineInOrder() throws IOException {
        try (RunningHashserv service = RunningHashserv.of(directory);
                HashservClient client = service.client()) {
            int tasks = 300;
            for (int at = 0; at < tasks; at += 2) {
                client.ask("{\"report-equiv\": {\"taskhash\": \"t" + at + "\", \"method\": \"m\", \"unihash\": \"u" + at
                        + "\"}}");
            }
            assertThat(client.ask("{\"get-stream\": null}")).isEqualTo("\"ok\"");
            client.send(IntStream.range(0, tasks)
                    .mapToObj(at -> "m t" + at + "\n")
                    .collect(Collectors.joining("", "", "END\n{\"exists-stream\": null}\nu0\nu1\nEND\n")));
            for (int at = 0; at < tasks; at++) {
                assertThat(client.line()).isEqualTo(at % 2 == 0 ? "u" + at : "");
            }
            assertThat(client.line()).isEqualTo("ok");
            assertThat(client.line()).isEqualTo("\"ok\"");
            assertThat(client.line()).isEqualTo("true");
            assertThat(client.line()).isEqualTo("false");
            assertThat(client.line()).isEqualTo("ok");

            assertThat(client.ask("{\"gc-mark-stream\": null}")).isEqualTo("\"ok\"");
            assertThat(client.ask("{\"mark\": \"A\", \"where\": {\"unihash\": \"u0\"}}"))
                    .isEqualTo("{\"count\":1}");
            client.send(
                    "{\"mark\": \"A\", \"where\": {\"unihash\": \"none\"}}\n{\"mark\": \"A\", \"where\": {\"PN\": \"x\"}}\nEND\n");
            assertThat(client.line()).isEqualTo("{\"count\":0}");
            assertThat(client.line()).isEqualTo("{\"count\":0}");
            assertThat(client.line()).isEqualTo("ok");
            assertThat(client.ask("{\"gc-status\": {}}")).isEqualTo("{\"keep\":1,\"remove\":149,\"mark\":\"A\"}");
        }
    }

    @Test
    void aWrongLineOfAStreamEndsTheConnectionWithoutAnAnswer() throws IOException {
        try (RunningHashserv service = RunningHashserv.of(directory);
                HashservClient client = service.client()) {
            client.ask("{\"get-stream\": null}");
            assertThat(client.ask("only-a-method")).isEqualTo("null");
        }
    }

    /** A unihash that came over HTTP may have a line feed, which would shift all later answers of a stream. */
    @Test
    void aUnihashOfTwoLinesIsNotAnswered() throws Exception {
        try (RunningHashserv service = RunningHashserv.of(directory);
                HashservClient client = service.client()) {
            service.equivalences().store().keep(Map.of(new TaskKey("m", "t"), "u\nEND"));
            client.ask("{\"get-stream\": null}");
            assertThat(client.ask("m t")).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "OEHASH", "OEHASHEQUIV 1.1\n\n", "OEHASHEQUIV 1.1\n\n{\"pi"})
    void aSlowClientIsDropped(String beginning) throws IOException {
        try (RunningHashserv service = RunningHashserv.of(directory, SHORT_LIMITS);
                HashservClient client = HashservClient.silent(service.port())) {
            assertThat(client.send(beginning).line()).isNull();
        }
    }

    @Test
    void aClientThatDoesNotReadIsDropped() throws IOException {
        try (RunningHashserv service = RunningHashserv.of(directory, SHORT_LIMITS);
                HashservClient client = service.client()) {
            client.ask("{\"exists-stream\": null}");
            String lines = "no\n".repeat(100_000);
            assertThatThrownBy(() -> {
                        for (int round = 0; round < 1_000; round++) {
                            client.send(lines);
                        }
                    })
                    .isInstanceOf(IOException.class);
        }
    }

    @Test
    void aClientBeyondTheLimitWaits() throws IOException {
        try (RunningHashserv service = RunningHashserv.of(directory, SHORT_LIMITS);
                HashservClient first = service.client();
                HashservClient second = service.client();
                HashservClient third = service.client()) {
            assertThat(first.ask("{\"ping\": {}}")).contains("alive");
            assertThat(second.ask("{\"ping\": {}}")).contains("alive");
            assertThat(third.ask("{\"ping\": {}}"))
                    .as("after another client is dropped")
                    .contains("alive");
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void aSocketFileIsOnlyForTheUserAndItsGroup() throws IOException {
        Path socket = directory.resolve("hashserv.sock");
        try (RunningHashserv service = RunningHashserv.at(directory, "unix:" + socket);
                HashservClient client = HashservClient.of(socket)) {
            assertThat(service.service().addresses()).containsExactly("unix://" + socket);
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(socket)))
                    .isEqualTo("rw-rw----");
            assertThat(client.ask("{\"ping\": {}}")).contains("alive");
            assertThatThrownBy(() -> RunningHashserv.at(directory, "unix:" + socket))
                    .isInstanceOf(CommandFailure.class)
                    .hasMessageContaining("another program listens there");
            try (var files = Files.list(directory)) {
                assertThat(files.map(file -> file.getFileName().toString())).noneMatch(name -> name.startsWith("."));
            }
        }
        assertThat(socket).doesNotExist();
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void anAbandonedSocketFileIsReplacedAndOtherFilesAreNot() throws IOException {
        Path socket = directory.resolve("hashserv.sock");
        try (ServerSocketChannel abandoned = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            abandoned.bind(UnixDomainSocketAddress.of(socket));
        }
        assertThat(socket).exists();
        try (RunningHashserv _ = RunningHashserv.at(directory, "unix://" + socket);
                HashservClient client = HashservClient.of(socket)) {
            assertThat(client.ask("{\"ping\": {}}")).contains("alive");
        }
        Files.writeString(socket, "data");
        assertThatThrownBy(() -> RunningHashserv.at(directory, "unix:" + socket))
                .hasMessageContaining("a file that is not a socket");
        assertThat(socket).hasContent("data");
        Path link = Files.createSymbolicLink(directory.resolve("link"), socket);
        assertThatThrownBy(() -> RunningHashserv.at(directory, "unix:" + link)).isInstanceOf(CommandFailure.class);
    }
}
