package dev.freshpyc.core.manifest.rpm;

import dev.freshpyc.core.database.BerkeleyHash;
import dev.freshpyc.core.database.DatabaseFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * RPM's database in Berkeley DB: a hash from package number to header. The value under number 0 is the last number
 * assigned.
 */
final class BerkeleyPackages {
    private BerkeleyPackages() {}

    /** Reads the headers; false if the file is no Berkeley DB hash. */
    static boolean read(DatabaseFile file, PackageHeaders headers) throws IOException {
        Optional<BerkeleyHash> hash = BerkeleyHash.of(file);
        if (hash.isPresent()) {
            hash.get().read(new Values(headers));
        }
        return hash.isPresent();
    }

    private record Values(PackageHeaders headers) implements BerkeleyHash.Pairs {
        @Override
        public boolean pair(int key, ByteBuffer value) {
            return key == 0 || headers.header(Integer.toUnsignedLong(key), value);
        }

        @Override
        public void damaged() {
            headers.damaged();
        }
    }
}
