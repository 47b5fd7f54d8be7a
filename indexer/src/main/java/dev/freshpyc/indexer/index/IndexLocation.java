package dev.freshpyc.indexer.index;

import dev.freshpyc.core.file.UnixUser;
import dev.freshpyc.core.path.JavaPath;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * The directory of the indexes: the directory that the user names, otherwise {@code $FRESHPYC_INDEX}, otherwise the
 * system's cache for root and the user's cache for any other user. Nothing is written to a home directory of another
 * user, so that {@code sudo} leaves no files of root there.
 */
public final class IndexLocation {

    private static final String VARIABLE = "FRESHPYC_INDEX";
    private static final String NAME = "freshpyc";
    private static final Path SYSTEM = Path.of("/var/cache", NAME);

    /** Where a system that is installed as one image has its sealed indexes, relative to its root. */
    public static final Path SEALED_IN_ROOT = Path.of("usr/lib", NAME);

    private static final Path SEALED = Path.of("/").resolve(SEALED_IN_ROOT);

    private IndexLocation() {}

    /**
     * The directory, whether it exists or not; empty when there is none that may be written to.
     *
     * @param wished the directory that the user named
     * @param environment of the process
     */
    public static Optional<Path> find(Optional<String> wished, Map<String, String> environment) {
        Optional<String> named = wished.or(() -> variable(environment, VARIABLE));
        if (named.isPresent()) {
            return named.map(JavaPath::of);
        }
        Optional<Integer> user = UnixUser.effective();
        if (user.equals(Optional.of(UnixUser.ROOT))) {
            return Optional.of(SYSTEM);
        }
        return userCache(environment).filter(cache -> isOwn(cache, user)).map(cache -> cache.resolve(NAME));
    }

    /**
     * The system's directory, for users who read there what root has recorded; empty for root, where a directory was named, and
     * where root does not own the system's.
     *
     * @param wished the directory that the user named
     * @param environment of the process
     */
    public static Optional<Path> shared(Optional<String> wished, Map<String, String> environment) {
        boolean named = wished.or(() -> variable(environment, VARIABLE)).isPresent();
        Optional<Integer> root = Optional.of(UnixUser.ROOT);
        return !named
                        && !UnixUser.effective().equals(root)
                        && UnixUser.ownerOf(SYSTEM).equals(root)
                ? Optional.of(SYSTEM)
                : Optional.empty();
    }

    /**
     * The directory of the sealed indexes that came with the system's image; empty where a directory was named, and where root does
     * not own the system's.
     *
     * @param wished the directory that the user named
     * @param environment of the process
     */
    public static Optional<Path> sealed(Optional<String> wished, Map<String, String> environment) {
        boolean named = wished.or(() -> variable(environment, VARIABLE)).isPresent();
        return !named && UnixUser.ownerOf(SEALED).equals(Optional.of(UnixUser.ROOT))
                ? Optional.of(SEALED)
                : Optional.empty();
    }

    /** Whether a directory is that of the sealed indexes of an image, of this system or of another root directory. */
    public static boolean isOfImage(Path directory) {
        return directory.toAbsolutePath().normalize().endsWith(SEALED_IN_ROOT);
    }

    private static Optional<Path> userCache(Map<String, String> environment) {
        return variable(environment, "XDG_CACHE_HOME")
                .map(JavaPath::of)
                .filter(Path::isAbsolute)
                .or(() -> variable(environment, "HOME")
                        .map(home -> JavaPath.of(home).resolve(".cache")));
    }

    private static Optional<String> variable(Map<String, String> environment, String name) {
        return Optional.ofNullable(environment.get(name)).filter(value -> !value.isEmpty());
    }

    /** Whether the nearest directory above that exists belongs to the user; unknown users are believed. */
    private static boolean isOwn(Path directory, Optional<Integer> user) {
        Path existing = directory;
        while (existing != null && !Files.exists(existing)) {
            existing = existing.getParent();
        }
        return existing != null && (user.isEmpty() || UnixUser.ownerOf(existing).equals(user));
    }
}
