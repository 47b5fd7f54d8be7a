package dev.freshpyc.core.marshal;

import dev.freshpyc.core.file.ByteSource;
import dev.freshpyc.core.marshal.MarshalBody.Defect;
import dev.freshpyc.core.marshal.MarshalDialect.AbsentValue;
import dev.freshpyc.core.marshal.Rule.Shape;
import java.io.IOException;

/**
 * Walks a marshalled body from its first byte to its last, as {@code r_object} in marshal.c does, and builds nothing. It finds
 * truncation anywhere and every structural defect. Memory is fixed: one {@link Window} and one {@link OpenObjects}, kept for
 * the next file. A walker belongs to one thread.
 *
 * <p>Not told, because it takes the objects themselves: text that is not UTF-8 or not ASCII; a float in text form that is no
 * number; a list, set or dictionary as a dictionary key or set member; fields of a code object that are of the wrong type or
 * disagree (the code constructor refuses them, or the interpreter crashes); what the bytecode does. Nor is told a code object
 * or slice with the absent object for a part, as a dictionary's key or value: that ended the dictionary before 3.15, and is
 * called malformed here. PyPy's refusal of a long whose digits are all zero, and its references to a marked absent object,
 * are not told either. No interpreter writes any of these.
 *
 * <p>Where several things are wrong, the first one met is reported. 2.7 takes the missing bytes of a number for {@code 0xff}
 * and fails on what it then makes of it; that is called truncated here, as is an integer cut short that is all of a body.
 */
public final class MarshalWalker {
    private final Window window = new Window();
    private final OpenObjects open = new OpenObjects();
    private MarshalDialect dialect = MarshalDialect.CPYTHON_3_15;
    private long strings;

    /**
     * Judges the body of a file.
     *
     * @param start the offset of the body: the length of the header
     * @throws IOException when the file cannot be read any more
     */
    public MarshalBody walk(ByteSource file, long start, MarshalDialect dialect) throws IOException {
        this.dialect = dialect;
        window.open(file, start);
        open.clear();
        strings = 0;
        try {
            return window.has(1) ? wholeObject() : new MarshalBody.Empty();
        } catch (Halt halt) {
            return halt.answer();
        }
    }

    private MarshalBody wholeObject() throws IOException, Halt {
        boolean code = dialect.beginsCode(window.peek());
        do {
            object();
        } while (!open.isEmpty());
        long end = window.position();
        return code ? new MarshalBody.Complete(end) : new MarshalBody.NotCode(end);
    }

    /** Reads one object, or the beginning of one that has parts. */
    private void object() throws IOException, Halt {
        long at = window.position();
        Rule rule = dialect.rule(window.unsignedByte());
        if (open.isFull()) {
            throw malformed(at, Defect.TOO_DEEP);
        }
        switch (rule.shape()) {
            case UNKNOWN -> throw malformed(at, Defect.UNKNOWN_TYPE);
            case ABSENT -> absent(rule, at);
            case BARE -> whole(rule);
            case BYTES_4 -> whole(rule, 4);
            case BYTES_8 -> whole(rule, 8);
            case BYTES_16 -> whole(rule, 16);
            case SHORT_STRING -> whole(rule, window.unsignedByte());
            case STRING -> whole(rule, size(at));
            case TWO_SHORT_STRINGS -> {
                window.skip(window.unsignedByte());
                whole(rule, window.unsignedByte());
            }
            case DIGITS -> {
                digits(at);
                whole(rule);
            }
            case TABLED_STRING -> {
                whole(rule, size(at));
                strings++;
            }
            case STRING_REFERENCE -> {
                requireReference(Integer.toUnsignedLong(window.signedInt()) < strings, at);
                whole(rule);
            }
            case REFERENCE -> {
                requireReference(open.holdsObject(window.signedInt()), at);
                whole(rule);
            }
            case SHORT_SEQUENCE -> begin(rule, window.unsignedByte());
            case SEQUENCE -> begin(rule, size(at));
            case SLICE -> begin(rule, 3);
            case DICTIONARY -> open.open(rule, 0);
            case CODE -> {
                window.skip(dialect.codeIntegerBytes());
                begin(rule, dialect.objectsInCode());
            }
        }
    }

    private void begin(Rule rule, long parts) throws IOException, Halt {
        open.open(rule, parts);
        if (parts == 0) {
            open.close();
            partDone();
        }
    }

    private void whole(Rule rule, long payload) throws IOException, Halt {
        window.skip(payload);
        whole(rule);
    }

    private void whole(Rule rule) throws IOException, Halt {
        open.giveSlot(rule);
        partDone();
    }

    /** An object is whole: counts it in the one around it, which may be whole by that, and so on outward. */
    private void partDone() throws IOException, Halt {
        while (!open.isEmpty()) {
            long left = open.countPart();
            if (open.shape() == Shape.CODE && left == dialect.objectsAfterLine()) {
                window.skip(Integer.BYTES);
            }
            if (left > 0 || open.shape() == Shape.DICTIONARY) {
                return;
            }
            open.close();
        }
    }

    private void absent(Rule rule, long at) throws IOException, Halt {
        open.giveSlot(rule);
        switch (absentValue()) {
            case SKIPPED -> open.countPart();
            case ENDS -> {
                open.close();
                partDone();
            }
            case REFUSED -> throw malformed(at, Defect.ABSENT_OBJECT);
        }
    }

    private AbsentValue absentValue() {
        if (!open.inDictionary()) {
            return AbsentValue.REFUSED;
        }
        return open.expectsValue() ? dialect.absentValue() : AbsentValue.ENDS;
    }

    /** A size is signed to CPython; one that is declared larger than the file is found out by the end of the file. */
    private long size(long at) throws IOException, Halt {
        int size = window.signedInt();
        if (!dialect.checksNumbers()) {
            return Integer.toUnsignedLong(size);
        }
        if (size < 0) {
            throw malformed(at, Defect.SIZE_OUT_OF_RANGE);
        }
        return size;
    }

    /** The digits of a long, least significant first: {@code r_PyLong}. */
    private void digits(long at) throws IOException, Halt {
        long count = Math.abs((long) window.signedInt());
        if (!dialect.checksNumbers()) {
            window.skip(count * Short.BYTES);
        } else if (count > Integer.MAX_VALUE) {
            throw malformed(at, Defect.SIZE_OUT_OF_RANGE);
        } else {
            checkDigits(count);
        }
    }

    private void checkDigits(long count) throws IOException, Halt {
        for (long left = count; left > 0; left--) {
            long at = window.position();
            int digit = window.signedShort();
            if (digit < 0) {
                throw malformed(at, Defect.DIGIT_OUT_OF_RANGE);
            }
            if (digit == 0 && left == 1) {
                throw malformed(at, Defect.UNNORMALIZED_LONG);
            }
        }
    }

    private static void requireReference(boolean found, long at) throws Halt {
        if (!found) {
            throw malformed(at, Defect.INVALID_REFERENCE);
        }
    }

    private static Halt malformed(long offset, Defect defect) {
        return new Halt(new MarshalBody.Malformed(offset, defect));
    }
}
