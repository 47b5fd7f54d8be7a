package dev.freshpyc.cli.serve;

import dev.freshpyc.cli.option.CommandFailure;
import dev.freshpyc.cli.option.ExitCode;
import java.io.IOException;
import java.time.Duration;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.util.thread.VirtualThreadPool;

/**
 * The HTTP server of the service. A few platform threads wait for the network; each request is answered on a virtual thread.
 * Headers, connections and idle time are bounded, bodies by {@link RequestBody}, the time of headers by {@link SlowHeaders}.
 */
public final class HttpService implements AutoCloseable {

    /** Most connections at a time; further clients wait in the system's queue. */
    static final int MAX_CONNECTIONS = 512;

    /** Largest request line with headers, in bytes. */
    static final int MAX_HEADER_BYTES = 16 * 1024;

    private static final Duration IDLE = Duration.ofSeconds(20);
    private static final int PLATFORM_THREADS =
            6; // an acceptor, a selector, and threads that Jetty reserves for itself

    private final Server server;
    private final ServerConnector connector;

    private HttpService(Server server, ServerConnector connector) {
        this.server = server;
        this.connector = connector;
    }

    /**
     * Starts to listen.
     *
     * @throws CommandFailure when the address cannot be listened at
     */
    public static HttpService start(Access access, ServiceState state) {
        QueuedThreadPool threads = new QueuedThreadPool(PLATFORM_THREADS, 1);
        threads.setVirtualThreadsExecutor(new VirtualThreadPool(MAX_CONNECTIONS));
        Server server = new Server(threads);
        ServerConnector connector = new ServerConnector(server, 1, 1, factories(access));
        connector.setHost(access.address().host());
        connector.setPort(access.address().port());
        connector.setIdleTimeout(IDLE.toMillis());
        connector.addBean(new SlowHeaders(connector.getScheduler(), System::nanoTime));
        server.addConnector(connector);
        server.addBean(new NetworkConnectionLimit(MAX_CONNECTIONS, connector));
        server.setErrorHandler(new RequestErrors());
        EventStream stream = new EventStream(state.events());
        server.setHandler(
                new Routes(new ServiceEndpoints(state, stream, access.tokens()), state.meters(), stream, access));
        HttpService service = new HttpService(server, connector);
        service.start(access.address());
        return service;
    }

    private static ConnectionFactory[] factories(Access access) {
        HttpConnectionFactory http = new HttpConnectionFactory(configuration());
        if (access.identity().isEmpty()) {
            return new ConnectionFactory[] {http};
        }
        SslContextFactory.Server tls = new SslContextFactory.Server();
        tls.setKeyStore(access.identity().get().store());
        tls.setKeyStorePassword("");
        return new ConnectionFactory[] {new SslConnectionFactory(tls, http.getProtocol()), http};
    }

    private static HttpConfiguration configuration() {
        HttpConfiguration configuration = new HttpConfiguration();
        configuration.setSendServerVersion(false);
        configuration.setRequestHeaderSize(MAX_HEADER_BYTES);
        return configuration;
    }

    private void start(ListenAddress address) {
        try {
            server.start();
        } catch (IOException taken) {
            close();
            throw new CommandFailure(
                    ExitCode.INCOMPLETE,
                    "cannot listen at " + address.host() + " port " + address.port()
                            + ", perhaps since another program does: choose another port with --listen");
        } catch (Exception defect) {
            close();
            throw new IllegalStateException("Jetty does not start", defect);
        }
    }

    /** The port that the service listens at. */
    public int port() {
        return connector.getLocalPort();
    }

    /** Stops listening and drops the connections. */
    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception failed) {
            throw new IllegalStateException("Jetty does not stop", failed);
        }
    }
}
