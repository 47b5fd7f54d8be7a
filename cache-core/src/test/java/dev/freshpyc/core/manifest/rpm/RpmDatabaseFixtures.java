package dev.freshpyc.core.manifest.rpm;

import dev.freshpyc.core.database.DatabaseFile;
import dev.freshpyc.core.file.SparseFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;

/**
 * Databases that RPM 4.18 wrote when {@code rpm --root … -i} installed 15 packages: {@code alpha} has 25 modules and their pycs,
 * {@code legacy} has MD5 digests, {@code split-src} has a source and {@code split-pyc} has its pyc, {@code filler0} has a link
 * and a ghost file.
 *
 * <pre>
 * rpmdb.sqlite         as RPM left the file, after a checkpoint of the log
 * rpmdb.sqlite-wal     SQLite's log of three transactions: package 3 is deleted (committed); package 15 is stored again as
 *                      1000 (committed); 1000 is deleted and packages from 2000 on are stored (not committed)
 * Packages.db          the same headers, written by {@code rpmpkgPut} of RPM 4.18's {@code lib/backend/ndb/rpmpkg.c}; a
 *                      package 99 was stored and deleted
 * Packages             the same headers, written by {@code db5.3_load -t hash}; RPM's {@code bdb_ro} lists them
 * Packages-big-endian  the same headers, with {@code db_lorder=4321}
 * </pre>
 */
public final class RpmDatabaseFixtures {
    private RpmDatabaseFixtures() {}

    /** Collects the headers that a database delivers. */
    static final class CollectedHeaders implements PackageHeaders {
        final TreeMap<Long, ByteBuffer> headers = new TreeMap<>();
        boolean isDatabase;
        long bytes;
        int damaged;

        @Override
        public boolean header(long number, ByteBuffer header) {
            headers.put(number, header);
            bytes += header.remaining();
            return true;
        }

        @Override
        public void damaged() {
            damaged++;
        }

        RpmFiles files(long number) {
            return RpmFiles.of(Objects.requireNonNull(headers.get(number))).orElseThrow();
        }
    }

    static byte[] bytes(String name) {
        try (InputStream packed =
                Objects.requireNonNull(RpmDatabaseFixtures.class.getResourceAsStream(name + ".gz"), name)) {
            return new GZIPInputStream(packed).readAllBytes();
        } catch (IOException unreadable) {
            throw new AssertionError(name, unreadable);
        }
    }

    static CollectedHeaders read(RpmDatabase kind, byte[] database) {
        return read(kind, database, Optional.empty());
    }

    static CollectedHeaders read(RpmDatabase kind, byte[] database, Optional<byte[]> log) {
        CollectedHeaders found = new CollectedHeaders();
        try {
            found.isDatabase = kind.read(file(database), log.map(RpmDatabaseFixtures::file), found);
        } catch (IOException impossible) {
            throw new AssertionError(impossible);
        }
        return found;
    }

    static DatabaseFile file(byte[] bytes) {
        return new DatabaseFile(SparseFile.of(bytes), bytes.length);
    }
}
