package dev.freshpyc.indexer.repair.plan;

import dev.freshpyc.core.file.FileStamp;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.pyc.CacheTag;
import dev.freshpyc.core.pyc.HeaderLayout;
import dev.freshpyc.core.pyc.KnownInterpreter;
import dev.freshpyc.core.pyc.OptimizationLevel;
import dev.freshpyc.core.pyc.PycFormat;
import dev.freshpyc.core.pyc.PycHeader;
import dev.freshpyc.core.pyc.SourceHash;
import dev.freshpyc.core.record.ContentFacts;
import dev.freshpyc.core.record.HeaderBytes;
import dev.freshpyc.core.record.SourceRecord;
import dev.freshpyc.core.record.codec.BadRecordException;
import dev.freshpyc.core.record.codec.RecordCodec;
import dev.freshpyc.core.verdict.Evidence;
import dev.freshpyc.indexer.repair.change.FileChange.HeaderRewrite;
import dev.freshpyc.indexer.repair.change.FilePlace;
import dev.freshpyc.indexer.repair.change.FilePlace.SourceKey;
import dev.freshpyc.indexer.repair.change.Recompilation;
import dev.freshpyc.indexer.repair.change.SourceTimeChange;
import dev.freshpyc.indexer.scan.PathEntry;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Planned files as bytes, for the process that wrote them alone: entries and other values that repeat are numbered in tables, and no
 * version or checksum is kept. The source's stamp is that of the record, which is written anyway. Thread-safe.
 */
final class PlanCodec {

    private static final int REWRITE = 0;
    private static final int COMPILATION = 1;
    private static final int TIME = 2;
    private static final int BLOCKED = 3;

    private static final int NO_TAG = 0;
    private static final int TAG_OF_PLACE = 1;
    private static final int TAG_IN_TABLE = 2;

    private final ValueTable<PathEntry> entries = new ValueTable<>();
    private final ValueTable<CacheTag> tags = new ValueTable<>();
    private final ValueTable<KnownInterpreter> readers = new ValueTable<>();
    private final ValueTable<HeaderLayout> layouts = new ValueTable<>();
    private final ValueTable<Evidence> evidences = new ValueTable<>();

    void write(PlannedFile file, DataOutput out) throws IOException {
        switch (file) {
            case PlannedFile.Rewrite(HeaderRewrite change, long links) -> {
                out.writeByte(REWRITE);
                out.writeLong(links);
                write(change, out);
            }
            case PlannedFile.Compilation(Recompilation compiled, long links) -> {
                out.writeByte(COMPILATION);
                out.writeLong(links);
                write(compiled, out);
            }
            case PlannedFile.Time(SourceTimeChange change) -> {
                out.writeByte(TIME);
                write(change.key(), out);
                change.stamp().writeTo(out);
                out.writeLong(change.seconds());
            }
            case PlannedFile.Blocked(SourceKey key) -> {
                out.writeByte(BLOCKED);
                write(key, out);
            }
        }
    }

    PlannedFile read(DataInput in) throws IOException {
        int kind = in.readByte();
        return switch (kind) {
            case REWRITE -> {
                long links = in.readLong();
                yield new PlannedFile.Rewrite(readRewrite(in), links);
            }
            case COMPILATION -> {
                long links = in.readLong();
                yield new PlannedFile.Compilation(readCompilation(in), links);
            }
            case TIME -> {
                SourceKey key = readKey(in);
                yield new PlannedFile.Time(
                        new SourceTimeChange(key.entry(), key.source(), FileStamp.readFrom(in), in.readLong()));
            }
            case BLOCKED -> new PlannedFile.Blocked(readKey(in));
            default -> throw new IOException("the temporary file of the plan is damaged");
        };
    }

    private void write(HeaderRewrite change, DataOutput out) throws IOException {
        write(change.place(), out);
        change.stamp().writeTo(out);
        out.writeBoolean(change.hasOneName());
        write(change.oldHead(), out);
        byte[] head = change.newHead().encode();
        out.writeByte(layouts.number(change.newHead().layout()));
        write(HeaderBytes.of(head, head.length), out);
        out.writeByte(evidences.number(change.evidence()));
        write(change.facts(), out);
        write(change.prior(), out);
    }

    private HeaderRewrite readRewrite(DataInput in) throws IOException {
        FilePlace place = readPlace(in);
        FileStamp stamp = FileStamp.readFrom(in);
        boolean hasOneName = in.readBoolean();
        HeaderBytes oldHead = readHead(in);
        HeaderLayout layout = layouts.value(in.readByte());
        PycHeader.Intact newHead = (PycHeader.Intact) readHead(in).decode(layout);
        Evidence evidence = evidences.value(in.readByte());
        ContentFacts facts = readFacts(in);
        SourceRecord prior = readRecord(in);
        FileStamp source = Objects.requireNonNull(prior.stamp());
        return new HeaderRewrite(place, stamp, hasOneName, oldHead, source, newHead, evidence, facts, prior);
    }

    private void write(Recompilation file, DataOutput out) throws IOException {
        write(file.place(), out);
        out.writeBoolean(file.oldStamp().isPresent());
        if (file.oldStamp().isPresent()) {
            file.oldStamp().get().writeTo(out);
        }
        write(file.oldHead(), out);
        out.writeBoolean(file.broken());
        writeTag(file.tag(), out);
        out.writeBoolean(file.reader().isPresent());
        if (file.reader().isPresent()) {
            out.writeInt(readers.number(file.reader().get()));
        }
        out.writeBoolean(file.believed());
        write(file.prior(), out);
    }

    private Recompilation readCompilation(DataInput in) throws IOException {
        FilePlace place = readPlace(in);
        Optional<FileStamp> stamp = in.readBoolean() ? Optional.of(FileStamp.readFrom(in)) : Optional.empty();
        HeaderBytes head = readHead(in);
        boolean broken = in.readBoolean();
        @Nullable CacheTag tag = readTag(place, in);
        Optional<KnownInterpreter> reader =
                in.readBoolean() ? Optional.of(readers.value(in.readInt())) : Optional.empty();
        boolean believed = in.readBoolean();
        SourceRecord prior = readRecord(in);
        FileStamp source = Objects.requireNonNull(prior.stamp());
        PycFormat format = Recompilation.format(tag, reader, head);
        return new Recompilation(place, stamp, head, broken, source, tag, reader, format, believed, prior);
    }

    /** A tag is nearly always the one of its name; one that knows its interpreter's magic is not. */
    private void writeTag(@Nullable CacheTag tag, DataOutput out) throws IOException {
        if (tag == null) {
            out.writeByte(NO_TAG);
        } else if (CacheTag.of(tag.name()).equals(tag)) {
            out.writeByte(TAG_OF_PLACE);
        } else {
            out.writeByte(TAG_IN_TABLE);
            out.writeInt(tags.number(tag));
        }
    }

    private @Nullable CacheTag readTag(FilePlace place, DataInput in) throws IOException {
        return switch (in.readByte()) {
            case TAG_OF_PLACE -> CacheTag.of(Objects.requireNonNull(place.tag()));
            case TAG_IN_TABLE -> tags.value(in.readInt());
            default -> null;
        };
    }

    private void write(FilePlace place, DataOutput out) throws IOException {
        out.writeInt(entries.number(place.entry()));
        write(place.pyc(), out);
        write(place.source(), out);
        out.writeBoolean(place.tag() != null);
        if (place.tag() != null) {
            write(RawPath.of(place.tag()), out);
        }
        out.writeUTF(place.level().name());
    }

    private FilePlace readPlace(DataInput in) throws IOException {
        PathEntry entry = entries.value(in.readInt());
        RawPath pyc = readPath(in);
        RawPath source = readPath(in);
        @Nullable String tag = in.readBoolean() ? readPath(in).toPython() : null;
        return new FilePlace(entry, pyc, source, tag, new OptimizationLevel(in.readUTF()));
    }

    private void write(SourceKey key, DataOutput out) throws IOException {
        out.writeInt(entries.number(key.entry()));
        write(key.source(), out);
    }

    private SourceKey readKey(DataInput in) throws IOException {
        return new SourceKey(entries.value(in.readInt()), readPath(in));
    }

    private static void write(ContentFacts facts, DataOutput out) throws IOException {
        out.writeBoolean(facts.whole());
        out.writeBoolean(facts.sourceHash() != null);
        if (facts.sourceHash() != null) {
            out.writeLong(facts.sourceHash().value());
        }
    }

    private static ContentFacts readFacts(DataInput in) throws IOException {
        boolean whole = in.readBoolean();
        return new ContentFacts(whole, in.readBoolean() ? new SourceHash(in.readLong()) : null);
    }

    private static void write(SourceRecord record, DataOutput out) throws IOException {
        writeBytes(RecordCodec.encode(record), out);
    }

    private static SourceRecord readRecord(DataInput in) throws IOException {
        try {
            return RecordCodec.decode(readBytes(in));
        } catch (BadRecordException damaged) {
            throw new IOException("the temporary file of the plan is damaged: " + damaged.getMessage(), damaged);
        }
    }

    private static void write(HeaderBytes head, DataOutput out) throws IOException {
        out.writeLong(head.low());
        out.writeLong(head.high());
        out.writeByte(head.length());
    }

    private static HeaderBytes readHead(DataInput in) throws IOException {
        return new HeaderBytes(in.readLong(), in.readLong(), in.readByte());
    }

    private static void write(RawPath path, DataOutput out) throws IOException {
        writeBytes(path.toBytes(), out);
    }

    private static RawPath readPath(DataInput in) throws IOException {
        byte[] bytes = readBytes(in);
        return RawPath.of(bytes, 0, bytes.length);
    }

    private static void writeBytes(byte[] bytes, DataOutput out) throws IOException {
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private static byte[] readBytes(DataInput in) throws IOException {
        byte[] bytes = new byte[in.readInt()];
        in.readFully(bytes);
        return bytes;
    }
}
