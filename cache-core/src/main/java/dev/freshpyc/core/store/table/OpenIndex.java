package dev.freshpyc.core.store.table;

import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.record.RecordedVerdicts;
import dev.freshpyc.core.store.IndexInfo;
import dev.freshpyc.core.store.file.UnusableIndexException.Corrupt;
import dev.freshpyc.core.store.file.UnusableIndexException.Replaced;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * An open index: an index file and, if records have changed since it was written, the overlay above. Later publications do
 * not change it, since they replace the files and never write to them.
 */
public final class OpenIndex implements AutoCloseable {

    private final IndexFile whole;
    private final Optional<IndexFile> overlay;
    private final IndexInfo info;
    private volatile @Nullable Tables tables;

    private record Tables(SortedTable whole, Optional<SortedTable> overlay) {}

    private OpenIndex(IndexFile whole, Optional<IndexFile> overlay) {
        this.whole = whole;
        this.overlay = overlay;
        this.info = overlay.map(above -> above.info().withBytesOf(whole.info().bytes()))
                .orElse(whole.info());
    }

    /**
     * Opens the index of an entry. Reads the headers only.
     *
     * @param overlays gives the path of the overlay above the file with a token; the overlay need not exist
     */
    public static OpenIndex open(Path file, RawPath entry, LongFunction<Path> overlays) throws IOException {
        OpenIndex index = open(file, overlays);
        try {
            IndexHeader.requireAbout(file, entry, index.info);
            return index;
        } catch (Corrupt ofAnother) {
            index.close();
            throw ofAnother;
        }
    }

    /** Opens the index in a file, whatever its entry is. Reads the headers only. */
    public static OpenIndex open(Path file, LongFunction<Path> overlays) throws IOException {
        IndexFile whole = IndexFile.open(file);
        try {
            return new OpenIndex(whole, overlay(whole, overlays));
        } catch (IOException | RuntimeException unusable) {
            whole.close();
            throw unusable;
        }
    }

    private static Optional<IndexFile> overlay(IndexFile whole, LongFunction<Path> overlays) throws IOException {
        Corrupt.unless(whole.below().isEmpty(), whole.path(), "a whole index", "an overlay");
        Path path = overlays.apply(whole.info().token());
        try {
            IndexFile above = IndexFile.open(path);
            try {
                IndexHeader.requireAbout(path, whole.info().entry(), above.info());
                long below = above.below().orElse(0);
                Corrupt.unless(below == whole.info().token(), path, "the overlay of its file", "another");
                return Optional.of(above);
            } catch (IOException | RuntimeException unusable) {
                above.close();
                throw unusable;
            }
        } catch (NoSuchFileException none) {
            requireStillThere(whole);
            return Optional.empty();
        }
    }

    /** Throws {@link Replaced} if another file is live now: its publisher has deleted the overlay that the old file may have had. */
    private static void requireStillThere(IndexFile whole) throws IOException {
        try (IndexFile now = IndexFile.open(whole.path())) {
            if (now.info().token() != whole.info().token()) {
                throw new Replaced(whole.path());
            }
        }
    }

    /** The facts about the index, as they were published. */
    public IndexInfo info() {
        return info;
    }

    /** The token of the file below the overlay, which names the overlay's file. */
    public long fileToken() {
        return whole.info().token();
    }

    /** The size of the file below the overlay. */
    public long fileBytes() {
        return whole.info().bytes();
    }

    /** The size of the overlay; 0 if there is none. */
    public long overlayBytes() {
        return info.bytes() - fileBytes();
    }

    /** The encoded record of a key; null if there is none. */
    public byte @Nullable [] get(byte[] key) throws IOException {
        Tables open = tables();
        byte @Nullable [] above =
                open.overlay().isPresent() ? open.overlay().get().get(key) : null;
        byte @Nullable [] value = above == null ? open.whole().get(key) : above;
        return value == null || value.length == 0 ? null : value;
    }

    /** Whether the file below the overlay has a key. */
    public boolean isBelow(byte[] key) throws IOException {
        return tables().whole().get(key) != null;
    }

    /** All records. */
    public Cursor cursor() throws IOException {
        return MergedCursor.of(layers());
    }

    /** The records whose keys come after a key. */
    public Cursor cursorAfter(byte[] key) throws IOException {
        return MergedCursor.of(layers(table -> table.cursorAfter(key)));
    }

    /** The entries of the overlay and of the file below, the overlay first. */
    public List<Cursor> layers() throws IOException {
        return layers(SortedTable::cursor);
    }

    private List<Cursor> layers(Function<SortedTable, Cursor> cursor) throws IOException {
        Tables open = tables();
        Cursor below = cursor.apply(open.whole());
        return open.overlay().map(above -> List.of(cursor.apply(above), below)).orElse(List.of(below));
    }

    /** The entries of the overlay, also those that say that a key is removed; none if there is no overlay. */
    public List<Cursor> overlayLayer() throws IOException {
        return tables().overlay().map(SortedTable::cursor).stream().toList();
    }

    /** The encoded seals. */
    public byte[] seals() throws IOException {
        return overlay.orElse(whole).seals();
    }

    public RecordedVerdicts verdicts() throws IOException {
        return overlay.orElse(whole).verdicts();
    }

    @Override
    public void close() throws IOException {
        try (whole) {
            if (overlay.isPresent()) {
                overlay.get().close();
            }
        }
    }

    private Tables tables() throws IOException {
        Tables known = tables;
        return known == null ? openTables() : known;
    }

    private synchronized Tables openTables() throws IOException {
        Tables known = tables;
        if (known == null) {
            SortedTable below = whole.records();
            known = new Tables(
                    below, overlay.isPresent() ? Optional.of(overlay.get().records()) : Optional.empty());
            tables = known;
        }
        return known;
    }
}
