package dev.freshpyc.indexer.scan;

import dev.freshpyc.core.file.Errno;
import dev.freshpyc.core.marshal.MarshalDialect;
import dev.freshpyc.core.observe.Observation.BodyState;
import dev.freshpyc.core.observe.Observation.LinkEnd;
import dev.freshpyc.core.observe.Observation.PycState;
import dev.freshpyc.core.observe.Observation.SourceContent;
import dev.freshpyc.core.observe.Observation.SourceState;
import dev.freshpyc.core.pyc.CacheTag;
import dev.freshpyc.core.pyc.Magic;
import dev.freshpyc.core.pyc.PycHeader;
import dev.freshpyc.core.pyc.SourceHash;
import dev.freshpyc.core.record.HeaderBytes;
import dev.freshpyc.core.verdict.LegacyReader;
import dev.freshpyc.indexer.fs.FileContents;
import dev.freshpyc.indexer.fs.FileStat;
import dev.freshpyc.indexer.fs.Listing;
import dev.freshpyc.indexer.fs.OpenDirectory;
import dev.freshpyc.indexer.fs.TreeReader;
import dev.freshpyc.indexer.scan.PycGroups.GroupPlace;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads the parts of a pyc that a verdict needs: the header, the first byte of the body and its last few bytes. Hashes the source where
 * the header has a hash.
 */
final class PycReader {

    private final TreeReader files;
    private final PycDecoder decoder;
    private final byte[] head = new byte[PycDecoder.HEAD];
    private final byte[] tail = new byte[PycDecoder.TAIL];

    PycReader(TreeReader files, LegacyReader legacy) {
        this.files = files;
        this.decoder = new PycDecoder(legacy);
    }

    /**
     * Reads both ends of one pyc, in the header layout of the version that would read the file.
     *
     * @param into gets the metadata of a pyc that could be read
     */
    PycState read(GroupPlace place, int name, @Nullable CacheTag tag, boolean hasSource, FileStat into) {
        tail[0] = 1; // a tail that is not read must not look like zeros
        int length = files.readEnds(place.directory(), place.names(), name, head, tail, into);
        if (length < 0) {
            decoder.forget();
            return length == TreeReader.NOT_A_FILE ? PycState.NOT_A_FILE : unread(place, name, new Errno(-length));
        }
        return decoder.decode(head, length, tail, tag, hasSource);
    }

    private PycState unread(GroupPlace place, int name, Errno errno) {
        boolean directory = errno.equals(Errno.EISDIR);
        if ((directory || errno.isAbsence()) && files.isLink(place.directory(), place.names(), name)) {
            return new PycState.LinkToNoFile(end(errno));
        }
        return directory ? PycState.DIRECTORY : new PycState.Unreadable(errno);
    }

    private static LinkEnd end(Errno errno) {
        if (errno.equals(Errno.EISDIR)) {
            return LinkEnd.DIRECTORY;
        }
        return errno.equals(Errno.ELOOP) ? LinkEnd.LOOP : LinkEnd.NOTHING;
    }

    /** The first bytes of the last file read. */
    HeaderBytes head() {
        return decoder.head();
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
    BodyState walkBody(GroupPlace place, int name, PycHeader.Intact header, @Nullable CacheTag tag, boolean hasSource) {
        Optional<MarshalDialect> dialect =
                decoder.version(tag, header.magic(), hasSource).flatMap(MarshalDialect::of);
        if (dialect.isEmpty()) {
            return BodyState.UNKNOWN_DIALECT;
        }
        return switch (files.openContents(place.directory(), place.names(), name)) {
            case FileContents.Opening.Refused _ -> BodyState.UNWALKED;
            case FileContents.Opening.Open(FileContents contents) -> decoder.walk(contents, header, dialect.get());
        };
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
            case FileContents.Opening.Open(FileContents contents) -> decoder.hash(contents, size, magic, algorithm);
        };
    }
}
