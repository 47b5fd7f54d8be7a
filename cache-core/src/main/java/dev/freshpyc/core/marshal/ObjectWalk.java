package dev.freshpyc.core.marshal;

import dev.freshpyc.core.file.ByteSource;
import dev.freshpyc.core.marshal.Grammar.Rule;
import dev.freshpyc.core.marshal.Grammar.Rule.Payload;
import dev.freshpyc.core.marshal.Grammar.Rule.Slot;
import dev.freshpyc.core.marshal.MarshalBody.Defect;
import dev.freshpyc.core.marshal.MarshalDialect.AbsentValue;
import java.io.IOException;

/**
 * Walks over one object and all its parts without recursion, and checks the structure. Walks that need more extend this
 * class: a separate listener object made the walk measurably slower.
 */
class ObjectWalk extends ObjectVisitor {
    private final NumberReader numbers = new NumberReader(this);
    private MarshalDialect dialect = MarshalDialect.CPYTHON_3_15;
    private long strings;

    /** Implements {@link MarshalWalker#walk}. */
    MarshalBody walk(ByteSource file, long start, MarshalDialect grammar) throws IOException {
        dialect = grammar;
        window.open(file, start);
        open.clear();
        strings = 0;
        begin(grammar);
        try {
            return window.has(1) ? wholeObject() : new MarshalBody.Empty();
        } catch (WalkEnd end) {
            return end.answer();
        }
    }

    private MarshalBody wholeObject() throws IOException, WalkEnd {
        boolean code = dialect.beginsCode(window.peek());
        do {
            passLeaves();
            object();
        } while (!open.isEmpty());
        long end = window.position();
        return code ? new MarshalBody.Complete(end) : new MarshalBody.NotCode(end);
    }

    /** Skips objects without parts. A walk that needs the content of the objects overrides this method. */
    void passLeaves() {
        LeafSkipper.pass(window, open, dialect);
    }

    /** Reads an object without parts, or the beginning of an object with parts. */
    private void object() throws IOException, WalkEnd {
        long at = window.position();
        int type = window.unsignedByte();
        Rule rule = dialect.rule(type);
        if (open.isFull()) {
            throw WalkEnd.malformed(at, Defect.TOO_DEEP);
        }
        met(type, at);
        switch (rule.payload()) {
            case UNKNOWN -> throw WalkEnd.malformed(at, Defect.UNKNOWN_TYPE);
            case ABSENT -> absent(rule, at);
            case BARE -> end(rule);
            case BYTES_4 -> end(rule, 4);
            case BYTES_8 -> end(rule, 8);
            case BYTES_16 -> end(rule, 16);
            case SHORT_STRING -> end(rule, window.unsignedByte());
            case STRING -> end(rule, numbers.size(at, dialect));
            case TWO_SHORT_STRINGS -> {
                content(window.unsignedByte());
                end(rule, window.unsignedByte());
            }
            case DIGITS -> {
                numbers.digits(at, dialect);
                end(rule);
            }
            case TABLED_STRING -> {
                end(rule, numbers.size(at, dialect));
                strings++;
            }
            case STRING_REFERENCE -> {
                long index = Integer.toUnsignedLong(window.signedInt());
                requireReference(index < strings, at);
                referredString(index);
                end(rule);
            }
            case REFERENCE -> {
                int slot = window.signedInt();
                requireReference(open.holdsObject(slot), at);
                referred(slot);
                end(rule);
            }
            case SHORT_SEQUENCE -> begin(rule, window.unsignedByte());
            case SEQUENCE -> begin(rule, numbers.size(at, dialect));
            case SLICE -> begin(rule, 3);
            case DICTIONARY -> open(rule, 0);
            case CODE -> {
                open(rule, dialect.objectsInCode());
                field(dialect.codeIntegerBytes());
            }
        }
    }

    /** Whether the last completed object is the file name of the innermost open code object; to be asked in {@link #part}. */
    final boolean isFileName() {
        return open.payload() == Payload.CODE && dialect.objectsInCode() - open.left() == dialect.fileNamePart();
    }

    /** The slot that an object has just been given; −1 for an object without one. */
    final long slot(Rule rule) {
        return rule.slot() == Slot.NONE ? -1 : open.slots() - 1;
    }

    private void begin(Rule rule, long parts) throws IOException, WalkEnd {
        open(rule, parts);
        if (parts == 0) {
            close();
            partDone();
        }
    }

    private void open(Rule rule, long parts) {
        open.open(rule, parts);
        opened(rule);
    }

    private void close() {
        closing();
        open.close();
    }

    private void end(Rule rule, long content) throws IOException, WalkEnd {
        content(content);
        end(rule);
    }

    private void end(Rule rule) throws IOException, WalkEnd {
        open.giveSlot(rule);
        whole(rule);
        partDone();
    }

    /**
     * Counts a completed object as a part of the enclosing object. If the enclosing object is complete now, counts it
     * likewise.
     */
    private void partDone() throws IOException, WalkEnd {
        while (!open.isEmpty()) {
            part();
            long left = open.countPart();
            if (open.payload() == Payload.CODE && left == dialect.objectsAfterLine()) {
                field(Integer.BYTES);
            }
            if (left > 0 || open.payload() == Payload.DICTIONARY) {
                return;
            }
            close();
        }
    }

    private void absent(Rule rule, long at) throws IOException, WalkEnd {
        open.giveSlot(rule);
        AbsentValue meaning = absentMeaning();
        if (meaning != AbsentValue.REFUSED && open.expectsValue()) {
            absentValue();
        }
        switch (meaning) {
            case SKIPPED -> open.countPart();
            case ENDS -> {
                close();
                partDone();
            }
            case REFUSED -> throw WalkEnd.malformed(at, Defect.ABSENT_OBJECT);
        }
    }

    private AbsentValue absentMeaning() {
        if (!open.inDictionary()) {
            return AbsentValue.REFUSED;
        }
        return open.expectsValue() ? dialect.absentValue() : AbsentValue.ENDS;
    }

    private static void requireReference(boolean found, long at) throws WalkEnd {
        if (!found) {
            throw WalkEnd.malformed(at, Defect.INVALID_REFERENCE);
        }
    }
}
