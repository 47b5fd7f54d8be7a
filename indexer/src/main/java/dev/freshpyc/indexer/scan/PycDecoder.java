package dev.freshpyc.indexer.scan;

import dev.freshpyc.core.file.Errno;
import dev.freshpyc.core.marshal.MarshalBody;
import dev.freshpyc.core.marshal.MarshalDialect;
import dev.freshpyc.core.marshal.MarshalWalker;
import dev.freshpyc.core.observe.Observation.BodyState;
import dev.freshpyc.core.observe.Observation.PycState;
import dev.freshpyc.core.observe.Observation.SourceContent;
import dev.freshpyc.core.pyc.CacheTag;
import dev.freshpyc.core.pyc.HeaderLayout;
import dev.freshpyc.core.pyc.Magic;
import dev.freshpyc.core.pyc.MagicTable;
import dev.freshpyc.core.pyc.PycFormat;
import dev.freshpyc.core.pyc.PycHeader;
import dev.freshpyc.core.pyc.PythonVersion;
import dev.freshpyc.core.pyc.SourceHash;
import dev.freshpyc.core.record.HeaderBytes;
import dev.freshpyc.core.verdict.LegacyReader;
import dev.freshpyc.indexer.fs.FileContents;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Decodes the first bytes of a pyc, walks its body, and hashes its source, in files and in archives alike. Not thread-safe. */
final class PycDecoder {

    /** The length of the longest header and the first byte of a body. */
    static final int HEAD = HeaderLayout.MAX_LENGTH + 1;

    /** So many zero bytes at the end of a pyc do not prove damage, but are rare enough that the body can be walked. */
    static final int TAIL = 16;

    /** The end of a file that was not read. */
    static final byte[] NO_TAIL = {};

    private static final int HASH_BUFFER = 64 * 1024;

    private final LegacyReader legacy;
    private byte[] head = {};
    private int headLength;
    private final byte[] buffer = new byte[HASH_BUFFER];
    private final MarshalWalker walker = new MarshalWalker();

    PycDecoder(LegacyReader legacy) {
        this.legacy = legacy;
    }

    /** Forgets the last file, since the next one could not be read. */
    void forget() {
        headLength = 0;
    }

    /** The first bytes of the last file decoded. */
    HeaderBytes head() {
        return HeaderBytes.of(head, headLength);
    }

    /**
     * Decodes both ends of a pyc in the header layout of the version that would read the file.
     *
     * @param bytes the first bytes of the file, which are not copied
     * @param length how many of {@code bytes} the file has
     * @param tail the last bytes of the file where {@code length} is {@link #HEAD}; {@link #NO_TAIL} where they were not read
     */
    PycState decode(byte[] bytes, int length, byte[] tail, @Nullable CacheTag tag, boolean hasSource) {
        head = bytes;
        headLength = length;
        int magic = length < Magic.LENGTH ? 0 : rawMagic();
        HeaderLayout layout = layout(new Magic(magic), tag, hasSource);
        return new PycState.Read(
                magic,
                PycHeader.parse(head, length, layout),
                body(length, tail, layout, version(tag, new Magic(magic), hasSource)));
    }

    /** Walks the body of a pyc in an archive to its end. */
    BodyState walkBody(FileContents contents, PycHeader.Intact header) {
        return version(null, header.magic(), false)
                .flatMap(MarshalDialect::of)
                .map(dialect -> walk(contents, header, dialect))
                .orElse(BodyState.UNKNOWN_DIALECT);
    }

    /** The content of the source in an archive, as the version that reads the pyc hashes it. */
    SourceContent hash(FileContents contents, Magic magic) {
        SourceHash.@Nullable Algorithm algorithm = version(null, magic, false)
                .map(PycFormat::of)
                .orElse(PycFormat.CURRENT)
                .hash();
        return algorithm == null ? new SourceContent.UnknownHash() : hash(contents, contents.size(), magic, algorithm);
    }

    BodyState walk(FileContents contents, PycHeader.Intact header, MarshalDialect dialect) {
        try (contents) {
            return switch (walker.walk(contents, header.layout().length(), dialect)) {
                case MarshalBody.Complete _ -> BodyState.WHOLE;
                case MarshalBody.Empty _ -> BodyState.EMPTY;
                case MarshalBody.NotCode _ -> BodyState.NOT_CODE;
                case MarshalBody.Truncated _ -> BodyState.TRUNCATED;
                case MarshalBody.Malformed _ -> BodyState.CORRUPT;
            };
        } catch (IOException unreadable) {
            return BodyState.UNWALKED;
        }
    }

    /** The version that reads the file, if it is known. */
    Optional<PythonVersion> version(@Nullable CacheTag tag, Magic magic, boolean hasSource) {
        return tag != null ? tag.version() : legacyVersion(magic, hasSource);
    }

    private Optional<PythonVersion> legacyVersion(Magic magic, boolean hasSource) {
        return hasSource ? legacy.besideSource(magic) : legacy.withoutSource(magic);
    }

    /** The hash of a source whose size should be {@code size}. */
    SourceContent hash(FileContents contents, long size, Magic magic, SourceHash.Algorithm algorithm) {
        try (contents) {
            @Nullable
            SourceHash hash = contents.size() == size ? SourceHash.of(contents, size, magic, algorithm, buffer) : null;
            boolean grown = contents.read(size, buffer, 0, 1) > 0;
            return hash == null || grown ? new SourceContent.Changing() : new SourceContent.Hash(hash);
        } catch (IOException unreadable) {
            return new SourceContent.Unreadable(Errno.EIO);
        }
    }

    private BodyState body(int length, byte[] tail, HeaderLayout layout, Optional<PythonVersion> reader) {
        if (length <= layout.length()) {
            return BodyState.EMPTY;
        }
        if (reader.isEmpty() || !MarshalDialect.isKnown(reader.get())) {
            return BodyState.UNKNOWN_DIALECT;
        }
        if (!MarshalDialect.mayBeginCode(head[layout.length()])) {
            return BodyState.NOT_CODE;
        }
        return length == HEAD && isZero(tail) ? BodyState.ENDS_IN_ZEROS : BodyState.BEGINS_AS_CODE;
    }

    private static boolean isZero(byte[] tail) {
        for (byte one : tail) {
            if (one != 0) {
                return false;
            }
        }
        return tail.length > 0;
    }

    /**
     * The layout of the version that reads the file. Where this version rejects the magic, the layout of the version that wrote the
     * file, so that reports can show the header.
     */
    private HeaderLayout layout(Magic magic, @Nullable CacheTag tag, boolean hasSource) {
        if (tag != null && tag.accepts(magic)) {
            return tag.format().layout();
        }
        Optional<PythonVersion> reader = tag != null ? tag.version() : legacyVersion(magic, hasSource);
        return MagicTable.owner(magic)
                .or(() -> reader)
                .map(version -> PycFormat.of(version).layout())
                .orElse(HeaderLayout.FLAGS);
    }

    private int rawMagic() {
        return (head[0] & 0xff) | (head[1] & 0xff) << 8 | (head[2] & 0xff) << 16 | head[3] << 24;
    }
}
