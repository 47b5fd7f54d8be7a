package dev.freshpyc.core.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Numbers of Unix users: of the user who runs this process, and of a file's owner. */
public final class UnixUser {

    public static final int ROOT = 0;

    private static final String OWNER = "unix:uid";
    private static final Path SELF = Path.of("/proc/self");

    private UnixUser() {}

    /** The effective user of this process; empty where the system does not say. */
    public static Optional<Integer> effective() {
        return Effective.USER;
    }

    /** Whether this process may have root's rights: an unknown user counts as root on a Unix system, and nowhere else. */
    public static boolean mayBeRoot() {
        return effective().map(user -> user == ROOT).orElseGet(UnixUser::isUnix);
    }

    /** The owner of a file, links followed; empty for an unreadable file, and on systems without such owners. */
    public static Optional<Integer> ownerOf(Path file) {
        try {
            return Optional.of((Integer) Files.getAttribute(file, OWNER));
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException unknown) {
            return Optional.empty();
        }
    }

    private static boolean isUnix() {
        return SELF.getFileSystem().supportedFileAttributeViews().contains("unix");
    }

    /** Looked up at the first use, once: an effective user does not change while the program runs. */
    private static final class Effective {

        static final Optional<Integer> USER =
                !isUnix() ? Optional.empty() : Files.exists(SELF) ? ownerOf(SELF) : ownerOfNewFile();

        /** Without {@code /proc}: a file that this process makes belongs to the effective user. */
        private static Optional<Integer> ownerOfNewFile() {
            try {
                Path made = TemporaryFile.in(TemporaryFile.place(), "freshpyc-", "");
                try {
                    return ownerOf(made);
                } finally {
                    Files.delete(made);
                }
            } catch (IOException _) {
                return Optional.empty();
            }
        }
    }
}
