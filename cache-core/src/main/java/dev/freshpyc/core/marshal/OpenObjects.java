package dev.freshpyc.core.marshal;

import dev.freshpyc.core.marshal.Grammar.Rule;
import dev.freshpyc.core.marshal.Grammar.Rule.Payload;
import dev.freshpyc.core.marshal.Grammar.Rule.Slot;
import java.util.Arrays;

/**
 * The objects that have begun and are incomplete, outermost first, and the number of reference slots given.
 *
 * <p>Slots are counted, not stored. A given slot holds an object unless that object is still open and can be referred to
 * only when complete. The slots of such objects are on this stack in ascending order, so checking a reference is a search
 * in at most {@value MarshalDialect#DEPTH_LIMIT} numbers, whatever the length of the file.
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

    /** Counts the slot of an object that has one; called when the object has no parts or all of them. */
    void giveSlot(Rule rule) {
        if (rule.slot() != Slot.NONE) {
            slots++;
        }
    }

    /** Opens an object of {@code items} parts; a dictionary counts down from 0 without end. */
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

    /** Whether a reference to that slot finds an object. */
    boolean holdsObject(long slot) {
        if (slot < 0 || slot >= slots) {
            return false;
        }
        boolean newer = hiddenCount == 0 || slot > hiddenSlots[hiddenCount - 1]; // as most are
        return newer || Arrays.binarySearch(hiddenSlots, 0, hiddenCount, slot) < 0;
    }
}
