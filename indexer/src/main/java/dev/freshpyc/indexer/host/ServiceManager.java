package dev.freshpyc.indexer.host;

import dev.freshpyc.core.file.Errno;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.indexer.fs.linux.NativeSupport;
import dev.freshpyc.indexer.fs.linux.UnixDatagram;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The service manager that started this process and waits for its messages, as sd_notify(3) describes; none where nobody waits. */
public final class ServiceManager {

    /** The environment variable that names the socket. */
    public static final String SOCKET = "NOTIFY_SOCKET";

    private final Optional<RawPath> socket;

    /** @param socket the value of {@value #SOCKET} */
    public ServiceManager(Optional<String> socket) {
        this.socket = socket.filter(name -> name.startsWith("/") || name.startsWith("@"))
                .map(RawPath::of);
    }

    /**
     * Says that the service answers.
     *
     * @return why the message could not be sent; empty also where no service manager waits
     */
    public Optional<Errno> ready() {
        return send("READY=1");
    }

    /** Says that the service ends. */
    public Optional<Errno> stopping() {
        return send("STOPPING=1");
    }

    private Optional<Errno> send(String message) {
        return NativeSupport.isAvailable()
                ? socket.flatMap(path -> UnixDatagram.send(path, message.getBytes(StandardCharsets.US_ASCII)))
                : Optional.empty();
    }
}
