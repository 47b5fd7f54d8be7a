package dev.freshpyc.cli.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.jetty.io.AbstractConnection;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Scheduler;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A real server whose clock the test moves. */
@Timeout(60)
class SlowHeadersTest {

    private static final String REQUEST = "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n";
    private static final int SHORT_MILLIS = 200;

    private final AtomicLong clock = new AtomicLong();
    private final CountDownLatch answered = new CountDownLatch(1);
    private final CountDownLatch asked = new CountDownLatch(1);
    private final Server server = new Server();
    private final ServerConnector connector = new ServerConnector(server);
    private final SlowHeaders slow = new SlowHeaders(connector.getScheduler(), clock::get);

    @BeforeEach
    void start() throws Exception {
        connector.setHost("127.0.0.1");
        connector.addBean(slow, false); // checked by the test alone
        connector.addEventListener(slow);
        server.addConnector(connector);
        server.setHandler(new Handler.Abstract() {
            @Override
            public boolean handle(Request request, Response response, Callback callback) throws Exception {
                if (request.getHttpURI().getPath().equals("/wait")) {
                    asked.countDown();
                    answered.await();
                }
                callback.succeeded();
                return true;
            }
        });
        server.start();
    }

    @AfterEach
    void stop() throws Exception {
        answered.countDown();
        server.stop();
    }

    @Test
    void aFirstRequestThatNeverEndsIsDropped() throws Exception {
        try (Socket client = client("GET / HTTP/1.1\r\n");
                Socket silent = client("")) {
            awaitConnections(2);
            pass(SlowHeaders.MAX_TIME.toNanos());
            assertThat(isOpen(client)).isTrue();

            send(client, "Host: ");
            pass(1);

            awaitEnd(client);
            awaitEnd(silent);
        }
    }

    @Test
    void aLaterRequestThatNeverEndsIsDropped() throws Exception {
        try (Socket client = client(REQUEST)) {
            readAnswer(client);
            pass(10 * SlowHeaders.MAX_TIME.toNanos());
            assertThat(isOpen(client)).as("a client that asks nothing").isTrue();
            send(client, "GET ");
            while (isOpen(client)) { // until the byte has arrived
                pass(SlowHeaders.MAX_TIME.toNanos() / 2);
            }
        }
    }

    @Test
    void aClientThatWaitsForItsAnswerIsKept() throws Exception {
        try (Socket client = client(REQUEST.replace("/ ", "/wait "))) {
            asked.await();
            pass(1);
            send(client, "GET ");
            pass(10 * SlowHeaders.MAX_TIME.toNanos());
            answered.countDown();
            readAnswer(client);
        }
    }

    @Test
    void connectionsAreCheckedOnlyWhileThereAreAny() throws Exception {
        List<Runnable> tasks = new ArrayList<>();
        SlowHeaders started = new SlowHeaders(recording(tasks), clock::get);
        started.start();
        assertThat(tasks).as("without connections").isEmpty();

        Connection connection = connection();
        started.onOpened(connection);
        started.onOpened(connection());
        assertThat(tasks).as("with connections").hasSize(1);
        tasks.removeFirst().run();
        assertThat(tasks).as("with connections after a check").hasSize(1);

        started.onClosed(connection);
        tasks.removeFirst().run();
        assertThat(tasks).as("with one connection").hasSize(1);
        clock.addAndGet(2 * SlowHeaders.MAX_TIME.toNanos());
        started.stop();
        tasks.removeFirst().run();
        assertThat(tasks).as("after the end of the service").isEmpty();
    }

    private static Scheduler recording(List<Runnable> tasks) {
        return (Scheduler) Proxy.newProxyInstance(
                Scheduler.class.getClassLoader(), new Class<?>[] {Scheduler.class}, (_, _, arguments) -> {
                    tasks.add((Runnable) arguments[0]);
                    return null;
                });
    }

    private static Connection connection() {
        EndPoint end = (EndPoint) Proxy.newProxyInstance(
                EndPoint.class.getClassLoader(), new Class<?>[] {EndPoint.class}, (_, _, _) -> null);
        return new AbstractConnection(end, Runnable::run) {
            @Override
            public void onFillable() {}

            @Override
            public long getMessagesIn() {
                return 0;
            }
        };
    }

    private void pass(long nanos) {
        clock.addAndGet(nanos);
        slow.check();
    }

    private Socket client(String text) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), connector.getLocalPort());
        socket.setSoTimeout(SHORT_MILLIS);
        send(socket, text);
        return socket;
    }

    private static void send(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    }

    private void awaitConnections(int count) {
        while (connector.getConnectedEndPoints().size() < count) {
            Thread.onSpinWait();
        }
    }

    private static void readAnswer(Socket client) throws IOException {
        client.setSoTimeout(0);
        InputStream in = client.getInputStream();
        StringBuilder text = new StringBuilder();
        while (text.indexOf("\r\n\r\n") < 0) {
            int read = in.read();
            assertThat(read).as(text.toString()).isNotNegative();
            text.append((char) read);
        }
        client.setSoTimeout(SHORT_MILLIS);
    }

    private static boolean isOpen(Socket client) throws IOException {
        try {
            return client.getInputStream().read() >= 0;
        } catch (SocketTimeoutException _) {
            return true;
        } catch (SocketException reset) {
            return false;
        }
    }

    private static void awaitEnd(Socket client) throws IOException {
        client.setSoTimeout(0);
        assertThat(isOpen(client)).isFalse();
    }
}
