package dev.freshpyc.core.image;

import dev.freshpyc.core.path.RawPath;
import java.util.List;

/**
 * The header of one member of a tar archive, completed by the records before the header.
 *
 * @param name as it stands in the archive
 * @param mode the permission bits
 * @param mtimeSeconds seconds since 1970
 * @param size bytes of content that follow the header; 0 for every type but {@link MemberType#REGULAR} and {@link MemberType#OTHER}
 * @param link the target of a link; empty for other types
 * @param attributes the extended attributes of the file
 */
public record TarMember(
        RawPath name,
        MemberType type,
        int mode,
        long user,
        long group,
        long mtimeSeconds,
        int mtimeNanos,
        long size,
        RawPath link,
        List<Attribute> attributes) {

    /** The type of a member. */
    public enum MemberType {
        REGULAR,
        DIRECTORY,
        SYMBOLIC_LINK,
        /** Another name of an earlier member's file. */
        HARD_LINK,
        /** A device, a FIFO, or a file with holes, which is stored in parts. */
        OTHER
    }

    /**
     * A record for an extended attribute.
     *
     * @param key such as {@code SCHILY.xattr.security.selinux}
     * @param value any bytes
     */
    public record Attribute(String key, RawPath value) {

        /** What the keys of extended attributes begin with. */
        public static final String PREFIX = "SCHILY.xattr.";
    }

    public TarMember {
        attributes = List.copyOf(attributes);
    }
}
