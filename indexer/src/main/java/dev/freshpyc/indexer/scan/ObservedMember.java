package dev.freshpyc.indexer.scan;

import dev.freshpyc.core.file.Errno;
import dev.freshpyc.core.file.FileStamp;
import dev.freshpyc.core.observe.Observation.BodyState;
import dev.freshpyc.core.observe.Observation.PycState;
import dev.freshpyc.core.observe.Observation.SourceContent;
import dev.freshpyc.core.observe.Observation.SourceState;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.pyc.Magic;
import dev.freshpyc.core.pyc.PycHeader;
import dev.freshpyc.core.pyc.PythonVersion;
import dev.freshpyc.core.record.HeaderBytes;
import dev.freshpyc.core.verdict.LegacyReader;
import dev.freshpyc.indexer.archive.ArchiveMember;
import dev.freshpyc.indexer.archive.ArchiveTime;
import dev.freshpyc.indexer.archive.CentralDirectory;
import dev.freshpyc.indexer.archive.MemberContents;
import dev.freshpyc.indexer.archive.MemberReader;
import dev.freshpyc.indexer.archive.Unpacked;
import dev.freshpyc.indexer.archive.ZipRules;
import dev.freshpyc.indexer.fs.FileContents;
import java.time.zone.ZoneRules;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A bytecode member of an archive with its source, as its reader sees them. Describes one member after the other. */
final class ObservedMember {

    private final CentralDirectory directory;
    private final RawPath inner;
    private final FileStamp archive;
    private final MemberReader reader;
    private final ZoneRules zone;
    private final PycDecoder decoder;

    private RawPath name = RawPath.EMPTY;
    private @Nullable ArchiveMember pyc;
    private @Nullable ArchiveMember source;
    private PycState state = PycState.ABSENT;
    private SourceState sourceState = SourceState.ABSENT;

    /**
     * The members of one archive.
     *
     * @param inner the directory in the archive that the names begin at
     * @param archive the stamp of the archive
     * @param legacy tells the version that reads a member
     */
    ObservedMember(
            CentralDirectory directory,
            RawPath inner,
            FileStamp archive,
            MemberReader reader,
            ZoneRules zone,
            LegacyReader legacy) {
        this.directory = directory;
        this.inner = inner;
        this.archive = archive;
        this.reader = reader;
        this.zone = zone;
        this.decoder = new PycDecoder(legacy);
    }

    /** Reads the header of a member, which this object then describes. */
    void read(RawPath member) {
        name = member;
        pyc = directory.file(inner.resolve(name)).orElseThrow();
        source = directory.file(inner.resolve(ArchiveModules.sourceOf(name))).orElse(null);
        sourceState = source == null ? SourceState.ABSENT : SourceState.present(sourceStamp(archive, source, zone));
        state = switch (reader.head(pyc, PycDecoder.HEAD)) {
            case Unpacked.Bytes head -> decoder.decode(head.bytes(), head.length(), PycDecoder.NO_TAIL, null, false);
            case Unpacked.Streamed _ -> throw new IllegalStateException("the head of a member is kept");
            case Unpacked.Damaged _ -> failed(PycState.DAMAGED);
            case Unpacked.TooLarge _ -> failed(new PycState.Unreadable(Errno.EFBIG));
            case Unpacked.OtherMethod _ -> failed(PycState.OTHER_METHOD);
            case Unpacked.Unreadable _ -> failed(new PycState.Unreadable(Errno.EIO));
        };
        if (!unpacks(pyc)) {
            state = failed(PycState.OTHER_METHOD);
        }
    }

    private PycState failed(PycState failure) {
        decoder.forget();
        return failure;
    }

    /** Whether the version that reads the bytecode can unpack a member; true where this version is not known. */
    private boolean unpacks(ArchiveMember member) {
        return member.method() != ArchiveMember.ZSTD
                || version().map(version -> ZipRules.of(version).zstd()).orElse(true);
    }

    /** The bytecode, relative to the entry. */
    RawPath name() {
        return name;
    }

    ArchiveMember pyc() {
        return Objects.requireNonNull(pyc);
    }

    Optional<ArchiveMember> source() {
        return Optional.ofNullable(source);
    }

    PycState state() {
        return state;
    }

    /** The state of the source without its content. */
    SourceState sourceState() {
        return sourceState;
    }

    HeaderBytes head() {
        return decoder.head();
    }

    /** The magic; empty for a member that could not be read. */
    Optional<Magic> magic() {
        return state instanceof PycState.Read read ? Optional.of(new Magic(read.magic())) : Optional.empty();
    }

    /** The version that reads the bytecode; empty where it is not known. */
    Optional<PythonVersion> version() {
        return magic().flatMap(magic -> decoder.version(null, magic, false));
    }

    /** The state of the source, with its hash where the bytecode has a hash, or with the error of an import that unpacks the source. */
    SourceState sourceWithContent() {
        if (!(sourceState instanceof SourceState.Present(FileStamp stamp, SourceContent unread))
                || !(state instanceof PycState.Read read)) {
            return sourceState;
        }
        PycHeader.@Nullable Hashed header = read.header() instanceof PycHeader.Hashed hashed ? hashed : null;
        if (header == null && Objects.requireNonNull(source).isPlain()) {
            return sourceState;
        }
        SourceContent content = switch (openSource()) {
            case FileContents.Opening.Open(FileContents contents) ->
                header == null ? unread : decoder.hash(contents, header.magic());
            case FileContents.Opening.Refused(int code) -> new SourceContent.Unreadable(new Errno(-code));
        };
        return new SourceState.Present(stamp, content);
    }

    FileContents.Opening openSource() {
        return open(source);
    }

    FileContents.Opening openPyc() {
        return open(pyc);
    }

    private FileContents.Opening open(@Nullable ArchiveMember member) {
        if (member == null) {
            return new FileContents.Opening.Refused(-Errno.ENOENT.number());
        }
        if (!unpacks(member)) {
            return new FileContents.Opening.Refused(-Errno.EBADMSG.number());
        }
        return switch (reader.open(member)) {
            case Unpacked.Bytes bytes -> new FileContents.Opening.Open(new MemberContents(bytes));
            case Unpacked.Streamed(FileContents contents) -> new FileContents.Opening.Open(contents);
            case Unpacked.Damaged _, Unpacked.OtherMethod _ ->
                new FileContents.Opening.Refused(-Errno.EBADMSG.number());
            case Unpacked.TooLarge _ -> new FileContents.Opening.Refused(-Errno.EFBIG.number());
            case Unpacked.Unreadable _ -> new FileContents.Opening.Refused(-Errno.EIO.number());
        };
    }

    /** Walks the body behind a header to its end. */
    BodyState walkBody(PycHeader.Intact header) {
        return switch (openPyc()) {
            case FileContents.Opening.Open(FileContents contents) -> decoder.walkBody(contents, header);
            case FileContents.Opening.Refused(int code) ->
                code == -Errno.EBADMSG.number() ? BodyState.TRUNCATED : BodyState.UNWALKED;
        };
    }

    /** The stamp of a source in an archive whose stamp is {@code stamp}. */
    static FileStamp sourceStamp(FileStamp stamp, ArchiveMember source, ZoneRules zone) {
        return new FileStamp(
                ArchiveTime.seconds(source, zone),
                0,
                stamp.ctimeSeconds(),
                stamp.ctimeNanos(),
                source.size(),
                stamp.inode(),
                stamp.device());
    }

    /** The stamp of the bytecode. */
    FileStamp pycStamp() {
        return new FileStamp(
                archive.mtimeSeconds(),
                archive.mtimeNanos(),
                archive.ctimeSeconds(),
                archive.ctimeNanos(),
                pyc().size(),
                archive.inode(),
                archive.device());
    }
}
