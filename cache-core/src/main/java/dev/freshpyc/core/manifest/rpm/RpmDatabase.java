package dev.freshpyc.core.manifest.rpm;

import dev.freshpyc.core.database.DatabaseFile;
import java.io.IOException;
import java.util.Optional;

/** The kinds of RPM's database, each in a file of its own name. Where several lie in a directory the first is RPM's. */
public enum RpmDatabase {
    /** RPM's own choice since 4.16: Fedora, RHEL from 9 on. */
    SQLITE("rpmdb.sqlite") {
        @Override
        public boolean read(DatabaseFile file, Optional<DatabaseFile> log, PackageHeaders headers) throws IOException {
            return SqlitePackages.read(file, log, headers);
        }
    },

    /** SUSE's. */
    NDB("Packages.db") {
        @Override
        public boolean read(DatabaseFile file, Optional<DatabaseFile> log, PackageHeaders headers) throws IOException {
            return NdbPackages.read(file, headers);
        }
    },

    /** The one up to RPM 4.15: RHEL up to 8, Amazon Linux 2. */
    BERKELEY("Packages") {
        @Override
        public boolean read(DatabaseFile file, Optional<DatabaseFile> log, PackageHeaders headers) throws IOException {
            return BerkeleyPackages.read(file, headers);
        }
    };

    private final String fileName;

    RpmDatabase(String fileName) {
        this.fileName = fileName;
    }

    public String fileName() {
        return fileName;
    }

    /** The name of the file beside it that holds what is not in it yet; only SQLite has one. */
    public Optional<String> logName() {
        return this == SQLITE ? Optional.of(fileName + "-wal") : Optional.empty();
    }

    /** Hands over the headers; whether the file is a database of this kind. */
    public abstract boolean read(DatabaseFile file, Optional<DatabaseFile> log, PackageHeaders headers)
            throws IOException;
}
