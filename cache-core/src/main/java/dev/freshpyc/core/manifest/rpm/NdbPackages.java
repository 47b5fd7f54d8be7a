package dev.freshpyc.core.manifest.rpm;

import dev.freshpyc.core.database.Allowance;
import dev.freshpyc.core.database.DatabaseFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import java.util.zip.Adler32;

/**
 * RPM's own database format, as {@code lib/backend/ndb/rpmpkg.c} of RPM writes it; all numbers little-endian.
 *
 * <pre>
 * file   "RpmP", version (0), generation, pages of slots, next package, zeros up to 32 bytes; slots to the end of
 *        those pages
 * slot   "Slot", package, first block of its blob (0: a free slot), blocks
 * blob   "BlbS", package, generation, length; the header; zeros; Adler-32 of all that, length, "BlbE"
 * </pre>
 */
final class NdbPackages {
    private static final int MAGIC = code('R', 'p', 'm', 'P');
    private static final int SLOT_MAGIC = code('S', 'l', 'o', 't');
    private static final int BLOB_MAGIC = code('B', 'l', 'b', 'S');
    private static final int BLOB_END = code('B', 'l', 'b', 'E');

    private static final int HEADER = 32;
    private static final int PAGE = 4096;
    private static final int SLOT = 16;
    private static final int BLOCK = 16;
    private static final int BLOB_HEAD = 16;
    private static final int BLOB_TAIL = 12;

    private final DatabaseFile file;
    private final PackageHeaders headers;
    private final Allowance allowance;

    private NdbPackages(DatabaseFile file, PackageHeaders headers) {
        this.file = file;
        this.headers = headers;
        this.allowance = new Allowance(file.size());
    }

    /** Reads the headers; false if the file is no such database. */
    static boolean read(DatabaseFile file, PackageHeaders headers) throws IOException {
        NdbPackages packages = new NdbPackages(file, headers);
        Optional<ByteBuffer> start =
                packages.bytes(0, HEADER).filter(found -> found.getInt(0) == MAGIC && found.getInt(4) == 0);
        if (start.isPresent()) {
            packages.readSlots(unsigned(start.get(), 12));
        }
        return start.isPresent();
    }

    private void readSlots(long pages) throws IOException {
        boolean wanted = true;
        for (long number = 0; wanted && number < pages; number++) {
            Optional<ByteBuffer> page = bytes(number * PAGE, PAGE);
            if (page.isEmpty()) {
                headers.damaged();
                return;
            }
            wanted = readSlots(page.get(), number == 0 ? HEADER : 0);
        }
    }

    private boolean readSlots(ByteBuffer page, int from) throws IOException {
        boolean wanted = true;
        for (int at = from; wanted && at < PAGE; at += SLOT) {
            if (page.getInt(at) != SLOT_MAGIC) {
                headers.damaged();
            } else if (page.getInt(at + 8) != 0) {
                wanted = readBlob(page.getInt(at + 4), unsigned(page, at + 8), unsigned(page, at + 12));
            }
        }
        return wanted;
    }

    private boolean readBlob(int number, long block, long blocks) throws IOException {
        long size = blocks * BLOCK;
        if (size < BLOB_HEAD + BLOB_TAIL || !allowance.takesValue(size)) {
            headers.damaged();
            return true;
        }
        Optional<ByteBuffer> blob = bytes(block * BLOCK, (int) size).filter(found -> isSound(found, number));
        if (blob.isEmpty()) {
            headers.damaged();
            return true;
        }
        return headers.header(
                Integer.toUnsignedLong(number),
                blob.get().slice(BLOB_HEAD, blob.get().getInt(12)));
    }

    private static boolean isSound(ByteBuffer blob, int number) {
        int tail = blob.limit() - BLOB_TAIL;
        int length = blob.getInt(12);
        return blob.getInt(0) == BLOB_MAGIC
                && blob.getInt(4) == number
                && length >= 0
                && length <= tail - BLOB_HEAD
                && blob.getInt(tail) == sum(blob.slice(0, tail))
                && blob.getInt(tail + 4) == length
                && blob.getInt(tail + 8) == BLOB_END;
    }

    private static int sum(ByteBuffer bytes) {
        Adler32 adler = new Adler32();
        adler.update(bytes);
        return (int) adler.getValue();
    }

    private Optional<ByteBuffer> bytes(long position, int length) throws IOException {
        return file.read(position, length).map(bytes -> bytes.order(ByteOrder.LITTLE_ENDIAN));
    }

    private static long unsigned(ByteBuffer bytes, int at) {
        return Integer.toUnsignedLong(bytes.getInt(at));
    }

    private static int code(char first, char second, char third, char fourth) {
        return first | second << 8 | third << 16 | fourth << 24;
    }
}
