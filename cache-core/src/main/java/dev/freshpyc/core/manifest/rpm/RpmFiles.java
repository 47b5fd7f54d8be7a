package dev.freshpyc.core.manifest.rpm;

import dev.freshpyc.core.path.RawPath;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The files of a package, by the tags of {@code rpmtag.h}. A file's path is a directory, named by its index, and a base
 * name. A directory, a link and a file that the package only owns ({@code %ghost}) have no digest. Packages older than
 * RPM 4 have whole names and are not read.
 */
public final class RpmFiles {
    private static final int DIRINDEXES = 1116;
    private static final int BASENAMES = 1117;
    private static final int DIRNAMES = 1118;
    private static final int FILEDIGESTS = 1035;
    private static final int FILEDIGESTALGO = 5011;

    /** MD5's number in RFC 4880. Old headers name no function and have MD5 digests. */
    private static final int MD5 = 1;

    private static final RawPath ROOT = RawPath.of("/");

    /** Linux's PATH_MAX. Many files may share a long directory, so complete paths may need more room than the header. */
    private static final int MAX_PATH = 4096;

    private final RpmHeader header;
    private final StringArray names;
    private final StringArray directories;
    private final ByteBuffer indexes;
    private final StringArray digests;

    private RpmFiles(
            RpmHeader header, StringArray names, StringArray directories, ByteBuffer indexes, StringArray digests) {
        this.header = header;
        this.names = names;
        this.directories = directories;
        this.indexes = indexes;
        this.digests = digests;
    }

    /** The files with digests in a header; empty if the bytes are no header or its arrays disagree. */
    public static Optional<RpmFiles> of(ByteBuffer bytes) {
        return RpmHeader.of(bytes)
                .flatMap(header ->
                        header.has(BASENAMES) && header.has(FILEDIGESTS) ? listed(header) : Optional.of(none(header)));
    }

    private static RpmFiles none(RpmHeader header) {
        return new RpmFiles(header, StringArray.NONE, StringArray.NONE, ByteBuffer.allocate(0), StringArray.NONE);
    }

    private static Optional<RpmFiles> listed(RpmHeader header) {
        Optional<StringArray> names = header.strings(BASENAMES);
        Optional<StringArray> directories = header.strings(DIRNAMES);
        Optional<ByteBuffer> indexes = header.numbers(DIRINDEXES);
        Optional<StringArray> digests = header.strings(FILEDIGESTS);
        boolean consistent = names.isPresent()
                && directories.isPresent()
                && indexes.isPresent()
                && digests.isPresent()
                && indexes.get().limit() == Integer.BYTES * names.get().count()
                && digests.get().count() == names.get().count();
        return consistent
                ? Optional.of(new RpmFiles(header, names.get(), directories.get(), indexes.get(), digests.get()))
                : Optional.empty();
    }

    public int count() {
        return names.count();
    }

    /** The digest function, by its number in OpenPGP (RFC 4880, 9.4). */
    public int digestAlgorithm() {
        return header.has(FILEDIGESTALGO) ? header.number(FILEDIGESTALGO).orElse(0) : MD5;
    }

    /** The digest of a file in hexadecimal digits; empty for a file without a digest. */
    public String digest(int file) {
        return new String(digests.get(file), StandardCharsets.ISO_8859_1);
    }

    /** The path of a file relative to the root. */
    public Optional<RawPath> path(int file) {
        int directory = indexes.getInt(Integer.BYTES * file);
        if (directory < 0 || directory >= directories.count()) {
            return Optional.empty();
        }
        if ((long) directories.length(directory) + names.length(file) > MAX_PATH) {
            return Optional.empty();
        }
        byte[] path = directories.joined(directory, names, file);
        return RawPath.of(path, 0, path.length).relativeTo(ROOT);
    }
}
