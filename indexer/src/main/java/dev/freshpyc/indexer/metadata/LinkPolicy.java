package dev.freshpyc.indexer.metadata;

import dev.freshpyc.core.file.UnixUser;
import dev.freshpyc.indexer.fs.FileStat;
import java.util.Optional;

/** Decides in which directories links are followed: in those of root and of the effective user. */
final class LinkPolicy {

    /** What is wrong with a link that is not followed. */
    static final String REFUSAL = "is a symbolic link in a directory of another user, and is not followed";

    private LinkPolicy() {}

    /** Whether links in an open directory are followed; everywhere on systems without owners. */
    static boolean followsIn(FileStat directory) {
        Optional<Integer> owner = directory.owner();
        Optional<Integer> user = UnixUser.effective();
        return user.isEmpty() || owner.equals(user) || owner.equals(Optional.of(UnixUser.ROOT));
    }
}
