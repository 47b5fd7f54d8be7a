package dev.freshpyc.indexer.interpreter;

import dev.freshpyc.core.file.UnixUser;
import dev.freshpyc.core.path.JavaPath;
import dev.freshpyc.indexer.fs.CanonicalPath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Decides whether freshpyc may start a program that the user did not name. A program in a scanned tree may not be
 * started, since the tree is data. As root, freshpyc may not start a program that another user could have put there: a
 * scan would give that user control of the machine. The file itself, its directory and the directory of a link to the
 * file are checked.
 *
 * @param root whether this process runs as root
 * @param scanned the scanned trees, as real paths
 */
public record StartPolicy(boolean root, List<Path> scanned) {

    private static final String ATTRIBUTES = "unix:uid,mode";
    private static final int GROUP_OR_OTHERS_WRITE = 022;
    private static final int STICKY = 01000;

    /** The policy of this process. */
    public static StartPolicy of(List<Path> scanned) {
        return new StartPolicy(
                UnixUser.mayBeRoot(), scanned.stream().map(CanonicalPath::of).toList());
    }

    /** Why a program may not be started, as a predicate of the program; empty if it may. An empty name starts nothing. */
    public Optional<String> objection(String name) {
        try {
            return name.isEmpty() ? Optional.empty() : objection(JavaPath.of(name));
        } catch (InvalidPathException notHere) {
            return Optional.of("has a name that is not a path on this system");
        }
    }

    private Optional<String> objection(Path program) {
        Path name = program.getFileName();
        if (name == null) {
            return Optional.of("is a directory");
        }
        Path file = CanonicalPath.of(program);
        Path link = CanonicalPath.of(directory(program)).resolve(name);
        if (scanned.stream().anyMatch(tree -> file.startsWith(tree) || link.startsWith(tree))) {
            return Optional.of("lies in a scanned tree");
        }
        if (!root) {
            return Optional.empty();
        }
        try {
            boolean safe = isSafe(file, false) && isSafe(directory(file), true) && isSafe(directory(link), true);
            return safe ? Optional.empty() : Optional.of("can be replaced by users other than root");
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException unknown) {
            return Optional.of("has owners or permissions that cannot be read");
        }
    }

    /** In a sticky directory, such as {@code /tmp}, users cannot replace files of others. */
    private static boolean isSafe(Path path, boolean mayBeSticky) throws IOException {
        Map<String, Object> attributes = Files.readAttributes(path, ATTRIBUTES);
        int mode = (int) attributes.getOrDefault("mode", GROUP_OR_OTHERS_WRITE);
        boolean closed = (mode & GROUP_OR_OTHERS_WRITE) == 0 || (mayBeSticky && (mode & STICKY) != 0);
        return closed && attributes.getOrDefault("uid", -1).equals(UnixUser.ROOT);
    }

    private static Path directory(Path file) {
        Path parent = file.toAbsolutePath().getParent();
        return parent == null ? file : parent;
    }
}
