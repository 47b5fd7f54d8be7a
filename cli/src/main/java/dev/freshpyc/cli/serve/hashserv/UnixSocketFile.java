package dev.freshpyc.cli.serve.hashserv;

import dev.freshpyc.cli.option.CommandFailure;
import dev.freshpyc.cli.option.ExitCode;
import dev.freshpyc.core.file.TemporaryFile;
import dev.freshpyc.core.file.UnixUser;
import dev.freshpyc.core.path.JavaPath;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.store.file.Ownership;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The file of a Unix domain socket. It is made in a directory that nobody else may enter, gets its mode there, and is then moved to its place.
 * So users without permission cannot connect at any moment. A file that a service left behind is replaced.
 */
final class UnixSocketFile {

    private static final String MODE = "rw-rw----";
    private static final int FORMAT = 0170000;
    private static final int SOCKET = 0140000;

    private final Path path;
    private final Path directory;
    private @Nullable Object identity;

    UnixSocketFile(Path path) {
        this.path = path;
        directory = Objects.requireNonNull(path.getParent());
    }

    /**
     * Makes the file and listens at it.
     *
     * @throws CommandFailure when another program listens there, or the place cannot be used
     */
    ServerSocketChannel listen(int queue) {
        String objection = Ownership.objectionToPlace(path);
        if (objection != null) {
            throw refused(objection);
        }
        try {
            removeStale();
            return bind(queue);
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException failed) {
            throw refused("it cannot be made: " + failed.getMessage());
        }
    }

    /** Removes the file of a service that has ended. */
    private void removeStale() throws IOException {
        Map<String, Object> found;
        try {
            found = Files.readAttributes(path, "unix:uid,mode", LinkOption.NOFOLLOW_LINKS);
        } catch (NoSuchFileException none) {
            return;
        }
        boolean isSocket = ((int) found.getOrDefault("mode", 0) & FORMAT) == SOCKET;
        int owner = (int) found.getOrDefault("uid", -1);
        if (!isSocket || owner != UnixUser.effective().orElse(-1)) {
            throw refused("a file that is not a socket of this user is there; name another path");
        }
        if (isListening()) {
            throw refused("another program listens there; name another path");
        }
        Files.delete(path);
    }

    private boolean isListening() {
        try (SocketChannel _ = SocketChannel.open(UnixDomainSocketAddress.of(path))) {
            return true;
        } catch (IOException refused) {
            return false;
        }
    }

    private ServerSocketChannel bind(int queue) throws IOException {
        Path closed = TemporaryFile.directoryIn(directory, ".");
        Path made = closed.resolve("s");
        ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            server.bind(UnixDomainSocketAddress.of(made), queue);
            Files.setPosixFilePermissions(made, PosixFilePermissions.fromString(MODE));
            identity = key(made);
            Files.move(made, path);
            return server;
        } catch (IOException | RuntimeException failed) {
            server.close();
            throw failed;
        } finally {
            Files.deleteIfExists(made);
            Files.delete(closed);
        }
    }

    private static @Nullable Object key(Path file) throws IOException {
        return Files.getAttribute(file, "unix:ino", LinkOption.NOFOLLOW_LINKS);
    }

    /** Removes the file, unless another file has replaced it. */
    void delete() {
        try {
            if (Objects.equals(identity, key(path))) {
                Files.delete(path);
            }
        } catch (IOException _) {
            // The file is gone, or stays until the next service replaces it.
        }
    }

    private CommandFailure refused(String why) {
        return new CommandFailure(
                ExitCode.INCOMPLETE,
                "cannot listen at the socket " + JavaPath.toRaw(path).shown() + ": "
                        + RawPath.of(why).shown());
    }
}
