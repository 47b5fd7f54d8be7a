package dev.freshpyc.cli.serve.hashserv;

import dev.freshpyc.cli.option.CommandFailure;
import dev.freshpyc.cli.option.ExitCode;
import dev.freshpyc.cli.serve.ListenAddress;
import dev.freshpyc.core.path.JavaPath;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** An address at which clients of OEHASHEQUIV connect. */
public sealed interface HashservAddress {

    /** The option that names such addresses. */
    String OPTION = "--hashserv";

    /** Lines over TCP. */
    record Tcp(ListenAddress address) implements HashservAddress {}

    /** Lines over a Unix domain socket. */
    record Unix(Path path) implements HashservAddress {}

    /** Websockets, over TLS or not. */
    record WebSocket(ListenAddress address, boolean isTls) implements HashservAddress {

        String scheme() {
            return isTls ? "wss://" : "ws://";
        }
    }

    /**
     * Reads {@code HOST:PORT}, {@code unix:PATH}, {@code ws://HOST:PORT} or {@code wss://HOST:PORT}.
     *
     * @throws CommandFailure when the text is not an address
     */
    static HashservAddress of(String text) {
        if (text.startsWith("unix:")) {
            return new Unix(path(text.substring("unix:".length())));
        }
        for (String scheme : new String[] {"ws://", "wss://"}) {
            if (text.startsWith(scheme)) {
                String address = text.substring(scheme.length()).replaceFirst("/$", "");
                return new WebSocket(ListenAddress.of(OPTION, address), scheme.equals("wss://"));
            }
        }
        return new Tcp(ListenAddress.of(OPTION, text));
    }

    /** Reads a path, also in the spelling of clients: {@code unix:///run/hashserv.sock}. */
    private static Path path(String text) {
        try {
            Path path = JavaPath.of(text.startsWith("//") ? text.substring(2) : text)
                    .toAbsolutePath();
            if (path.getFileName() != null && !text.isEmpty()) {
                return path;
            }
        } catch (InvalidPathException _) {
            // The text is refused below, like a path without a name.
        }
        throw new CommandFailure(ExitCode.USAGE, OPTION + ": 'unix:' is followed by the path of a socket");
    }
}
