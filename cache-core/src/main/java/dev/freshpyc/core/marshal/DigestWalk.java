package dev.freshpyc.core.marshal;

import dev.freshpyc.core.marshal.Rule.Shape;
import dev.freshpyc.core.marshal.Rule.Slot;
import java.io.IOException;

/** Takes digests while it walks, innermost objects first, and keeps those that can be referred to. */
final class DigestWalk extends ObjectWalk {
    /** A type byte without its mark. */
    static final int TYPE = 0x7f;

    /** Stands where the shared file name was, and is no digest of anything. */
    private static final byte[] SHARED_NAME = new byte[PartDigest.LENGTH];

    private final LeafDigest leaf = new LeafDigest();
    private final OpenDigests digests = new OpenDigests();
    private final Window.Taker fields = digests::field;
    private final DigestTable slots = new DigestTable();
    private final DigestTable strings = new DigestTable();
    private final FileName fileName = new FileName();
    private final Digested last = new Digested();
    private MarshalDialect dialect = MarshalDialect.CPYTHON_3_15;
    private int type;
    private long stringCount;
    private boolean failed;

    /** Whether the digest of the walk that has ended means nothing. */
    boolean failed() {
        return failed || digests.failed();
    }

    /** The digest of the outermost object. */
    byte[] digest() {
        return last.digest.clone();
    }

    FileName fileName() {
        return fileName;
    }

    @Override
    void passLeaves() {}

    @Override
    void begin(MarshalDialect newDialect) {
        dialect = newDialect;
        leaf.begin(dialect);
        digests.clear();
        slots.clear();
        strings.clear();
        fileName.clear();
        stringCount = 0;
        failed = false;
    }

    @Override
    void met(int marked, long at) {
        type = marked & TYPE;
        last.offset = at;
        last.kinds = Kinds.of(type, dialect);
        leaf.met(type);
    }

    @Override
    void content(long count) throws IOException, Halt {
        leaf.content(window, count);
    }

    @Override
    void field(long count) throws IOException, Halt {
        window.feed(count, fields);
    }

    @Override
    void digits(int count) {
        leaf.digits(count);
    }

    @Override
    void digit(int digit) {
        leaf.digit(digit);
    }

    @Override
    void referred(long slot) {
        failed |= !slots.get(slot, last) || (last.kinds & Kinds.MUTABLE) != 0;
    }

    @Override
    void referredString(long index) {
        failed |= !strings.get(index, last);
    }

    @Override
    void whole(Rule rule) {
        if (rule.shape() != Shape.REFERENCE && rule.shape() != Shape.STRING_REFERENCE) {
            leaf.end(last);
        }
        if (rule.shape() == Shape.TABLED_STRING) {
            failed |= !strings.put(stringCount++, last);
        }
        keep(slot(rule));
    }

    @Override
    void opened(Rule rule) {
        digests.open(type == ')' ? '(' : type, last, slot(rule));
    }

    @Override
    void absentValue() {
        failed = true;
    }

    @Override
    void closing() {
        keep(digests.close(last));
    }

    @Override
    void part() {
        boolean shared = isFileName() && fileName.isShared(last, open.depth() == 1);
        digests.part(shared ? SHARED_NAME : last.digest, last.kinds);
    }

    private boolean isFileName() {
        return open.shape() == Shape.CODE && dialect.objectsInCode() - open.left() == dialect.fileNamePart();
    }

    private void keep(long slot) {
        failed |= slot >= 0 && !slots.put(slot, last);
    }

    /** The slot that the object was given just now. */
    private long slot(Rule rule) {
        return rule.slot() == Slot.NONE ? -1 : open.slots() - 1;
    }
}
