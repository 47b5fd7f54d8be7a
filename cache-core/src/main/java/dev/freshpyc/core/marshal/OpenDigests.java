package dev.freshpyc.core.marshal;

import dev.freshpyc.core.marshal.ObjectDigest.ContentBits;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The unfinished digests of the open objects, outermost first. The parts of a tuple are digested in their order; the members
 * of a set are collected until the set is complete, and then sorted.
 */
final class OpenDigests {
    /** The largest number of members that open sets may collect. */
    static final int MEMBER_LIMIT = 1 << 20;

    private static final int IN_ORDER = 0x80;
    private static final int INITIAL = 64;

    private final ObjectHash hash;
    private final @Nullable PartDigest[] digests = new @Nullable PartDigest[MarshalDialect.DEPTH_LIMIT];
    private final int[] types = new int[MarshalDialect.DEPTH_LIMIT];
    private final int[] bits = new int[MarshalDialect.DEPTH_LIMIT];
    private final int[] firstMembers = new int[MarshalDialect.DEPTH_LIMIT];
    private final long[] slots = new long[MarshalDialect.DEPTH_LIMIT];
    private final long[] offsets = new long[MarshalDialect.DEPTH_LIMIT];
    private final long[] equalities = new long[MarshalDialect.DEPTH_LIMIT];
    private ArrayList<byte[]> members = new ArrayList<>();

    /** The {@link EqualityHash} of each member; an array of numbers, since a hostile set has a million members. */
    private long[] memberEqualities = new long[INITIAL];

    private int depth;
    private boolean failed;

    OpenDigests(ObjectHash hash) {
        this.hash = hash;
    }

    void clear() {
        for (int index = 0; index < depth; index++) {
            digest(index).reset();
        }
        depth = 0;
        failed = false;
        members = new ArrayList<>();
        memberEqualities = new long[INITIAL];
    }

    /** Whether a set had too many members or a repeated member. */
    boolean failed() {
        return failed;
    }

    /** Opens the current object; a negative slot means no slot. */
    void open(int type, ObjectDigest met, long slot) {
        types[depth] = type;
        bits[depth] = met.bits;
        offsets[depth] = met.offset;
        equalities[depth] = isSet(type) ? '>' : type; // a set equals a frozenset with its members
        slots[depth] = slot;
        firstMembers[depth] = members.size();
        depth++;
    }

    /** The type of the innermost open object. */
    int type() {
        return types[depth - 1];
    }

    /** Digests bytes of the innermost open object itself. */
    void field(byte[] bytes, int from, int length) {
        digest(depth - 1).update(bytes, from, length);
    }

    /**
     * Digests a part of the innermost open object.
     *
     * @param digest of the part, or what counts in its place
     */
    void part(byte[] digest, ObjectDigest part) {
        bits[depth - 1] |= part.bits;
        if (!isSet(type())) {
            digest(depth - 1).update(digest);
            equalities[depth - 1] = EqualityHash.inOrder(equalities[depth - 1], part.equality);
        } else if (members.size() < MEMBER_LIMIT) {
            int index = members.size();
            if (index == memberEqualities.length) {
                memberEqualities = Arrays.copyOf(memberEqualities, 2 * index);
            }
            memberEqualities[index] = part.equality;
            members.add(digest.clone());
            equalities[depth - 1] = EqualityHash.inAnyOrder(equalities[depth - 1], part.equality);
        } else {
            failed = true;
        }
    }

    /** Closes the innermost object into {@code whole}; returns its slot, negative if the object has none. */
    long close(ObjectDigest whole) {
        depth--;
        int tag = isSet(types[depth]) ? members() : types[depth];
        PartDigest digest = digest(depth);
        digest.update((byte) tag);
        digest.finish(whole.digest);
        whole.bits = bits[depth];
        whole.equality = equalities[depth];
        whole.offset = offsets[depth];
        return slots[depth];
    }

    /**
     * Digests the members of the set at {@code depth}; returns the set's type tag. If two members may be equal, the order counts, and
     * the set may equal a set with fewer members.
     */
    private int members() {
        int first = firstMembers[depth];
        boolean inOrder = (bits[depth] & ContentBits.AMBIGUOUS) != 0 || mayHaveEqual(first);
        List<byte[]> own = members.subList(first, members.size());
        byte[][] sorted = own.toArray(new byte[0][]);
        Arrays.sort(sorted, Arrays::compareUnsigned);
        failed |= hasTwice(sorted);
        (inOrder ? own : List.of(sorted)).forEach(digest(depth)::update);
        own.clear();
        bits[depth] |= inOrder ? ContentBits.AMBIGUOUS : 0;
        return inOrder ? types[depth] | IN_ORDER : types[depth];
    }

    /** Whether two of the last members have one {@link EqualityHash}. */
    private boolean mayHaveEqual(int first) {
        long[] hashes = Arrays.copyOfRange(memberEqualities, first, members.size());
        Arrays.sort(hashes);
        for (int index = 1; index < hashes.length; index++) {
            if (hashes[index - 1] == hashes[index]) {
                return true;
            }
        }
        return false;
    }

    private static boolean hasTwice(byte[][] sorted) {
        for (int index = 1; index < sorted.length; index++) {
            if (Arrays.equals(sorted[index - 1], sorted[index])) {
                return true;
            }
        }
        return false;
    }

    private static boolean isSet(int type) {
        return type == '<' || type == '>';
    }

    private PartDigest digest(int index) {
        PartDigest digest = digests[index];
        if (digest == null) {
            digest = hash.begin();
            digests[index] = digest;
        }
        return digest;
    }
}
