package dev.freshpyc.indexer.manifest;

import dev.freshpyc.core.database.DatabaseFile;
import dev.freshpyc.core.manifest.rpm.PackageHeaders;
import dev.freshpyc.core.manifest.rpm.RpmDatabase;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.indexer.manifest.ManifestFiles.OpenManifest;
import java.io.IOException;
import java.util.Optional;

/**
 * One file that may be RPM's database, at most {@value #MAX_SIZE} bytes long, with its log. Pages are read on demand, so that the
 * database is never in memory as a whole.
 */
final class RpmDatabaseFile {
    /** Twice the size of the largest installations, some hundred megabytes. */
    static final long MAX_SIZE = 1024L * 1024 * 1024;

    /** A log is read in two ways: as a whole, and page by page, of which a table is kept. */
    static final long MAX_LOG_SIZE = 256L * 1024 * 1024;

    private final ManifestFiles files;
    private final RpmDatabase kind;
    private final RawPath path;

    private RpmDatabaseFile(ManifestFiles files, RpmDatabase kind, RawPath path) {
        this.files = files;
        this.kind = kind;
        this.path = path;
    }

    /** The database in a directory, where a file of its name exists. */
    static Optional<RpmDatabaseFile> in(RawPath directory, ManifestFiles files) {
        for (RpmDatabase kind : RpmDatabase.values()) {
            RawPath path = directory.resolve(kind.fileName());
            if (files.exists(path)) {
                return Optional.of(new RpmDatabaseFile(files, kind, path));
            }
        }
        return Optional.empty();
    }

    RawPath path() {
        return path;
    }

    /** Hands over the headers; returns whether the file, and its log if there is one, could be read. */
    boolean read(PackageHeaders headers) throws IOException {
        Optional<OpenManifest> opened = files.open(path, MAX_SIZE);
        if (opened.isEmpty()) {
            return false;
        }
        try (OpenManifest database = opened.get()) {
            Optional<RawPath> log =
                    kind.logName().map(name -> path.parent().resolve(name)).filter(files::exists);
            return log.isPresent()
                    ? read(database, log.get(), headers)
                    : kind.read(file(database), Optional.empty(), headers);
        }
    }

    private boolean read(OpenManifest database, RawPath log, PackageHeaders headers) throws IOException {
        Optional<OpenManifest> opened = files.open(log, MAX_LOG_SIZE);
        if (opened.isEmpty()) {
            return false;
        }
        try (OpenManifest manifest = opened.get()) {
            return kind.read(file(database), Optional.of(file(manifest)), headers);
        }
    }

    private static DatabaseFile file(OpenManifest manifest) throws IOException {
        return new DatabaseFile(manifest, manifest.size());
    }
}
