package dev.freshpyc.core.metadata;

import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.pyc.SipHash;
import java.io.ByteArrayOutputStream;
import java.io.Serial;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/**
 * What is kept of one path entry, in the format that {@link dev.freshpyc.core.metadata the package} documents.
 *
 * @param path of the entry, as on {@code sys.path}, absolute
 * @param stamp of the entry, taken before it was read
 */
public record EntryPointFile(RawPath path, EntryStamp stamp, PathEntryMetadata metadata) {

    /** Largest size of a file, in bytes. */
    public static final int MAX_SIZE = 64 << 20;

    /** The key of both hashes. */
    public static final long HASH_KEY = 0x66707931;

    /** The first line up to the version. */
    static final String MAGIC = "freshpyc-entry-points ";

    static final String VERSION = "1";

    /** The flag of a second list that equals the first list and is not stored. */
    static final int SAME = 4;

    /** The file's bytes; empty for an entry that cannot be kept. */
    public Optional<byte[]> encode() {
        Optional<ListSections> sectioned = ListSections.encode(metadata.sectioned());
        Optional<ListSections> config = ListSections.encode(metadata.config());
        if (sectioned.isEmpty() || config.isEmpty()) {
            return Optional.empty();
        }
        boolean same = config.get().equals(sectioned.get());
        byte[] name = path.toBytes();
        String lengths = String.join(
                " ",
                stamp.directory() ? "d" : "f",
                String.valueOf(stamp.inode()),
                String.valueOf(stamp.size()),
                String.valueOf(stamp.mtimeNanos()),
                String.valueOf(stamp.ctimeNanos()),
                String.valueOf(name.length),
                sectioned.get().lengths(),
                same ? SAME + " 0 0 0 0" : config.get().lengths());
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.writeBytes((lengths + "\n").getBytes(StandardCharsets.US_ASCII));
        body.writeBytes(name);
        sectioned.get().writeTo(body);
        if (!same) {
            config.get().writeTo(body);
        }
        return body.size() > MAX_SIZE ? Optional.empty() : Optional.of(withHead(body.toByteArray()));
    }

    /**
     * Reads the bytes of a file.
     *
     * @throws BadFileException when the bytes are damaged, or of another version
     */
    public static EntryPointFile decode(byte[] bytes) throws BadFileException {
        return new EntryPointFileReader(bytes).read();
    }

    private static byte[] withHead(byte[] body) {
        byte[] head = (MAGIC + VERSION + "\n" + hashes(body, 0) + "\n").getBytes(StandardCharsets.US_ASCII);
        byte[] whole = Arrays.copyOf(head, head.length + body.length);
        System.arraycopy(body, 0, whole, head.length, body.length);
        return whole;
    }

    static String hashes(byte[] bytes, int from) {
        byte[] body = from == 0 ? bytes : Arrays.copyOfRange(bytes, from, bytes.length);
        return hash(new SipHash(1, 3), body) + " " + hash(new SipHash(2, 4), body);
    }

    private static String hash(SipHash function, byte[] body) {
        function.begin(HASH_KEY, 0);
        long hash = function.finish(body, body.length, body.length);
        return HexFormat.of().toHexDigits(Long.reverseBytes(hash));
    }

    /** A file that cannot be used. */
    public static final class BadFileException extends Exception {

        @Serial
        private static final long serialVersionUID = 1;

        private final String expected;
        private final String found;
        private final boolean newer;

        BadFileException(String expected, String found, boolean newer) {
            super("expected " + expected + ", found " + found);
            this.expected = expected;
            this.found = found;
            this.newer = newer;
        }

        public String expected() {
            return expected;
        }

        public String found() {
            return found;
        }

        /** Whether a newer freshpyc wrote the file. */
        public boolean isNewer() {
            return newer;
        }
    }
}
