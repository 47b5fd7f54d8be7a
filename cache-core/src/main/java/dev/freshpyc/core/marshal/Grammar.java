package dev.freshpyc.core.marshal;

import static dev.freshpyc.core.marshal.Grammar.Rule.Slot.AT_ONCE;
import static dev.freshpyc.core.marshal.Grammar.Rule.Slot.NONE;
import static dev.freshpyc.core.marshal.Grammar.Rule.Slot.WHEN_WHOLE;

import dev.freshpyc.core.marshal.Grammar.Rule.Payload;
import dev.freshpyc.core.marshal.Grammar.Rule.Slot;
import java.util.Arrays;

/**
 * The meaning of each of the 256 type bytes, with and without the mark {@code FLAG_REF}. A walker asks this table, so the
 * walker needs no rules for versions.
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

    /** The types that every version reads. */
    static Grammar basic() {
        return new Grammar()
                .add("0", Payload.ABSENT)
                .add("NFTS.", Payload.BARE)
                .add("i", Payload.BYTES_4)
                .add("Ig", Payload.BYTES_8)
                .add("y", Payload.BYTES_16)
                .add("l", Payload.DIGITS)
                .add("f", Payload.SHORT_STRING)
                .add("x", Payload.TWO_SHORT_STRINGS)
                .add("su", Payload.STRING)
                .add("([<>", Payload.SEQUENCE)
                .add("{", Payload.DICTIONARY)
                .add("c", Payload.CODE);
    }

    /** Interned strings and the references to them: 2.7 only. */
    Grammar withStringTable() {
        return add("t", Payload.TABLED_STRING).add("R", Payload.STRING_REFERENCE);
    }

    /**
     * Reference slots and short forms: 3.4 on. CPython removes the mark before it reads the type, so a mark on a constant or
     * a reference has no effect.
     */
    Grammar withReferences() {
        return addShortForms()
                .mark("0NFTS.r", NONE)
                .mark("iIgylfxsutaAzZ()[<{", AT_ONCE)
                .mark(">c", WHEN_WHOLE);
    }

    Grammar withSlices() {
        return add(":", Payload.SLICE).mark(":", WHEN_WHOLE);
    }

    Grammar withFrozenDictionaries() {
        return add("}", Payload.DICTIONARY).mark("}", WHEN_WHOLE);
    }

    /**
     * Reference slots as PyPy reads them: every marked object has one, even a constant or a reference. Only objects that
     * PyPy builds in place can be referred to before they are complete ({@code save_ref} in marshal_impl.py).
     */
    Grammar withPyPyReferences() {
        return addShortForms().mark("0NFTS.riIgylfxsutaAzZ()>", WHEN_WHOLE).mark("[<{c", AT_ONCE);
    }

    private Grammar addShortForms() {
        return add("taA", Payload.STRING)
                .add("zZ", Payload.SHORT_STRING)
                .add(")", Payload.SHORT_SEQUENCE)
                .add("r", Payload.REFERENCE);
    }

    private Grammar add(String types, Payload payload) {
        types.chars().forEach(type -> rules[type] = new Rule(payload, NONE));
        return this;
    }

    private Grammar mark(String types, Slot slot) {
        types.chars().forEach(type -> rules[type | MARK] = new Rule(rules[type].payload(), slot));
        return this;
    }

    /** The meaning of one type byte: the payload that follows, and when the object's reference slot becomes valid. */
    record Rule(Payload payload, Slot slot) {
        static final Rule UNKNOWN = new Rule(Payload.UNKNOWN, Slot.NONE);

        /** What follows a type byte. */
        enum Payload {
            /** Nothing: {@code TYPE_NULL} is no object and ends a dictionary. */
            ABSENT,
            /** Nothing. */
            BARE,
            BYTES_4,
            BYTES_8,
            BYTES_16,
            DIGITS,
            SHORT_STRING,
            TWO_SHORT_STRINGS,
            STRING,
            /** A string of 2.7 that enters the table for {@link #STRING_REFERENCE}. */
            TABLED_STRING,
            STRING_REFERENCE,
            REFERENCE,
            SHORT_SEQUENCE,
            SEQUENCE,
            SLICE,
            DICTIONARY,
            CODE,
            UNKNOWN
        }

        /** When an object's reference slot can be referred to. */
        enum Slot {
            /** The object has no slot. */
            NONE,
            /** As soon as the object has begun ({@code R_REF} in marshal.c): a tuple may contain itself. */
            AT_ONCE,
            /**
             * Once the object is complete ({@code r_ref_reserve}, {@code r_ref_insert}); an earlier reference is invalid.
             */
            WHEN_WHOLE
        }
    }
}
