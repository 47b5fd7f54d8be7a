package dev.freshpyc.indexer.metadata;

import dev.freshpyc.core.file.UnixUser;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Decides in which directories links are followed: in those of root and of the effective user. Not thread-safe. */
final class LinkPolicy {

    /** What is wrong with a link that is not followed. */
    static final String REFUSAL = "is a symbolic link in a directory of another user, and is not followed";

    private final Map<Path, Boolean> answers = new HashMap<>();

    /** Whether links in a directory are followed; everywhere on systems without owners. */
    boolean followsIn(Path directory) {
        return answers.computeIfAbsent(directory, LinkPolicy::ask);
    }

    private static boolean ask(Path directory) {
        Optional<Integer> owner = UnixUser.ownerOf(directory);
        Optional<Integer> user = UnixUser.effective();
        return user.isEmpty() || owner.equals(user) || owner.equals(Optional.of(UnixUser.ROOT));
    }
}
