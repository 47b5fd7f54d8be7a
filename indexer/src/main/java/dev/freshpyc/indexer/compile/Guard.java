package dev.freshpyc.indexer.compile;

import dev.freshpyc.core.file.UnixUser;
import dev.freshpyc.indexer.fs.CanonicalPath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Whether a program that was found, and not named by the user, may be started. It may not when it lies in a tree that is
 * looked at, for such a tree is data. Nor may it for root when others could have put it there: then to look at bytecode
 * would hand them the machine. The file counts and the directories that it and its link lie in.
 *
 * @param root whether this process is root's
 * @param scanned the trees that are looked at, without links
 */
record Guard(boolean root, List<Path> scanned) {

    private static final String ATTRIBUTES = "unix:uid,mode";
    private static final int GROUP_OR_OTHERS_WRITE = 022;
    private static final int STICKY = 01000;

    static Guard of(List<Path> scanned) {
        return new Guard(
                UnixUser.mayBeRoot(), scanned.stream().map(CanonicalPath::of).toList());
    }

    /** Why a program may not be started, or nothing; a program without a name is one that nobody can start. */
    Optional<String> objection(String name) {
        try {
            return name.isEmpty() ? Optional.empty() : objection(Path.of(name));
        } catch (InvalidPathException notHere) {
            return Optional.of("its name cannot be used here");
        }
    }

    private Optional<String> objection(Path program) {
        Path name = program.getFileName();
        if (name == null) {
            return Optional.of("it is a directory");
        }
        Path file = CanonicalPath.of(program);
        Path link = CanonicalPath.of(directory(program)).resolve(name);
        if (scanned.stream().anyMatch(tree -> file.startsWith(tree) || link.startsWith(tree))) {
            return Optional.of("it lies in a tree that is looked at");
        }
        if (!root) {
            return Optional.empty();
        }
        try {
            boolean safe = isSafe(file, false) && isSafe(directory(file), true) && isSafe(directory(link), true);
            return safe ? Optional.empty() : Optional.of("others than root may write to it");
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException unknown) {
            return Optional.of("who may write to it is not known");
        }
    }

    /** In a sticky directory, such as {@code /tmp}, nobody replaces what belongs to others. */
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
