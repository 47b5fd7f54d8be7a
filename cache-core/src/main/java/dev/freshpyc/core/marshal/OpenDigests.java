package dev.freshpyc.core.marshal;

import dev.freshpyc.core.marshal.ObjectDigest.ContentBits;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
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

    private final ObjectHash hash;
    private final @Nullable PartDigest[] digests = new @Nullable PartDigest[MarshalDialect.DEPTH_LIMIT];
    private final int[] types = new int[MarshalDialect.DEPTH_LIMIT];
    private final int[] bits = new int[MarshalDialect.DEPTH_LIMIT];
    private final int[] firstMembers = new int[MarshalDialect.DEPTH_LIMIT];
    private final long[] slots = new long[MarshalDialect.DEPTH_LIMIT];
    private final long[] offsets = new long[MarshalDialect.DEPTH_LIMIT];
    private final long[] equalities = new long[MarshalDialect.DEPTH_LIMIT];
    private ArrayList<Member> members = new ArrayList<>();
    private int depth;
    private boolean failed;

    /** A member of an open set, with its {@link EqualityHash}. */
    @SuppressWarnings("ArrayRecordComponent") // never compared as a whole
    private record Member(byte[] digest, long equality) {}

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
            members.add(new Member(digest.clone(), part.equality));
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
        List<Member> own = members.subList(firstMembers[depth], members.size());
        List<Member> sorted = new ArrayList<>(own);
        sorted.sort(Comparator.comparing(Member::digest, Arrays::compareUnsigned));
        failed |= hasTwice(sorted);
        boolean inOrder = (bits[depth] & ContentBits.AMBIGUOUS) != 0 || mayHaveEqual(own);
        (inOrder ? own : sorted).forEach(member -> digest(depth).update(member.digest()));
        own.clear();
        bits[depth] |= inOrder ? ContentBits.AMBIGUOUS : 0;
        return inOrder ? types[depth] | IN_ORDER : types[depth];
    }

    private static boolean hasTwice(List<Member> sorted) {
        for (int index = 1; index < sorted.size(); index++) {
            if (Arrays.equals(sorted.get(index - 1).digest(), sorted.get(index).digest())) {
                return true;
            }
        }
        return false;
    }

    private static boolean mayHaveEqual(List<Member> members) {
        return members.stream().mapToLong(Member::equality).distinct().count() < members.size();
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
