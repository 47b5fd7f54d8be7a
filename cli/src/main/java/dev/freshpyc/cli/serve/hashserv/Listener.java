package dev.freshpyc.cli.serve.hashserv;

import dev.freshpyc.cli.option.CommandFailure;
import dev.freshpyc.cli.option.ExitCode;
import dev.freshpyc.cli.serve.Access;
import dev.freshpyc.cli.serve.ListenAddress;
import dev.freshpyc.core.path.RawPath;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/** Takes the connections of one address. */
final class Listener implements AutoCloseable {

    private static final int QUEUE = 128;

    /** The wait when no connection can be taken, since the process has no descriptor left. */
    private static final long PAUSE_MILLIS = 100;

    private final ServerSocketChannel server;
    private final String shown;
    private final Runnable cleanup;

    private Listener(ServerSocketChannel server, String shown, Runnable cleanup) {
        this.server = server;
        this.shown = shown;
        this.cleanup = cleanup;
    }

    /**
     * Listens at an address.
     *
     * @throws CommandFailure when the address cannot be listened at
     */
    static Listener of(HashservAddress address, Access access, CommandTable commands, Connections connections) {
        return switch (address) {
            case HashservAddress.Tcp(var tcp) -> {
                Conversation lines = new Conversation(commands, LineChannel::new);
                yield tcp(tcp, "").start(connections, (channel, turn) -> lines.run(Peer.plain(channel), turn));
            }
            case HashservAddress.WebSocket web -> {
                ListenAddress tcp = web.address();
                WebSocketUpgrade upgrade = new WebSocketUpgrade(access.at(tcp, web.isTls()));
                Conversation frames = new Conversation(commands, upgrade::open);
                var tls = TlsSockets.of(access, web);
                yield tcp(tcp, web.scheme())
                        .start(
                                connections,
                                (channel, turn) -> frames.run(
                                        tls.isPresent() ? Peer.tls(channel, tls.get()) : Peer.plain(channel), turn));
            }
            case HashservAddress.Unix(var path) -> {
                Conversation lines = new Conversation(commands, LineChannel::new);
                UnixSocketFile file = new UnixSocketFile(path);
                Listener listener = new Listener(file.listen(QUEUE), "unix://" + path, file::delete);
                yield listener.start(connections, (channel, turn) -> lines.run(Peer.plain(channel), turn));
            }
        };
    }

    private static Listener tcp(ListenAddress address, String scheme) {
        try {
            ServerSocketChannel server = ServerSocketChannel.open();
            try {
                server.setOption(StandardSocketOptions.SO_REUSEADDR, true);
                server.bind(new InetSocketAddress(InetAddress.ofLiteral(address.host()), address.port()), QUEUE);
                int port = ((InetSocketAddress) server.getLocalAddress()).getPort();
                return new Listener(server, scheme + address.shownHost() + ":" + port, () -> {});
            } catch (IOException taken) {
                server.close();
                throw taken;
            }
        } catch (IOException taken) {
            throw new CommandFailure(
                    ExitCode.INCOMPLETE,
                    "cannot listen at " + address.host() + " port " + address.port()
                            + ", perhaps since another program does: choose another port with "
                            + HashservAddress.OPTION);
        }
    }

    private Listener start(Connections connections, Connections.ConnectionUse use) {
        Thread.ofVirtual().name("hashserv-listener").start(() -> accept(connections, use));
        return this;
    }

    private void accept(Connections connections, Connections.ConnectionUse use) {
        try {
            while (server.isOpen()) {
                connections.awaitPlace();
                SocketChannel channel = accepted();
                if (channel == null) {
                    connections.giveBack();
                } else {
                    connections.start(channel, use);
                }
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private @Nullable SocketChannel accepted() throws InterruptedException {
        try {
            SocketChannel channel = server.accept();
            if (channel.supportedOptions().contains(StandardSocketOptions.TCP_NODELAY)) {
                channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            }
            return channel;
        } catch (ClosedChannelException _) {
            return null;
        } catch (IOException exhausted) {
            Thread.sleep(PAUSE_MILLIS);
            return null;
        }
    }

    /** The address as clients spell it. */
    String shown() {
        return RawPath.of(shown).shown();
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException _) {
            // The socket is closed all the same.
        }
        cleanup.run();
    }
}
