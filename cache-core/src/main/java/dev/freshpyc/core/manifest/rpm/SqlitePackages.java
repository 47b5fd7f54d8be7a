package dev.freshpyc.core.manifest.rpm;

import dev.freshpyc.core.database.DatabaseFile;
import dev.freshpyc.core.database.SqliteFile;
import dev.freshpyc.core.database.SqliteRecord;
import dev.freshpyc.core.database.SqliteTable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * RPM's database in SQLite: the table {@code Packages} has the package number in its first column {@code hnum}, the row's
 * id, and the header in its second column {@code blob}.
 */
final class SqlitePackages {
    private static final int BLOB = 1;

    private SqlitePackages() {}

    /** Reads the headers; false if the file is no SQLite database with such a table. */
    static boolean read(DatabaseFile file, Optional<DatabaseFile> log, PackageHeaders headers) throws IOException {
        Optional<SqliteFile> database = SqliteFile.of(file, log);
        if (database.isEmpty()) {
            return false;
        }
        Root root = new Root();
        new SqliteTable(database.get(), root).read(SqliteTable.SCHEMA);
        if (root.page.isEmpty()) {
            return false;
        }
        new SqliteTable(database.get(), new BlobRows(headers)).read(root.page.getAsLong());
        return true;
    }

    /** Finds the first page of the table in the schema table: type, name, table, page. */
    private static final class Root implements SqliteTable.Rows {
        private OptionalLong page = OptionalLong.empty();

        @Override
        public boolean row(long id, SqliteRecord record) {
            if (record.isText(0, "table") && record.isText(1, "Packages")) {
                page = record.positive(3);
            }
            return page.isEmpty();
        }

        @Override
        public void damaged() {
            // If the table is not found, the caller reports the whole database.
        }
    }

    private record BlobRows(PackageHeaders headers) implements SqliteTable.Rows {
        @Override
        public boolean row(long id, SqliteRecord record) {
            Optional<ByteBuffer> blob = record.blob(BLOB);
            if (blob.isEmpty()) {
                headers.damaged();
                return true;
            }
            return headers.header(id, blob.get());
        }

        @Override
        public void damaged() {
            headers.damaged();
        }
    }
}
