package dev.freshpyc.core.marshal;

import dev.freshpyc.core.marshal.Rule.Shape;
import dev.freshpyc.core.marshal.Rule.Slot;
import java.util.Arrays;

/**
 * The objects that have begun and are not whole, outermost first, and the reference slots given so far.
 *
 * <p>Slots are counted, not kept. A slot that was given holds an object unless that object is still open and referable only
 * when whole. Such slots are on this stack, in ascending order, so a reference is checked by a search in at most
 * {@value MarshalDialect#DEPTH_LIMIT} numbers, whatever the length of the file.
 */
final class OpenObjects {
    private final Shape[] shapes = new Shape[MarshalDialect.DEPTH_LIMIT];
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
        return depth == shapes.length;
    }

    /** How many objects are open. */
    int depth() {
        return depth;
    }

    /** How many slots were given. */
    long slots() {
        return slots;
    }

    /** How many parts of the innermost object are still to come. */
    long left() {
        return left[depth - 1];
    }

    void setLeft(long parts) {
        left[depth - 1] = parts;
    }

    /** Gives an object its slot, if it is marked for one, at a time when it has no parts or all of them. */
    void giveSlot(Rule rule) {
        if (rule.slot() != Slot.NONE) {
            slots++;
        }
    }

    /** Opens an object of {@code items} parts; a dictionary counts down from 0 without end. */
    void open(Rule rule, long items) {
        shapes[depth] = rule.shape();
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

    /** The shape of the innermost open object. */
    Shape shape() {
        return shapes[depth - 1];
    }

    /** Notes that a part of the innermost object is whole, and says how many are still to come. */
    long countPart() {
        return --left[depth - 1];
    }

    /** Whether the next object is a part of a dictionary. */
    boolean inDictionary() {
        return depth > 0 && shape() == Shape.DICTIONARY;
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
