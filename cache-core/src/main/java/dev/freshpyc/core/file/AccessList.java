package dev.freshpyc.core.file;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The POSIX access control list of a file, which grants or denies rights to further users and groups ({@code acl(5)}). A file whose list
 * says no more than its mode has none.
 */
public record AccessList(List<Entry> entries) {

    /** The extended attribute that holds the list. */
    public static final String ATTRIBUTE = "system.posix_acl_access";

    // Whom an entry is about, with the numbers of linux/posix_acl.h.
    private static final int USER = 0x02;
    private static final int OWNING_GROUP = 0x04;
    private static final int GROUP = 0x08;
    private static final int MASK = 0x10;

    private static final int VERSION = 2;
    private static final int ALL_RIGHTS = 7;

    public AccessList {
        entries = List.copyOf(entries);
    }

    /**
     * One entry.
     *
     * @param tag whom the entry is about
     * @param rights the bits for read, write and search, as in a mode
     * @param id the number of the user or group; of no meaning for the owner, the owning group, the mask and all others
     */
    public record Entry(int tag, int rights, int id) {}

    /**
     * Reads the value of the attribute: a version of four bytes, then entries of a tag and rights of two bytes each and a number of
     * four, all little-endian ({@code linux/posix_acl_xattr.h}). Empty for a value in another layout.
     */
    public static Optional<AccessList> parse(byte[] attribute) {
        ByteBuffer bytes = ByteBuffer.wrap(attribute).order(ByteOrder.LITTLE_ENDIAN);
        if (bytes.remaining() % (2 * Integer.BYTES) != Integer.BYTES || bytes.getInt() != VERSION) {
            return Optional.empty();
        }
        List<Entry> entries = new ArrayList<>();
        while (bytes.hasRemaining()) {
            entries.add(new Entry(bytes.getShort(), bytes.getShort(), bytes.getInt()));
        }
        return Optional.of(new AccessList(entries));
    }

    /**
     * Whether a user has a right, by the first kind of entry that is about the user: the owner, a named user, a group. Any entry of the
     * user's groups may grant the right. The mask limits named users and all groups.
     *
     * @param others the rights of all others, as the mode has them
     */
    boolean grants(int right, FileUser user, int group, int others) {
        int mask = entries.stream()
                .filter(entry -> entry.tag == MASK)
                .findFirst()
                .map(Entry::rights)
                .orElse(ALL_RIGHTS);
        Optional<Entry> named = entries.stream()
                .filter(entry -> entry.tag == USER && entry.id == user.user())
                .findFirst();
        if (named.isPresent()) {
            return (named.get().rights & mask & right) != 0;
        }
        List<Entry> groups =
                entries.stream().filter(entry -> isOf(entry, user, group)).toList();
        return groups.isEmpty()
                ? (others & right) != 0
                : groups.stream().anyMatch(entry -> (entry.rights & mask & right) != 0);
    }

    private static boolean isOf(Entry entry, FileUser user, int group) {
        return switch (entry.tag) {
            case OWNING_GROUP -> user.groups().contains(group);
            case GROUP -> user.groups().contains(entry.id);
            default -> false;
        };
    }
}
