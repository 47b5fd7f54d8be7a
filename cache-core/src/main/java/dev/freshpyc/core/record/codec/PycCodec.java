package dev.freshpyc.core.record.codec;

import dev.freshpyc.core.digest.Sha256;
import dev.freshpyc.core.file.FileStamp;
import dev.freshpyc.core.pyc.HeaderLayout;
import dev.freshpyc.core.pyc.OptimizationLevel;
import dev.freshpyc.core.pyc.PycHeader;
import dev.freshpyc.core.pyc.SourceHash;
import dev.freshpyc.core.record.ContentFacts;
import dev.freshpyc.core.record.HeaderBytes;
import dev.freshpyc.core.record.PycRecord;
import org.jspecify.annotations.Nullable;

/** Encodes and decodes the part of a record about one pyc. */
final class PycCodec {

    /** Smallest encoded size of a pyc; bounds the count that a corrupt record may claim. */
    static final int SHORTEST = 7;

    private static final int UNSETTLED = 1;
    private static final int BODY = 2;
    /** Nearly every proof is for the present content of the source, which is not repeated. */
    private static final int PROVEN = 4;

    private static final int PROVEN_FOR_ANOTHER = 8;
    private static final int WHOLE = 16;
    private static final int SOURCE_HASH = 32;
    /** Most known hashes stand in the header, and are not repeated. */
    private static final int SOURCE_HASH_IN_HEAD = 64;

    /** Nearly every pyc lies on its source's device, which is not repeated. */
    private static final int DEVICE = 128;

    private static final int FACTS = WHOLE | SOURCE_HASH | SOURCE_HASH_IN_HEAD;
    private static final int ALL = UNSETTLED | BODY | PROVEN | PROVEN_FOR_ANOTHER | FACTS | DEVICE;

    private PycCodec() {}

    static void write(PycRecord pyc, @Nullable FileStamp source, @Nullable Sha256 content, RecordWriter out) {
        int flags = flags(pyc, source, content);
        out.writeByte(flags);
        NameCodec.writeTag(pyc.tag(), out);
        NameCodec.writeLevel(pyc.level(), out);
        if ((flags & DEVICE) != 0) {
            StampCodec.writeWithDevice(pyc.stamp(), out);
        } else if ((flags & UNSETTLED) == 0) {
            StampCodec.write(pyc.stamp(), out);
        }
        out.writeByte(pyc.head().length());
        out.writeBytes(pyc.head().toBytes());
        if (pyc.body() != null) {
            out.writeDigest(pyc.body());
        }
        if (pyc.provenFor() != null && (flags & PROVEN_FOR_ANOTHER) != 0) {
            out.writeDigest(pyc.provenFor());
        }
        VerdictCodec.write(pyc.verdict(), pyc.basis(), out);
        if (pyc.facts().sourceHash() != null && (flags & SOURCE_HASH) != 0) {
            out.writeLong(pyc.facts().sourceHash().value());
        }
    }

    static PycRecord read(@Nullable FileStamp source, @Nullable Sha256 content, RecordReader in)
            throws BadRecordException {
        int flags = in.readFlags(ALL);
        @Nullable String tag = NameCodec.readTag(in);
        OptimizationLevel level = NameCodec.readLevel(in);
        FileStamp stamp = readStamp(flags, source, in);
        HeaderBytes head = readHead(in);
        @Nullable Sha256 body = (flags & BODY) == 0 ? null : in.readDigest();
        @Nullable Sha256 provenFor = readProof(flags, content, in);
        VerdictCodec.Judged judged = VerdictCodec.read(in);
        if (provenFor == null && judged.basis() != null) {
            throw in.bad("a basis without a proof");
        }
        return new PycRecord(
                tag,
                level,
                stamp,
                head,
                body,
                provenFor,
                judged.basis(),
                judged.verdict(),
                readFacts(flags, tag, head, in));
    }

    private static int flags(PycRecord pyc, @Nullable FileStamp source, @Nullable Sha256 content) {
        int flags = UNSETTLED;
        if (!pyc.stamp().equals(FileStamp.UNSETTLED)) {
            flags = isOnDeviceOf(source, pyc.stamp().device()) ? 0 : DEVICE;
        }
        flags |= pyc.body() == null ? 0 : BODY;
        if (pyc.provenFor() != null) {
            flags |= pyc.provenFor().equals(content) ? PROVEN : PROVEN_FOR_ANOTHER;
        }
        flags |= pyc.facts().whole() ? WHOLE : 0;
        if (pyc.facts().sourceHash() != null) {
            flags |= pyc.facts().sourceHash().equals(inHead(pyc.head())) ? SOURCE_HASH_IN_HEAD : SOURCE_HASH;
        }
        return flags;
    }

    private static FileStamp readStamp(int flags, @Nullable FileStamp source, RecordReader in)
            throws BadRecordException {
        return switch (flags & (UNSETTLED | DEVICE)) {
            case UNSETTLED -> FileStamp.UNSETTLED;
            case DEVICE -> {
                FileStamp stamp = StampCodec.readWithDevice(in);
                if (isOnDeviceOf(source, stamp.device())) {
                    throw in.bad("the source's device again");
                }
                yield stamp;
            }
            case 0 -> {
                if (source == null || source.equals(FileStamp.UNSETTLED)) {
                    throw in.bad("no device");
                }
                yield StampCodec.read(source.device(), in);
            }
            default -> throw in.bad("an unsettled stamp with a device");
        };
    }

    private static boolean isOnDeviceOf(@Nullable FileStamp source, long device) {
        return source != null && !source.equals(FileStamp.UNSETTLED) && source.device() == device;
    }

    private static ContentFacts readFacts(int flags, @Nullable String tag, HeaderBytes head, RecordReader in)
            throws BadRecordException {
        if (tag == null && (flags & FACTS) != 0) {
            throw in.bad("content facts of a legacy file");
        }
        return new ContentFacts((flags & WHOLE) != 0, readHash(flags, head, in));
    }

    private static @Nullable SourceHash readHash(int flags, HeaderBytes head, RecordReader in)
            throws BadRecordException {
        return switch (flags & (SOURCE_HASH | SOURCE_HASH_IN_HEAD)) {
            case 0 -> null;
            case SOURCE_HASH -> {
                SourceHash hash = new SourceHash(in.readLong());
                if (hash.equals(inHead(head))) {
                    throw in.bad("the header's hash again");
                }
                yield hash;
            }
            case SOURCE_HASH_IN_HEAD -> {
                @Nullable SourceHash hash = inHead(head);
                if (hash == null) {
                    throw in.bad("no hash in the header");
                }
                yield hash;
            }
            default -> throw in.bad("two hashes");
        };
    }

    private static @Nullable SourceHash inHead(HeaderBytes head) {
        return head.decode(HeaderLayout.FLAGS) instanceof PycHeader.Hashed hashed ? hashed.hash() : null;
    }

    private static HeaderBytes readHead(RecordReader in) throws BadRecordException {
        int length = in.readByte();
        if (length > HeaderLayout.MAX_LENGTH) {
            throw in.bad("header of " + length + " bytes");
        }
        return HeaderBytes.of(in.readBytes(length), length);
    }

    private static @Nullable Sha256 readProof(int flags, @Nullable Sha256 content, RecordReader in)
            throws BadRecordException {
        return switch (flags & (PROVEN | PROVEN_FOR_ANOTHER)) {
            case 0 -> null;
            case PROVEN -> {
                if (content == null) {
                    throw in.bad("a proof for no content");
                }
                yield content;
            }
            case PROVEN_FOR_ANOTHER -> in.readDigest();
            default -> throw in.bad("two proofs");
        };
    }
}
