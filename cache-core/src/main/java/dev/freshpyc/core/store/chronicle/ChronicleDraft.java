package dev.freshpyc.core.store.chronicle;

import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.record.Seal;
import dev.freshpyc.core.record.SourceRecord;
import dev.freshpyc.core.record.VerdictSum;
import dev.freshpyc.core.record.codec.RecordCodec;
import dev.freshpyc.core.store.Draft;
import dev.freshpyc.core.store.IndexInfo;
import dev.freshpyc.core.store.file.DamageReport;
import dev.freshpyc.core.store.file.UnusableIndexException.Corrupt;
import dev.freshpyc.core.store.table.Cursor;
import dev.freshpyc.core.store.table.IndexContents;
import dev.freshpyc.core.store.table.IndexContents.Overlay;
import dev.freshpyc.core.store.table.MergedCursor;
import dev.freshpyc.core.store.table.OpenIndex;
import dev.freshpyc.core.store.table.Records;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A draft: the changed records, over the open generation that they change. */
final class ChronicleDraft implements Draft {

    private final ChronicleStore store;
    private final RawPath entry;
    private final Optional<OpenIndex> before;
    private final DamageReport damage;
    private final ChangedRecords changes;
    private final EncodedSeals seals;
    private volatile Optional<IndexInfo> base;
    private volatile @Nullable IOException unreadable;
    private boolean isReplaced;

    /**
     * A draft without changes.
     *
     * @param before the generation to change; closed with the draft
     * @param base the facts about that generation
     * @param seals of that generation
     */
    ChronicleDraft(
            ChronicleStore store,
            RawPath entry,
            Optional<OpenIndex> before,
            Optional<IndexInfo> base,
            DamageReport damage,
            EncodedSeals seals,
            ChangedRecords changes) {
        this.store = store;
        this.entry = entry;
        this.before = before;
        this.base = base;
        this.damage = damage;
        this.changes = changes;
        this.seals = seals;
    }

    @Override
    public Optional<IndexInfo> base() {
        return base;
    }

    @Override
    public Optional<SourceRecord> get(RawPath source) throws IOException {
        return Records.decode(read(source.toBytes()));
    }

    @Override
    public void put(RawPath source, SourceRecord record) {
        changes.put(source.toBytes(), RecordCodec.encode(record));
        seals.drop(source.parent());
    }

    @Override
    public void remove(RawPath source) {
        changes.put(source.toBytes(), Records.REMOVED);
        seals.drop(source.parent());
    }

    @Override
    public long removeIf(Predicate<RawPath> condition) throws IOException {
        long removed = 0;
        if (before.isPresent()) {
            try {
                Cursor cursor = before.get().cursor();
                while (cursor.next()) {
                    RawPath source = Records.path(cursor.key());
                    if (condition.test(source)) {
                        remove(source);
                        removed++;
                    }
                }
            } catch (IOException broken) {
                throw failed(broken);
            }
        }
        return removed;
    }

    @Override
    public void seal(RawPath directory, Seal seal) {
        seals.put(directory, seal);
    }

    @Override
    public Map<RawPath, Seal> seals() {
        return seals.all();
    }

    @Override
    public IndexInfo publish(long checkedAtNanos) throws IOException {
        return publish(checkedAtNanos, true).orElseThrow();
    }

    @Override
    public Optional<IndexInfo> publishUnlessOvertaken(long checkedAtNanos) throws IOException {
        return publish(checkedAtNanos, false);
    }

    @Override
    public void close() {
        try (changes) {
            if (before.isPresent()) {
                before.get().close();
            }
        } catch (IOException _) {
            // The files were read, or are temporary.
        }
    }

    private byte @Nullable [] read(byte[] key) throws IOException {
        try {
            byte @Nullable [] changed = changes.get(key);
            return changed == null ? readBefore(key) : changed;
        } catch (IOException broken) {
            throw failed(broken);
        }
    }

    private byte @Nullable [] readBefore(byte[] key) throws IOException {
        return before.isPresent() ? before.get().get(key) : null;
    }

    /** A draft over a generation that cannot be read is not published, since records would be lost. */
    private IOException failed(IOException broken) {
        IOException reported = damage.report(broken);
        unreadable = reported;
        return reported;
    }

    private Optional<IndexInfo> publish(long checkedAtNanos, boolean evenIfOvertaken) throws IOException {
        if (unreadable != null) {
            throw unreadable;
        }
        try {
            Optional<IndexInfo> published = isSmall() ? publishOverlay(checkedAtNanos) : Optional.empty();
            if (published.isEmpty() && (evenIfOvertaken || !isSmall())) {
                published = publishWhole(checkedAtNanos, evenIfOvertaken);
            }
            if (published.isPresent()) {
                base = published;
            }
            return published;
        } catch (Corrupt damaged) {
            throw damage.report(damaged);
        }
    }

    private Optional<IndexInfo> publishWhole(long checkedAtNanos, boolean evenIfOvertaken) throws IOException {
        List<Cursor> layers = new ArrayList<>(changes.layers());
        if (before.isPresent()) {
            layers.addAll(before.get().layers());
        }
        IndexContents contents = IndexContents.of(MergedCursor.of(layers), seals.encode());
        NextGeneration next = new NextGeneration(store, entry, base, contents, checkedAtNanos, evenIfOvertaken);
        boolean published = store.publish(entry, next);
        isReplaced |= published;
        return published ? Optional.of(next.info()) : Optional.empty();
    }

    /** Whether the changes are so few beside the file below that they go to an overlay. */
    private boolean isSmall() {
        return !isReplaced
                && before.isPresent()
                && !changes.isSpilled()
                && store.isOverlay(
                        changes.bytes() + before.get().overlayBytes(),
                        before.get().fileBytes());
    }

    /** Publishes the changes as an overlay, unless another generation is live. */
    private Optional<IndexInfo> publishOverlay(long checkedAtNanos) throws IOException {
        OpenIndex below = before.orElseThrow();
        Overlay overlay = overlay(below);
        List<Cursor> layers = new ArrayList<>(changes.layers());
        layers.addAll(below.overlayLayer());
        IndexContents contents = IndexContents.of(MergedCursor.withRemoved(layers), seals.encode(), overlay);
        NextGeneration next = new NextGeneration(store, entry, base, contents, checkedAtNanos, false);
        boolean published = store.publishOverlay(entry, overlay.token(), next);
        return published ? Optional.of(next.info().withBytesOf(below.fileBytes())) : Optional.empty();
    }

    /** The counts of the changed index: for each changed key, the old record is subtracted and the new record added. */
    private Overlay overlay(OpenIndex below) throws IOException {
        VerdictSum verdicts = new VerdictSum(below.verdicts());
        long records = below.info().records();
        Cursor changed = MergedCursor.withRemoved(changes.layers());
        while (changed.next()) {
            byte @Nullable [] old = below.get(changed.key());
            records += (changed.value().length > 0 ? 1 : 0) - (old != null ? 1 : 0);
            Records.decode(old).ifPresent(verdicts::subtract);
            Records.decode(changed.value()).ifPresent(verdicts::add);
        }
        return new Overlay(below.fileToken(), records, verdicts.sum());
    }
}
