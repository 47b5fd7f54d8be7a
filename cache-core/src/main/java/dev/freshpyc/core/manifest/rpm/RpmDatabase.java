package dev.freshpyc.core.manifest.rpm;

import dev.freshpyc.core.database.DatabaseFile;
import java.io.IOException;
import java.util.Optional;

/** The formats of RPM's database, each in a file of its own name. If a directory holds several, RPM uses the first. */
public enum RpmDatabase {
    /** The default since RPM 4.16: Fedora, RHEL from 9 on. */
    SQLITE("rpmdb.sqlite") {
        @Override
        public boolean read(DatabaseFile file, Optional<DatabaseFile> log, PackageHeaders headers) throws IOException {
            return SqlitePackages.read(file, log, headers);
        }
    },

    /** The format of SUSE. */
    NDB("Packages.db") {
        @Override
        public boolean read(DatabaseFile file, Optional<DatabaseFile> log, PackageHeaders headers) throws IOException {
            return NdbPackages.read(file, headers);
        }
    },

    /** The format up to RPM 4.15: RHEL up to 8, Amazon Linux 2. */
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

    /** The suffix of the file beside the database that holds recent changes; only SQLite has one. */
    public Optional<String> logName() {
        return this == SQLITE ? Optional.of(fileName + "-wal") : Optional.empty();
    }

    /** Passes the headers to the receiver; returns whether the file is a database of this format. */
    public abstract boolean read(DatabaseFile file, Optional<DatabaseFile> log, PackageHeaders headers)
            throws IOException;
}
