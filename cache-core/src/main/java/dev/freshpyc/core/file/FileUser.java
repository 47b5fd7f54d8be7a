package dev.freshpyc.core.file;

import java.util.Set;

/**
 * A user of files, as permissions see one.
 *
 * @param user the number of the user
 * @param groups the numbers of the user's groups
 */
public record FileUser(int user, Set<Integer> groups) {

    /** Any user that neither owns a file nor is in the file's group. */
    public static final FileUser OTHER = new FileUser(-1, Set.of());

    private static final int READ = 4;
    private static final int SEARCH = 1;

    public FileUser {
        groups = Set.copyOf(groups);
    }

    /** Whether the user may read a file of that mode, owner and group. */
    public boolean mayRead(int mode, int owner, int group) {
        return may(READ, mode, owner, group);
    }

    /** Whether the user may open files in a directory of that mode, owner and group, whose names are known. */
    public boolean maySearch(int mode, int owner, int group) {
        return may(SEARCH, mode, owner, group);
    }

    /**
     * Whether an access control list may say more about the user than the mode: neither root nor the owner is limited by one, and it says
     * of all others what the mode says.
     */
    public boolean dependsOnList(int owner) {
        return user != UnixUser.ROOT && user != owner && !equals(OTHER);
    }

    /** Whether the user, who {@linkplain #dependsOnList depends on the list}, may read a file of that list, mode and group. */
    public boolean mayRead(AccessList list, int mode, int group) {
        return list.grants(READ, this, group, mode);
    }

    /** The same for opening files in a directory. */
    public boolean maySearch(AccessList list, int mode, int group) {
        return list.grants(SEARCH, this, group, mode);
    }

    private boolean may(int right, int mode, int owner, int group) {
        if (user == UnixUser.ROOT) {
            return true;
        }
        int shift = user == owner ? 6 : groups.contains(group) ? 3 : 0;
        return (mode >> shift & right) != 0;
    }
}
