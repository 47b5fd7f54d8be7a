package dev.freshpyc.core.store.file;

import dev.freshpyc.core.file.UnixUser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether the content of a file is trusted. A checksum detects damage, but not malice: a user who may write or
 * replace an index file decides what freshpyc reads. So only root and the current user may be able to write the file. On
 * systems without {@code unix} attributes, every regular file is trusted.
 */
public final class Ownership {

    private static final String ANY_ATTRIBUTES = "isRegularFile";
    private static final String UNIX_ATTRIBUTES = "unix:uid,mode,isRegularFile";
    private static final int GROUP_OR_OTHERS_WRITE = 022;
    private static final int STICKY = 01000;

    private Ownership() {}

    /** Why a file is not trusted; null when it is trusted or cannot be seen. */
    public static @Nullable String objectionToFile(Path file) {
        return objection(file, true, LinkOption.NOFOLLOW_LINKS);
    }

    /** Why a directory is not trusted; null when it is trusted or cannot be seen. */
    public static @Nullable String objectionToDirectory(Path directory) {
        return objection(directory, false);
    }

    /** Why a file could be replaced by other users in its directory; null when it could not, or when that cannot be seen. */
    public static @Nullable String objectionToPlace(Path file) {
        Path directory = Objects.requireNonNull(file.toAbsolutePath().getParent());
        if (!directory.getFileSystem().supportedFileAttributeViews().contains("unix")) {
            return null;
        }
        try {
            int mode = (int) Files.getAttribute(directory, "unix:mode");
            boolean replaceable = (mode & GROUP_OR_OTHERS_WRITE) != 0 && (mode & STICKY) == 0;
            return replaceable ? "other users may replace it in its directory; move it to another one" : null;
        } catch (IOException unseen) {
            return null;
        }
    }

    /** Reads all attributes in one call, so that a file which another run creates or removes is either present or absent. */
    private static @Nullable String objection(Path path, boolean asFile, LinkOption... options) {
        boolean unix = path.getFileSystem().supportedFileAttributeViews().contains("unix");
        try {
            Map<String, Object> attributes =
                    Files.readAttributes(path, unix ? UNIX_ATTRIBUTES : ANY_ATTRIBUTES, options);
            if (asFile && !Boolean.TRUE.equals(attributes.get("isRegularFile"))) {
                return "it is no regular file; remove it";
            }
            return unix ? objection(attributes) : null;
        } catch (IOException unseen) {
            return null;
        }
    }

    private static @Nullable String objection(Map<String, Object> attributes) {
        int owner = (int) attributes.getOrDefault("uid", UnixUser.ROOT);
        if (owner != UnixUser.ROOT && owner != UnixUser.effective().orElse(UnixUser.ROOT)) {
            return "it belongs to user " + owner + ", neither to root nor to you; remove it or change its owner";
        }
        int mode = (int) attributes.getOrDefault("mode", 0);
        return (mode & GROUP_OR_OTHERS_WRITE) == 0
                ? null
                : "users other than its owner may write to it; remove it or run chmod go-w on it";
    }
}
