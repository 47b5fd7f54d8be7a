package dev.freshpyc.indexer.scan;

import dev.freshpyc.core.file.Errno;
import dev.freshpyc.core.file.FileStamp;
import dev.freshpyc.core.file.FileUser;
import dev.freshpyc.core.observe.Observation;
import dev.freshpyc.core.observe.Observation.BodyState;
import dev.freshpyc.core.observe.Observation.Placement;
import dev.freshpyc.core.observe.Observation.PycState;
import dev.freshpyc.core.observe.Observation.SourceContent;
import dev.freshpyc.core.observe.Observation.SourceState;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.pyc.CacheTag;
import dev.freshpyc.core.pyc.Magic;
import dev.freshpyc.core.pyc.OptimizationLevel;
import dev.freshpyc.core.pyc.PycHeader;
import dev.freshpyc.core.pyc.PythonVersion;
import dev.freshpyc.core.record.HeaderBytes;
import dev.freshpyc.core.verdict.Classifier;
import dev.freshpyc.core.verdict.HashChecks;
import dev.freshpyc.core.verdict.InterpreterAnswer;
import dev.freshpyc.core.verdict.RacyWindow;
import dev.freshpyc.indexer.archive.ArchiveMember;
import dev.freshpyc.indexer.archive.ArchiveTime;
import dev.freshpyc.indexer.archive.CentralDirectory;
import dev.freshpyc.indexer.archive.MemberContents;
import dev.freshpyc.indexer.archive.MemberReader;
import dev.freshpyc.indexer.archive.Unpacked;
import dev.freshpyc.indexer.archive.ZipRules;
import dev.freshpyc.indexer.fs.FileContents;
import dev.freshpyc.indexer.scan.ArchiveScan.OpenArchive;
import java.time.zone.ZoneRules;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Observes the pairs in one archive. One instance is the {@link Sighting} of all pairs.
 *
 * <p>A member has no stamp of its own. It gets the archive's inode, device and ctime with its own size, so that an equal stamp
 * means an unchanged archive; a source's mtime is its local time, so that another time zone makes another stamp.
 */
final class MemberObserver implements Sighting, AutoCloseable {

    private final PathEntry.Archive entry;
    private final OpenArchive archive;
    private final CentralDirectory directory;
    private final ScanOptions options;
    private final ZoneRules zone;
    private final Optional<ZipRules> asked;
    private final Classifier classifier;
    private final PycDecoder decoder;

    private RawPath pyc = RawPath.EMPTY;
    private Hider place = new Hider(Placement.ARCHIVE, null);
    private @Nullable ArchiveMember pycMember;
    private @Nullable ArchiveMember sourceMember;
    private final MemberReader reader;
    private PycState seen = PycState.ABSENT;
    private SourceState sourceState = SourceState.ABSENT;
    private @Nullable Observation observation;
    private boolean bodyWhole;

    /** @param asked the rules of the interpreter that the user asked about; empty where each member is judged by its magic */
    MemberObserver(
            PathEntry.Archive entry,
            OpenArchive archive,
            CentralDirectory directory,
            ScanOptions options,
            Optional<ZipRules> asked) {
        this.entry = entry;
        this.archive = archive;
        this.directory = directory;
        this.options = options;
        this.asked = asked;
        this.zone = options.zone().get().getRules();
        this.classifier = new Classifier(HashChecks.DEFAULT, RacyWindow.DEFAULT, options.legacyReader());
        this.decoder = new PycDecoder(options.legacyReader());
        this.reader = new MemberReader(archive.contents(), asked.orElse(ZipRules.NEWEST));
    }

    /**
     * Shows the bytecode members of some sources, by name. Reads no other members, except those that say which module an import finds.
     *
     * @param sources takes a source relative to the entry, whether it exists or not
     */
    void show(Predicate<RawPath> sources, ScanVisitor visitor) {
        @Nullable FoundElsewhere elsewhere = options.order().of(entry);
        ArchiveModules explicit = new ArchiveModules(directory, entry.inner(), false, elsewhere);
        ArchiveModules implied = new ArchiveModules(directory, entry.inner(), true, elsewhere);
        for (RawPath name : explicit.pycs()) {
            RawPath source = ArchiveModules.sourceOf(name);
            if (sources.test(source)
                    && (options.exclusions().isEmpty()
                            || !(options.exclusions().covers(name)
                                    || options.exclusions().covers(source)))) {
                enter(name, explicit, implied);
                visitor.saw(this);
            }
        }
    }

    private void enter(RawPath name, ArchiveModules explicit, ArchiveModules implied) {
        readHead(name, explicit);
        boolean implies = asked.map(ZipRules::impliesDirectories)
                .orElseGet(() -> version()
                        .map(version -> ZipRules.of(version).impliesDirectories())
                        .orElse(true));
        ArchiveModules modules = implies ? implied : explicit;
        place = modules.place(name, init -> passes(init, modules));
        readHead(name, modules);
    }

    /** Whether the interpreter rejects the member {@code init} and goes on to the module with the package's name. */
    private boolean passes(RawPath init, ArchiveModules modules) {
        readHead(init, modules);
        Observation early =
                new Observation(archive.takenAtNanos(), Placement.ARCHIVE_INIT, null, SourceState.ABSENT, seen);
        return classifier.classify(early).interpreter() == InterpreterAnswer.IGNORES;
    }

    /** Reads the header of a member, which this observer then describes. */
    private void readHead(RawPath name, ArchiveModules modules) {
        pyc = name;
        pycMember = modules.member(name).orElseThrow();
        sourceMember = modules.member(ArchiveModules.sourceOf(name)).orElse(null);
        sourceState = sourceMember == null
                ? SourceState.ABSENT
                : SourceState.present(sourceStamp(archive.stamp(), sourceMember, zone));
        observation = null;
        bodyWhole = false;
        PycState found = switch (reader.head(pycMember, PycDecoder.HEAD)) {
            case Unpacked.Bytes head -> decoder.decode(head.bytes(), head.length(), PycDecoder.NO_TAIL, null, false);
            case Unpacked.Streamed _ -> throw new IllegalStateException("the head of a member is kept");
            case Unpacked.Damaged _ -> failed(PycState.DAMAGED);
            case Unpacked.TooLarge _ -> failed(new PycState.Unreadable(Errno.EFBIG));
            case Unpacked.OtherMethod _ -> failed(PycState.OTHER_METHOD);
            case Unpacked.Unreadable _ -> failed(new PycState.Unreadable(Errno.EIO));
        };
        seen = found;
        if (!unpacks(pycMember)) {
            seen = failed(PycState.OTHER_METHOD);
        }
    }

    /** Whether the version that reads the bytecode can unpack a member; true where this version is not known. */
    private boolean unpacks(ArchiveMember member) {
        return member.method() != ArchiveMember.ZSTD
                || version().map(version -> ZipRules.of(version).zstd()).orElse(true);
    }

    private PycState failed(PycState state) {
        decoder.forget();
        return state;
    }

    private Optional<PythonVersion> version() {
        return seen instanceof PycState.Read read
                ? decoder.version(null, new Magic(read.magic()), false)
                : Optional.empty();
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

    private FileStamp pycStamp(ArchiveMember member) {
        FileStamp stamp = archive.stamp();
        return new FileStamp(
                stamp.mtimeSeconds(),
                stamp.mtimeNanos(),
                stamp.ctimeSeconds(),
                stamp.ctimeNanos(),
                member.size(),
                stamp.inode(),
                stamp.device());
    }

    /** The state of the source, with its hash where the bytecode has a hash, or with the error of an import that unpacks the source. */
    private SourceState sourceWithContent() {
        if (!(sourceState instanceof SourceState.Present(FileStamp stamp, SourceContent unread))
                || !(seen instanceof PycState.Read read)) {
            return sourceState;
        }
        PycHeader.@Nullable Hashed header = read.header() instanceof PycHeader.Hashed hashed ? hashed : null;
        if (header == null && Objects.requireNonNull(sourceMember).isPlain()) {
            return sourceState;
        }
        SourceContent content = switch (openSource()) {
            case FileContents.Opening.Open(FileContents contents) ->
                header == null ? unread : decoder.hash(contents, header.magic());
            case FileContents.Opening.Refused(int code) -> new SourceContent.Unreadable(new Errno(-code));
        };
        return new SourceState.Present(stamp, content);
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

    @Override
    public PathEntry entry() {
        return entry;
    }

    @Override
    public Observation observation() {
        Observation known = observation;
        if (known == null) {
            known = new Observation(archive.takenAtNanos(), place.placement(), null, sourceWithContent(), seen);
            observation = known;
        }
        return known;
    }

    @Override
    public HeaderBytes head() {
        return decoder.head();
    }

    @Override
    public long takenAtNanos() {
        return archive.takenAtNanos();
    }

    @Override
    public SourceState sourceState() {
        return sourceState;
    }

    @Override
    public Placement placement() {
        return place.placement();
    }

    @Override
    public Optional<FileStamp> sourceStampNow() {
        return sourceState instanceof SourceState.Present present ? Optional.of(present.stamp()) : Optional.empty();
    }

    @Override
    public Optional<FileStamp> pycStampNow() {
        return Optional.of(pycStamp(Objects.requireNonNull(pycMember)));
    }

    @Override
    public boolean isSourceStampStable() {
        return archive.stable();
    }

    @Override
    public boolean isPycStampStable(FileStamp stamp) {
        return archive.stable();
    }

    /** Always false: an archive does not tell in which order its members were written. */
    @Override
    public boolean isBornAfterSource() {
        return false;
    }

    @Override
    public long pycLinks() {
        return 0;
    }

    @Override
    public long sourceLinks() {
        return 0;
    }

    @Override
    public boolean hasUntouchedBytecode() {
        return false;
    }

    @Override
    public FileContents.Opening openSource() {
        return open(sourceMember);
    }

    @Override
    public Optional<Errno> sourceTrouble() {
        return sourceMember != null && openSource() instanceof FileContents.Opening.Refused(int code)
                ? Optional.of(new Errno(-code))
                : Optional.empty();
    }

    @Override
    public FileContents.Opening openPyc() {
        return open(pycMember);
    }

    @Override
    public Optional<RawPath> sourceKey() {
        return Optional.of(ArchiveModules.sourceOf(pyc));
    }

    @Override
    public Optional<RawPath> source() {
        return sourceMember == null ? Optional.empty() : sourceKey();
    }

    @Override
    public Optional<RawPath> pyc() {
        return Optional.of(pyc);
    }

    @Override
    public RawPath expectedPyc() {
        return pyc;
    }

    @Override
    public Optional<RawPath> hider() {
        return Optional.ofNullable(place.path());
    }

    @Override
    public Optional<RawPath> obstacleFor(FileUser user) {
        return Optional.empty();
    }

    @Override
    public Optional<RawPath> sourceBehindLink() {
        return Optional.empty();
    }

    @Override
    public Optional<RawPath> cacheBehindLink() {
        return Optional.empty();
    }

    @Override
    public Optional<RawPath> pycBehindLink() {
        return Optional.empty();
    }

    @Override
    public boolean hasPyc() {
        return true;
    }

    @Override
    public @Nullable CacheTag tag() {
        return null;
    }

    @Override
    public OptimizationLevel level() {
        return OptimizationLevel.NONE;
    }

    @Override
    public boolean isBodyWhole() {
        return bodyWhole;
    }

    @Override
    public void knowBodyWhole() {
        bodyWhole = true;
    }

    @Override
    public BodyState walkBody(PycHeader.Intact header) {
        BodyState body = switch (openPyc()) {
            case FileContents.Opening.Open(FileContents contents) -> decoder.walkBody(contents, header);
            case FileContents.Opening.Refused(int code) ->
                code == -Errno.EBADMSG.number() ? BodyState.TRUNCATED : BodyState.UNWALKED;
        };
        bodyWhole = body == BodyState.WHOLE;
        return body;
    }

    @Override
    public Optional<MemberPair> members() {
        return Optional.of(new MemberPair(
                archive.stamp(), Objects.requireNonNull(pycMember), Optional.ofNullable(sourceMember), version()));
    }

    @Override
    public void close() {
        reader.close();
    }
}
