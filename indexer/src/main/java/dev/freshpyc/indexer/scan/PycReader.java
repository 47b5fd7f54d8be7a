package dev.freshpyc.indexer.scan;

import dev.freshpyc.core.file.Errno;
import dev.freshpyc.core.marshal.MarshalBody;
import dev.freshpyc.core.marshal.MarshalDialect;
import dev.freshpyc.core.marshal.MarshalWalker;
import dev.freshpyc.core.observe.Observation.BodyState;
import dev.freshpyc.core.observe.Observation.PycState;
import dev.freshpyc.core.observe.Observation.SourceContent;
import dev.freshpyc.core.observe.Observation.SourceState;
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
import dev.freshpyc.indexer.fs.Listing;
import dev.freshpyc.indexer.fs.OpenDirectory;
import dev.freshpyc.indexer.fs.TreeReader;
import dev.freshpyc.indexer.scan.PycGroups.Place;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads of a pyc what a verdict needs: the header and one byte of the body; hashes the source where the header has a hash. */
final class PycReader {

    private static final int HASH_BUFFER = 64 * 1024;

    private final TreeReader files;
    private final LegacyReader legacy;
    private final byte[] head = new byte[HeaderLayout.MAX_LENGTH + 1];
    private int headLength;
    private final byte[] buffer = new byte[HASH_BUFFER];
    private final MarshalWalker walker = new MarshalWalker();

    PycReader(TreeReader files, LegacyReader legacy) {
        this.files = files;
        this.legacy = legacy;
    }

    /** Reads the first bytes of one pyc, in the header layout of the version that would read the file. */
    PycState read(Place place, int name, @Nullable CacheTag tag, boolean hasSource) {
        int length = files.readHead(place.directory(), place.names(), name, head);
        headLength = Math.max(length, 0);
        if (length < 0) {
            return length == TreeReader.NOT_A_FILE ? PycState.NOT_A_FILE : new PycState.Unreadable(new Errno(-length));
        }
        int magic = length < Magic.LENGTH ? 0 : rawMagic();
        HeaderLayout layout = layout(new Magic(magic), tag, hasSource);
        return new PycState.Read(
                magic,
                PycHeader.parse(head, length, layout),
                body(length, layout, version(tag, new Magic(magic), hasSource)));
    }

    /** The first bytes of the last file read. */
    HeaderBytes head() {
        return HeaderBytes.of(head, headLength);
    }

    /** The source, with its hash where {@code seen} has a hash-based header. */
    SourceState hashed(
            OpenDirectory directory,
            Listing sources,
            int source,
            SourceState.Present present,
            PycState seen,
            @Nullable CacheTag tag) {
        if (tag != null
                && seen instanceof PycState.Read read
                && read.header() instanceof PycHeader.Hashed header
                && tag.accepts(header.magic())) {
            long size = present.stamp().size();
            return new SourceState.Present(
                    present.stamp(),
                    hash(
                            directory,
                            sources,
                            source,
                            size,
                            header.magic(),
                            tag.format().hash()));
        }
        return present;
    }

    /** Walks the body behind a header to its end. */
    BodyState walkBody(Place place, int name, PycHeader.Intact header, @Nullable CacheTag tag, boolean hasSource) {
        Optional<MarshalDialect> dialect =
                version(tag, header.magic(), hasSource).flatMap(MarshalDialect::of);
        if (dialect.isEmpty()) {
            return BodyState.UNKNOWN_DIALECT;
        }
        return switch (files.openContents(place.directory(), place.names(), name)) {
            case FileContents.Opening.Refused _ -> BodyState.UNWALKED;
            case FileContents.Opening.Open(FileContents contents) -> walk(contents, header, dialect.get());
        };
    }

    private BodyState walk(FileContents contents, PycHeader.Intact header, MarshalDialect dialect) {
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
    private Optional<PythonVersion> version(@Nullable CacheTag tag, Magic magic, boolean hasSource) {
        return tag != null ? tag.version() : legacyVersion(magic, hasSource);
    }

    private Optional<PythonVersion> legacyVersion(Magic magic, boolean hasSource) {
        return hasSource ? legacy.besideSource(magic) : legacy.withoutSource(magic);
    }

    private SourceContent hash(
            OpenDirectory directory,
            Listing sources,
            int source,
            long size,
            Magic magic,
            SourceHash.@Nullable Algorithm algorithm) {
        if (algorithm == null) {
            return new SourceContent.UnknownHash();
        }
        return switch (files.openContents(directory, sources, source)) {
            case FileContents.Opening.Refused(int code) -> new SourceContent.Unreadable(new Errno(-code));
            case FileContents.Opening.Open(FileContents contents) -> hash(contents, size, magic, algorithm);
        };
    }

    private SourceContent hash(FileContents contents, long size, Magic magic, SourceHash.Algorithm algorithm) {
        try (contents) {
            @Nullable
            SourceHash hash = contents.size() == size ? SourceHash.of(contents, size, magic, algorithm, buffer) : null;
            boolean grown = contents.read(size, buffer, 0, 1) > 0;
            return hash == null || grown ? new SourceContent.Changing() : new SourceContent.Hash(hash);
        } catch (IOException unreadable) {
            return new SourceContent.Unreadable(Errno.EIO);
        }
    }

    private BodyState body(int length, HeaderLayout layout, Optional<PythonVersion> reader) {
        if (length <= layout.length()) {
            return BodyState.EMPTY;
        }
        if (reader.isEmpty() || !MarshalDialect.isKnown(reader.get())) {
            return BodyState.UNKNOWN_DIALECT;
        }
        return MarshalDialect.mayBeginCode(head[layout.length()]) ? BodyState.BEGINS_AS_CODE : BodyState.NOT_CODE;
    }

    /**
     * The layout of the version that reads the file; where that version rejects the magic, the one of the version that wrote the
     * file, so that the header can be told.
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
