package dev.freshpyc.core.manifest.rpm;

import dev.freshpyc.core.database.DatabaseFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;

/**
 * Databases of RPM 4.18, of which it installed 15 packages with {@code rpm --root … -i}: {@code alpha} has 25 modules and their
 * bytecode, {@code legacy} has MD5 digests, {@code split-src} a source and {@code split-pyc} its bytecode, {@code filler0} a
 * link and a ghost.
 *
 * <pre>
 * rpmdb.sqlite         as RPM left it, the log copied back
 * rpmdb.sqlite-wal     SQLite's log of: package 3 deleted, committed; package 15 put a second time, as 1000, committed; 1000
 *                      deleted and packages from 2000 on put, not committed
 * Packages.db          the same headers through {@code rpmpkgPut} of RPM 4.18's {@code lib/backend/ndb/rpmpkg.c}, and a package
 *                      99 that was put and deleted
 * Packages             the same through {@code db5.3_load -t hash}; RPM's {@code bdb_ro} lists them
 * Packages-big-endian  the same with {@code db_lorder=4321}
 * </pre>
 */
public final class RealDatabases {
    private RealDatabases() {}

    /** What was handed over. */
    static final class Found implements PackageHeaders {
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
        try (InputStream packed = Objects.requireNonNull(RealDatabases.class.getResourceAsStream(name + ".gz"), name)) {
            return new GZIPInputStream(packed).readAllBytes();
        } catch (IOException unreadable) {
            throw new AssertionError(name, unreadable);
        }
    }

    static Found read(RpmDatabase kind, byte[] database) {
        return read(kind, database, Optional.empty());
    }

    static Found read(RpmDatabase kind, byte[] database, Optional<byte[]> log) {
        Found found = new Found();
        try {
            found.isDatabase = kind.read(file(database), log.map(RealDatabases::file), found);
        } catch (IOException impossible) {
            throw new AssertionError(impossible);
        }
        return found;
    }

    static DatabaseFile file(byte[] bytes) {
        return new DatabaseFile(
                (position, into, offset, length) -> {
                    int read = (int) Math.max(0, Math.min(length, bytes.length - position));
                    System.arraycopy(bytes, (int) Math.min(position, bytes.length), into, offset, read);
                    return read;
                },
                bytes.length);
    }
}
