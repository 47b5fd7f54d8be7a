package dev.freshpyc.core.manifest.rpm;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Builds the header of an RPM package, valid or damaged. */
public final class RpmHeaderBuilder {
    public static final int FILEDIGESTS = 1035;
    public static final int DIRINDEXES = 1116;
    public static final int BASENAMES = 1117;
    public static final int DIRNAMES = 1118;
    public static final int FILEDIGESTALGO = 5011;

    private final ByteArrayOutputStream entries = new ByteArrayOutputStream();
    private final ByteArrayOutputStream data = new ByteArrayOutputStream();

    /** A header whose files lie in one directory and have SHA-256 digests. */
    public static RpmHeaderBuilder sha256(String directory, String... namesAndDigests) {
        int files = namesAndDigests.length / 2;
        String[] names = new String[files];
        String[] digests = new String[files];
        for (int file = 0; file < files; file++) {
            names[file] = namesAndDigests[2 * file];
            digests[file] = namesAndDigests[2 * file + 1];
        }
        return new RpmHeaderBuilder()
                .strings(BASENAMES, names)
                .strings(DIRNAMES, directory)
                .numbers(DIRINDEXES, new int[files])
                .strings(FILEDIGESTS, digests)
                .numbers(FILEDIGESTALGO, 8);
    }

    public RpmHeaderBuilder strings(int tag, String... strings) {
        return entry(
                tag,
                RpmHeader.STRING_ARRAY,
                strings.length,
                (String.join("\0", strings) + "\0").getBytes(StandardCharsets.ISO_8859_1));
    }

    public RpmHeaderBuilder numbers(int tag, int... numbers) {
        ByteBuffer bytes = ByteBuffer.allocate(Integer.BYTES * numbers.length);
        bytes.asIntBuffer().put(numbers);
        return entry(tag, RpmHeader.INT32, numbers.length, bytes.array());
    }

    RpmHeaderBuilder entry(int tag, int type, int count, byte[] content) {
        return entry(tag, type, data.size(), count, content);
    }

    RpmHeaderBuilder entry(int tag, int type, int offset, int count, byte[] content) {
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
