package dev.freshpyc.core.marshal;

import dev.freshpyc.core.marshal.Grammar.Rule;
import dev.freshpyc.core.marshal.Grammar.Rule.Payload;
import dev.freshpyc.core.marshal.Grammar.Rule.Slot;
import java.util.Arrays;

/**
 * The objects that have begun and are incomplete, outermost first, and the number of reference slots given.
 *
 * <p>Slots are counted, not stored. A slot can be referred to, except if its object is still open and must be complete
 * first. The slots of such objects are on this stack in ascending order. So a check of a reference searches at most
 * {@value MarshalDialect#DEPTH_LIMIT} numbers, even in a long file.
 */
final class OpenObjects {
    private final Payload[] payloads = new Payload[MarshalDialect.DEPTH_LIMIT];
    private final boolean[] hidden = new boolean[MarshalDialect.DEPTH_LIMIT];
    private final long[] left = new long[MarshalDialect.DEPTH_LIMIT];
    private final long[] hiddenSlots = new long[MarshalDialect.DEPTH_LIMIT];
    private int depth;
    private int hiddenCount;
    private long slots;

    void clear() {
        depth = 0;
        hiddenCount = 0;
        slots = 0;
    }

    boolean isEmpty() {
        return depth == 0;
    }

    boolean isFull() {
        return depth == payloads.length;
    }

    /** How many objects are open. */
    int depth() {
        return depth;
    }

    /** How many slots were given. */
    long slots() {
        return slots;
    }

    /** The number of parts of the innermost object that are still to come. */
    long left() {
        return left[depth - 1];
    }

    void setLeft(long parts) {
        left[depth - 1] = parts;
    }

    /** Counts the slot of an object, if it has one. Called when the object has no parts or when all its parts are read. */
    void giveSlot(Rule rule) {
        if (rule.slot() != Slot.NONE) {
            slots++;
        }
    }

    /** Opens an object with {@code items} parts. A dictionary starts at 0, and its count never reaches 0 again. */
    void open(Rule rule, long items) {
        payloads[depth] = rule.payload();
        left[depth] = items;
        hidden[depth] = rule.slot() == Slot.WHEN_WHOLE;
        if (hidden[depth]) {
            hiddenSlots[hiddenCount++] = slots;
        }
        depth++;
        giveSlot(rule);
    }

    void close() {
        depth--;
        if (hidden[depth]) {
            hiddenCount--;
        }
    }

    /** The payload kind of the innermost open object. */
    Payload payload() {
        return payloads[depth - 1];
    }

    /** Counts a completed part of the innermost object; returns the number still to come. */
    long countPart() {
        return --left[depth - 1];
    }

    /** Whether the next object is a part of a dictionary. */
    boolean inDictionary() {
        return depth > 0 && payload() == Payload.DICTIONARY;
    }

    /** Whether the innermost object, a dictionary, expects a value. */
    boolean expectsValue() {
        return (left[depth - 1] & 1) != 0;
    }

    /** Whether a reference to the given slot is valid. */
    boolean holdsObject(long slot) {
        if (slot < 0 || slot >= slots) {
            return false;
        }
        boolean newer = hiddenCount == 0 || slot > hiddenSlots[hiddenCount - 1]; // true for most references
        return newer || Arrays.binarySearch(hiddenSlots, 0, hiddenCount, slot) < 0;
    }
}
