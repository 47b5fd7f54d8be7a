package dev.freshpyc.core.proof;

import dev.freshpyc.core.store.table.Cursor;
import java.util.List;

/**
 * The rows of a file from elsewhere: confirmed on the day of the import, with origins that name the file, and without a proof that
 * restores a refuted pair.
 *
 * @param name of the file, for the origins
 * @param today in days since 1970
 */
record ImportedRows(ProofFile file, String name, int today) implements ProofRows {

    @Override
    public long rows() {
        return file.rows();
    }

    @Override
    public List<String> origins() {
        return file.origins().stream().map(origin -> name + ": " + origin).toList();
    }

    @Override
    public Cursor cursor() {
        return file.cursor().map((_, value) -> ProofRow.withDay(ProofRow.elsewhere(value), today));
    }
}
