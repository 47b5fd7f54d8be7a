package dev.freshpyc.core.marshal;

import static dev.freshpyc.core.marshal.Rule.Slot.AT_ONCE;
import static dev.freshpyc.core.marshal.Rule.Slot.NONE;
import static dev.freshpyc.core.marshal.Rule.Slot.WHEN_WHOLE;

import dev.freshpyc.core.marshal.Rule.Shape;
import dev.freshpyc.core.marshal.Rule.Slot;
import java.util.Arrays;

/**
 * The meaning of each of the 256 type bytes, marked ones ({@code FLAG_REF}) apart from unmarked ones, so that a walker asks
 * one table and knows no versions.
 */
final class Grammar {
    private static final int MARK = 0x80;

    private final Rule[] rules = new Rule[256];

    private Grammar() {
        Arrays.fill(rules, Rule.UNKNOWN);
    }

    Rule rule(int type) {
        return rules[type];
    }

    /** What every version reads. */
    static Grammar basic() {
        return new Grammar()
                .add("0", Shape.ABSENT)
                .add("NFTS.", Shape.BARE)
                .add("i", Shape.BYTES_4)
                .add("Ig", Shape.BYTES_8)
                .add("y", Shape.BYTES_16)
                .add("l", Shape.DIGITS)
                .add("f", Shape.SHORT_STRING)
                .add("x", Shape.TWO_SHORT_STRINGS)
                .add("su", Shape.STRING)
                .add("([<>", Shape.SEQUENCE)
                .add("{", Shape.DICTIONARY)
                .add("c", Shape.CODE);
    }

    /** Interned strings and the references to them: 2.7 only. */
    Grammar withStringTable() {
        return add("t", Shape.TABLED_STRING).add("R", Shape.STRING_REFERENCE);
    }

    /**
     * Reference slots and short forms: 3.4 on. CPython masks the mark off before it looks at the type, so constants and
     * references may be marked to no effect.
     */
    Grammar withReferences() {
        return addShortForms()
                .mark("0NFTS.r", NONE)
                .mark("iIgylfxsutaAzZ()[<{", AT_ONCE)
                .mark(">c", WHEN_WHOLE);
    }

    Grammar withSlices() {
        return add(":", Shape.SLICE).mark(":", WHEN_WHOLE);
    }

    Grammar withFrozenDictionaries() {
        return add("}", Shape.DICTIONARY).mark("}", WHEN_WHOLE);
    }

    /**
     * Reference slots as PyPy reads them: every marked object has one, a constant and a reference too, and only what PyPy
     * builds in place can be referred to before it is whole ({@code save_ref} in marshal_impl.py).
     */
    Grammar withPyPyReferences() {
        return addShortForms().mark("0NFTS.riIgylfxsutaAzZ()>", WHEN_WHOLE).mark("[<{c", AT_ONCE);
    }

    private Grammar addShortForms() {
        return add("taA", Shape.STRING)
                .add("zZ", Shape.SHORT_STRING)
                .add(")", Shape.SHORT_SEQUENCE)
                .add("r", Shape.REFERENCE);
    }

    private Grammar add(String types, Shape shape) {
        types.chars().forEach(type -> rules[type] = new Rule(shape, NONE));
        return this;
    }

    private Grammar mark(String types, Slot slot) {
        types.chars().forEach(type -> rules[type | MARK] = new Rule(rules[type].shape(), slot));
        return this;
    }
}
