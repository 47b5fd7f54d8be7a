package dev.freshpyc.core.proof;

import dev.freshpyc.core.digest.Crc32c;
import dev.freshpyc.core.store.file.UnusableIndexException;
import dev.freshpyc.core.store.file.UnusableIndexException.Corrupt;
import dev.freshpyc.core.store.file.UnusableIndexException.TooNew;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The beginning of a proof file; the package describes its bytes.
 *
 * @param format the first format that has all kinds of rows of the file
 * @param rows how many proofs and refutations the file has
 * @param tableLength bytes of the table behind the header
 * @param indexLength bytes of the block index behind the table
 * @param indexChecksum CRC-32C of the block index
 * @param origins where the proofs come from, in the order of their numbers
 */
record ProofHeader(int format, long rows, long tableLength, int indexLength, int indexChecksum, List<String> origins) {

    /** The format of a file that has nothing but proofs. */
    static final int PLAIN = 1;

    /** The format of a file with refutations. A version of freshpyc that knows no refutations rejects such a file. */
    static final int REFUTING = 2;

    /** The format of a file with later turns. A version of freshpyc that knows no turns rejects such a file. */
    static final int RESTORING = 3;

    /** Bytes before the origins. */
    static final int FIXED = 44;

    private static final int MAX_LENGTH = 1 << 16;
    private static final long MAGIC = 0x6672706873657266L;

    ProofHeader {
        origins = List.copyOf(origins);
    }

    /** Whether a row of the file may refute a pair, or restore one. */
    boolean refutes() {
        return format > PLAIN;
    }

    byte[] encode() {
        List<byte[]> names = origins.stream().map(ProofHeader::bytes).toList();
        int length = FIXED
                + names.stream().mapToInt(name -> Short.BYTES + name.length).sum()
                + Crc32c.LENGTH;
        ByteBuffer out = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        out.putLong(MAGIC).putInt(format).putInt(length);
        out.putLong(rows).putLong(tableLength).putInt(indexLength).putInt(indexChecksum);
        out.putInt(names.size());
        names.forEach(name -> out.putShort((short) name.length).put(name));
        Crc32c.finish(out.array());
        return out.array();
    }

    private static byte[] bytes(String origin) {
        byte[] all = origin.getBytes(StandardCharsets.UTF_8);
        return all.length <= Origins.LENGTH ? all : Arrays.copyOf(all, Origins.LENGTH);
    }

    /**
     * The length of a header, from its first {@value #FIXED} bytes, which are not verified yet.
     *
     * @param size of the file in bytes
     */
    static int length(Path file, byte[] first, long size) throws Corrupt {
        ByteBuffer in = ByteBuffer.wrap(first).order(ByteOrder.LITTLE_ENDIAN);
        Corrupt.unless(in.getLong() == MAGIC, file, "a proof file of freshpyc", "something else");
        int length = in.getInt(Long.BYTES + Integer.BYTES);
        boolean plausible = length >= FIXED + Crc32c.LENGTH && length <= Math.min(size, MAX_LENGTH);
        Corrupt.unless(plausible, file, "a header inside the file", length + " bytes of header");
        return length;
    }

    /** Whether a file that begins with these bytes may have refutations. The bytes are not verified. */
    static boolean mayRefute(byte[] first) {
        return ByteBuffer.wrap(first).order(ByteOrder.LITTLE_ENDIAN).getInt(Long.BYTES) > PLAIN;
    }

    /** The header in the first bytes of a file of {@code size} bytes. */
    static ProofHeader decode(Path file, byte[] bytes, long size) throws UnusableIndexException {
        Corrupt.unless(Crc32c.isIntact(bytes), file, "the header's checksum", "another");
        ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).position(Long.BYTES);
        int format = in.getInt();
        if (format > RESTORING) {
            throw new TooNew(file, "format " + RESTORING, "format " + format);
        }
        in.getInt();
        long rows = in.getLong();
        long table = in.getLong();
        int index = in.getInt();
        int checksum = in.getInt();
        boolean sized = rows >= 0 && table >= 0 && index >= 0 && table == size - bytes.length - index;
        Corrupt.unless(sized, file, "a table and its index behind the header", size + " bytes");
        return new ProofHeader(format, rows, table, index, checksum, origins(file, in, bytes.length - Crc32c.LENGTH));
    }

    private static List<String> origins(Path file, ByteBuffer in, int end) throws Corrupt {
        int count = in.getInt();
        Corrupt.unless(count >= 0 && count <= Origins.LIMIT, file, "at most 255 origins", count + "");
        List<String> origins = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int length = in.remaining() < Short.BYTES ? -1 : in.getShort() & 0xffff;
            Corrupt.unless(
                    length >= 0 && length <= Origins.LENGTH && length <= end - in.position(),
                    file,
                    "an origin inside the header",
                    length + " bytes");
            byte[] name = new byte[length];
            in.get(name);
            origins.add(new String(name, StandardCharsets.UTF_8));
        }
        Corrupt.unless(in.position() == end, file, "a header of " + in.position() + " bytes", end + "");
        return origins;
    }
}
