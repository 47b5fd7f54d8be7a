package dev.freshpyc.cli.serve.hashserv;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshpyc.cli.serve.Damage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Sends many damaged conversations. Each conversation gets answers of the protocol or the end of its connection, and
 * the service leaves no descriptor open.
 */
@EnabledOnOs(value = OS.LINUX, disabledReason = "NOT RUN: descriptors are counted in /proc")
@Timeout(120)
class MalformedHashservTest {

    private static final int REQUESTS = Integer.getInteger("freshpyc.requests", 150);
    private static final int CLIENTS = 16;
    private static final int SPARE = 8;

    private static final List<String> TALKS = List.of(
            "{\"get\": {\"taskhash\": \"t\", \"method\": \"m\", \"all\": true}}\n",
            "{\"report\": {\"taskhash\": \"t\", \"method\": \"m\", \"outhash\": \"o\", \"unihash\": \"u\", \"PN\": 3}}\n",
            "{\"chunk-stream\": null}\n{\"report-equiv\": {\"taskhash\": \"t2\",\n \"method\": \"m\", \"unihash\": \"u\"}}\n\n",
            "{\"get-stream\": null}\nm t\nm x\nEND\n{\"exists-stream\": null}\nu\nEND\n",
            "{\"gc-mark-stream\": null}\n{\"mark\": \"A\", \"where\": {\"unihash\": \"u\"}}\nEND\n",
            "{\"gc-mark\": {\"mark\": \"k\", \"where\": {\"method\": \"m\"}}}\n{\"gc-status\": {}}\n",
            "{\"clean-unused\": {\"max_age_seconds\": 5}}\n{\"get-stats\": null}\n",
            "{\"get-user\": {\"username\": \"u\"}}\n");

    private final long seed = System.nanoTime();

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1:0", "ws://127.0.0.1:0"})
    void everyDamagedConversationEndsCleanly(String address, @TempDir Path directory) throws Exception {
        boolean isWeb = address.startsWith("ws");
        try (RunningHashserv service = RunningHashserv.at(directory, address);
                ExecutorService clients = Executors.newFixedThreadPool(CLIENTS)) {
            int port = service.port();
            SplittableRandom random = new SplittableRandom(seed);
            send(port, talk(isWeb, TALKS.getFirst()));
            long before = Damage.openDescriptors();
            List<Callable<Void>> tasks = new ArrayList<>();
            for (int i = 0; i < REQUESTS; i++) {
                byte[] damaged = Damage.of(talk(isWeb, TALKS.get(random.nextInt(TALKS.size()))), random, 40_000);
                tasks.add(() -> {
                    require(damaged, send(port, damaged));
                    return null;
                });
            }
            for (Future<Void> done : clients.invokeAll(tasks)) {
                done.get();
            }

            assertThat(send(port, talk(isWeb, "{\"ping\": {}}\n"))).contains("{\"alive\":true}");
            Damage.requireOpenDescriptors(before + SPARE);
        }
    }

    /** The bytes that a client sends: lines, or WebSocket frames after an upgrade request. */
    private static byte[] talk(boolean isWeb, String lines) {
        ByteArrayOutputStream talk = new ByteArrayOutputStream();
        String all = HashservClient.GREETING + lines;
        if (!isWeb) {
            talk.writeBytes(all.getBytes(StandardCharsets.UTF_8));
            return talk.toByteArray();
        }
        List<String> upgrade = List.of(
                "GET /ws HTTP/1.1",
                "Host: localhost",
                "Upgrade: websocket",
                "Connection: Upgrade",
                "Sec-WebSocket-Version: 13",
                "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==",
                "",
                "");
        talk.writeBytes(String.join("\r\n", upgrade).getBytes(StandardCharsets.US_ASCII));
        for (String line : all.split("\n", -1)) {
            byte[] text = line.getBytes(StandardCharsets.UTF_8);
            talk.write(0x81);
            if (text.length < 126) {
                talk.write(0x80 | text.length);
            } else {
                talk.writeBytes(new byte[] {(byte) 0xfe, (byte) (text.length >>> 8), (byte) text.length});
            }
            talk.writeBytes(new byte[4]); // a mask that changes nothing
            talk.writeBytes(text);
        }
        return talk.toByteArray();
    }

    private static String send(int port, byte[] talk) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(5_000);
            ByteArrayOutputStream answer = new ByteArrayOutputStream();
            try {
                socket.getOutputStream().write(talk);
                socket.shutdownOutput();
                InputStream in = socket.getInputStream();
                for (int b = in.read(); b >= 0; b = in.read()) {
                    answer.write(b);
                }
            } catch (SocketTimeoutException late) {
                throw late;
            } catch (IOException _) {
                // The service has closed the connection before it read everything.
            }
            return answer.toString(StandardCharsets.ISO_8859_1);
        }
    }

    private void require(byte[] talk, String answer) {
        assertThat(answer)
                .as("seed %d%n%s", seed, new String(talk, StandardCharsets.ISO_8859_1))
                .doesNotContain("Exception", "\tat ", "jackson", "sqlite", "SQL", "java.");
    }
}
