package dev.freshpyc.core.marshal;

import dev.freshpyc.core.file.ByteSource;
import dev.freshpyc.core.marshal.Grammar.Rule;
import dev.freshpyc.core.marshal.Grammar.Rule.Payload;
import dev.freshpyc.core.marshal.ObjectDigest.ContentBits;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.pyc.CacheTag;
import dev.freshpyc.core.pyc.Magic;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A walk that digests objects, innermost first, and keeps the digests of objects that can be referred to. */
final class DigestWalk extends ObjectWalk {
    /** Mask of a type byte without its reference mark. */
    static final int TYPE = 0x7f;

    /** Replaces the digest of the shared file name; no object has this digest. */
    private final byte[] sharedName;

    private final LeafDigest leaf;
    private final OpenDigests digests;
    private final Window.Taker fields;
    private final DigestTable slots;
    private final DigestTable strings;
    private final SharedFileName fileName;
    private final ObjectDigest last;
    private MarshalDialect dialect = MarshalDialect.CPYTHON_3_15;
    private int type;
    private long stringCount;
    private boolean failed;

    DigestWalk(ObjectHash hash) {
        sharedName = new byte[hash.length()];
        leaf = new LeafDigest(hash);
        digests = new OpenDigests(hash);
        fields = digests::field;
        slots = new DigestTable(hash.length());
        strings = new DigestTable(hash.length());
        fileName = new SharedFileName(hash);
        last = new ObjectDigest(hash);
    }

    /**
     * Digests the code object of a body.
     *
     * @param start the offset of the body
     * @return the file name that the code objects share; empty if the body has no digest
     * @throws IOException when the file cannot be read any more
     */
    Optional<RawPath> digestCode(ByteSource file, long start, MarshalDialect newDialect) throws IOException {
        boolean whole = walk(file, start, newDialect) instanceof MarshalBody.Complete && !failed && !digests.failed();
        return whole ? fileName.read(file, newDialect) : Optional.empty();
    }

    /** As above, for a body in memory, in the dialect that tag and magic name; empty also if that dialect is unknown. */
    Optional<RawPath> digestCode(byte[] bytes, int start, @Nullable CacheTag tag, Magic magic) {
        Optional<MarshalDialect> known = MarshalDialect.of(tag, magic);
        try {
            return known.isEmpty() ? Optional.empty() : digestCode(ByteSource.of(bytes), start, known.get());
        } catch (IOException impossible) {
            throw new AssertionError("bytes in memory can be read", impossible);
        }
    }

    /** The digest of the last body for which {@link #digestCode} was not empty. */
    byte[] digest() {
        return last.digest.clone();
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
        last.bits = ContentBits.of(type, dialect);
        leaf.met(type);
    }

    @Override
    void content(long count) throws IOException, WalkEnd {
        leaf.content(window, count);
    }

    @Override
    void field(long count) throws IOException, WalkEnd {
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
        failed |= !slots.get(slot, last) || (last.bits & ContentBits.MUTABLE) != 0;
    }

    @Override
    void referredString(long index) {
        failed |= !strings.get(index, last);
    }

    @Override
    void whole(Rule rule) {
        if (rule.payload() != Payload.REFERENCE && rule.payload() != Payload.STRING_REFERENCE) {
            leaf.end(last);
        }
        if (rule.payload() == Payload.TABLED_STRING) {
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
        digests.part(shared ? sharedName : last.digest, last);
    }

    private void keep(long slot) {
        failed |= slot >= 0 && !slots.put(slot, last);
    }
}
