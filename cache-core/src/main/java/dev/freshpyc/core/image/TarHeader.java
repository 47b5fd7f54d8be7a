package dev.freshpyc.core.image;

import dev.freshpyc.core.image.TarMember.MemberType;
import dev.freshpyc.core.path.RawPath;
import java.util.Arrays;

/** The 512 bytes before the content of a member. The fields stand where POSIX.1-1988 (ustar) and GNU tar put them. */
final class TarHeader {

    /** The byte of a further map of a sparse file that tells whether another one follows. */
    static final int MORE_MAPS = 504;

    private static final int HAS_MAPS = 482;
    private static final int CHECKSUM = 148;
    private static final int CHECKSUM_END = 156;
    private static final int TYPE = 156;
    private static final int LINK = 157;
    private static final int MAGIC = 257;
    private static final int PREFIX = 345;
    private static final int PREFIX_END = 500;
    private static final int PERMISSIONS = 07777;

    private final byte[] block;

    TarHeader(byte[] block) {
        this.block = block;
    }

    /** Checks the sum of all bytes, which the header holds. */
    void check() throws BadArchiveException {
        long sum = 0;
        for (int at = 0; at < TarReader.BLOCK; at++) {
            sum += at >= CHECKSUM && at < CHECKSUM_END ? ' ' : block[at] & 0xff;
        }
        if (sum != number(CHECKSUM, 8)) {
            throw new BadArchiveException("is no tar archive, or is damaged: the checksum of a header is wrong");
        }
    }

    char type() {
        return (char) (block[TYPE] & 0xff);
    }

    /** The type of the member; old archives mark a directory by the slash at the end of its name. */
    MemberType memberType(RawPath name) {
        return switch (type()) {
            case '0', 0, '7' -> name.endsWith("/") ? MemberType.DIRECTORY : MemberType.REGULAR;
            case '1' -> MemberType.HARD_LINK;
            case '2' -> MemberType.SYMBOLIC_LINK;
            case '5' -> MemberType.DIRECTORY;
            case '3', '4', '6' -> MemberType.OTHER;
            default -> MemberType.REGULAR; // POSIX: an unknown type is a regular file
        };
    }

    RawPath name() {
        RawPath name = text(0, 100);
        boolean posix = block[MAGIC + 5] == 0; // GNU tar has a blank there, and times where POSIX has the prefix
        RawPath prefix = isUstar() && posix ? text(PREFIX, PREFIX_END) : RawPath.EMPTY;
        return prefix.equals(RawPath.EMPTY) ? name : prefix.resolve(name);
    }

    RawPath link() {
        return text(LINK, MAGIC);
    }

    int mode() {
        return (int) number(100, 8) & PERMISSIONS;
    }

    long user() {
        return number(108, 8);
    }

    long group() {
        return number(116, 8);
    }

    long size() {
        return number(124, 12);
    }

    long mtime() {
        return number(136, 12);
    }

    boolean hasSparseMap() {
        return block[HAS_MAPS] != 0;
    }

    private boolean isUstar() {
        return Arrays.equals(block, MAGIC, MAGIC + 5, new byte[] {'u', 's', 't', 'a', 'r'}, 0, 5);
    }

    private RawPath text(int from, int end) {
        int to = from;
        while (to < end && block[to] != 0) {
            to++;
        }
        return RawPath.of(block, from, to);
    }

    /** Octal digits between blanks; or, where the highest bit is set, a big-endian number in two's complement (GNU). */
    private long number(int from, int length) {
        if (block[from] < 0) {
            long value = (block[from] & 0x40) != 0 ? -1 : 0;
            value = (value << 6) | (block[from] & 0x3f);
            for (int at = from + 1; at < from + length; at++) {
                value = (value << 8) | (block[at] & 0xff);
            }
            return value;
        }
        long value = 0;
        for (int at = from; at < from + length; at++) {
            if (block[at] >= '0' && block[at] <= '7') {
                value = (value << 3) | (block[at] - '0');
            } else if (value != 0 && block[at] != ' ' && block[at] != 0) {
                break;
            }
        }
        return value;
    }
}
