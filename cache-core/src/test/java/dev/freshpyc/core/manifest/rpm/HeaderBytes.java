package dev.freshpyc.core.manifest.rpm;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Writes a package's header, right or wrong. */
public final class HeaderBytes {
    public static final int FILEDIGESTS = 1035;
    public static final int DIRINDEXES = 1116;
    public static final int BASENAMES = 1117;
    public static final int DIRNAMES = 1118;
    public static final int FILEDIGESTALGO = 5011;

    private final ByteArrayOutputStream entries = new ByteArrayOutputStream();
    private final ByteArrayOutputStream data = new ByteArrayOutputStream();

    /** A header of files with SHA-256 digests, all in one directory. */
    public static HeaderBytes sha256(String directory, String... namesAndDigests) {
        int files = namesAndDigests.length / 2;
        String[] names = new String[files];
        String[] digests = new String[files];
        for (int file = 0; file < files; file++) {
            names[file] = namesAndDigests[2 * file];
            digests[file] = namesAndDigests[2 * file + 1];
        }
        return new HeaderBytes()
                .strings(BASENAMES, names)
                .strings(DIRNAMES, directory)
                .numbers(DIRINDEXES, new int[files])
                .strings(FILEDIGESTS, digests)
                .numbers(FILEDIGESTALGO, 8);
    }

    public HeaderBytes strings(int tag, String... strings) {
        return entry(
                tag,
                RpmHeader.STRING_ARRAY,
                strings.length,
                (String.join("\0", strings) + "\0").getBytes(StandardCharsets.ISO_8859_1));
    }

    public HeaderBytes numbers(int tag, int... numbers) {
        ByteBuffer bytes = ByteBuffer.allocate(Integer.BYTES * numbers.length);
        bytes.asIntBuffer().put(numbers);
        return entry(tag, RpmHeader.INT32, numbers.length, bytes.array());
    }

    HeaderBytes entry(int tag, int type, int count, byte[] content) {
        return entry(tag, type, data.size(), count, content);
    }

    HeaderBytes entry(int tag, int type, int offset, int count, byte[] content) {
        entries.writeBytes(ByteBuffer.allocate(16)
                .putInt(tag)
                .putInt(type)
                .putInt(offset)
                .putInt(count)
                .array());
        data.writeBytes(content);
        return this;
    }

    public ByteBuffer bytes() {
        return ByteBuffer.allocate(8 + entries.size() + data.size())
                .putInt(entries.size() / 16)
                .putInt(data.size())
                .put(entries.toByteArray())
                .put(data.toByteArray())
                .flip();
    }
}
