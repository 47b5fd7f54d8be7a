package dev.freshpyc.indexer.scan;

import dev.freshpyc.core.file.Errno;
import dev.freshpyc.core.file.FileStamp;
import dev.freshpyc.core.file.FileUser;
import dev.freshpyc.core.observe.Observation;
import dev.freshpyc.core.observe.Observation.BodyState;
import dev.freshpyc.core.observe.Observation.Placement;
import dev.freshpyc.core.observe.Observation.PycState;
import dev.freshpyc.core.observe.Observation.SourceState;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.pyc.CacheTag;
import dev.freshpyc.core.pyc.KnownInterpreter;
import dev.freshpyc.core.pyc.OptimizationLevel;
import dev.freshpyc.core.pyc.PycHeader;
import dev.freshpyc.core.pyc.PycPath;
import dev.freshpyc.core.record.HeaderBytes;
import dev.freshpyc.core.verdict.BirthOrder;
import dev.freshpyc.core.verdict.LegacyReader;
import dev.freshpyc.indexer.fs.FileContents;
import dev.freshpyc.indexer.fs.FileStat;
import dev.freshpyc.indexer.fs.Listing;
import dev.freshpyc.indexer.fs.OpenDirectory;
import dev.freshpyc.indexer.fs.TreeReader;
import dev.freshpyc.indexer.scan.PycGroups.GroupPlace;
import dev.freshpyc.indexer.scan.PycGroups.Home;
import dev.freshpyc.indexer.scan.ScanOptions.Expected;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Observes the pairs of one directory. One instance is the {@link Sighting} of all pairs: it is overwritten for each. */
final class PairObserver implements Sighting {

    private static final int NO_SOURCE = -1;
    private static final int NO_PYC = -1;
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final TreeReader files;
    private final ScanOptions options;
    private final PycReader reader;
    private final StampTrust trust;
    private final FileStat stat = new FileStat();
    private final ClosedDirectories closedDirectories;

    /** The attributes of the pyc when they were last read; only where {@code hasPycStat}. */
    private final FileStat pycStat = new FileStat();

    private @Nullable DirectoryNode node;
    private @Nullable OpenDirectory directory;

    /** The {@code __pycache__} of the directory where a symbolic link leads to it. */
    private @Nullable OpenDirectory linkedCache;

    private Listing sources = Listing.empty();
    private PycGroups groups = new PycGroups();

    private final PairFacts facts = new PairFacts();
    private int source = NO_SOURCE;
    private int pyc = NO_PYC;
    private @Nullable CacheTag tag;
    private OptimizationLevel level = OptimizationLevel.NONE;
    private long takenAtNanos;
    private boolean hasPycStat;
    private SourceState sourceState = SourceState.ABSENT;
    private @Nullable Observation observation;

    PairObserver(TreeReader files, ScanOptions options, StampTrust trust) {
        this.files = files;
        this.options = options;
        this.trust = trust;
        this.reader = new PycReader(files, options.legacyReader());
        this.closedDirectories = new ClosedDirectories(files);
    }

    /** Begins the next directory; {@code nextDirectory} is null for a directory that is gone. */
    void enter(
            DirectoryNode nextNode,
            @Nullable OpenDirectory nextDirectory,
            @Nullable OpenDirectory nextLinkedCache,
            Listing listing,
            PycGroups nextGroups) {
        node = nextNode;
        directory = nextDirectory;
        linkedCache = nextLinkedCache;
        sources = listing;
        groups = nextGroups;
    }

    /** Shows the pycs of one source, and the expected pycs that are absent. */
    void showSource(int index, ScanVisitor visitor) {
        if (groups.first(index) == PycGroups.NONE && options.expected().isEmpty()) {
            return;
        }
        source = index;
        takenAtNanos = now();
        sourceState = stat(index);
        for (pyc = groups.first(index); pyc != PycGroups.NONE; pyc = groups.next(pyc)) {
            show(visitor);
        }
        if (sourceState instanceof SourceState.Present) {
            showMissing(index, visitor);
        }
    }

    /** Shows the pycs without a source. */
    void showOrphans(ScanVisitor visitor) {
        source = NO_SOURCE;
        sourceState = SourceState.ABSENT;
        for (pyc = groups.firstOrphan(); pyc != PycGroups.NONE; pyc = groups.next(pyc)) {
            takenAtNanos = now();
            show(visitor);
        }
    }

    private void show(ScanVisitor visitor) {
        tag = groups.tag(pyc);
        level = groups.level(pyc);
        observation = null;
        facts.clear();
        hasPycStat = false;
        visitor.saw(this);
    }

    private void showMissing(int index, ScanVisitor visitor) {
        for (Expected expected : options.expected()) {
            if (!groups.has(index, expected)) {
                pyc = NO_PYC;
                tag = expected.tag();
                level = expected.level();
                observation = new Observation(takenAtNanos, Placement.CACHE, tag, sourceState, PycState.ABSENT);
                visitor.saw(this);
            }
        }
    }

    private Observation observe() {
        GroupPlace place = groups.place(pyc);
        PycState seen =
                reader.read(place, groups.nameIndex(pyc), tag, sourceState instanceof SourceState.Present, pycStat);
        hasPycStat = seen instanceof PycState.Read;
        SourceState read = sourceState instanceof SourceState.Present present
                        && directory != null
                        && place.placement() == Placement.CACHE
                ? reader.hashed(directory, sources, source, present, seen, tag)
                : sourceState instanceof SourceState.Absent ? withoutSource(place) : sourceState;
        return new Observation(takenAtNanos, place.placement(), tag, read, seen);
    }

    /** What has the name of an absent source: nothing, or beside legacy bytecode a directory. */
    private SourceState withoutSource(GroupPlace place) {
        int index = !place.isLegacy() ? NO_SOURCE : source == NO_SOURCE ? groups.sourceDirectory(pyc) : source;
        boolean found = index >= 0 && files.stat(Objects.requireNonNull(directory), sources, index, stat) >= 0;
        return found && stat.type() == FileStat.FileType.DIRECTORY
                ? new SourceState.Directory(stat.toStamp())
                : SourceState.ABSENT;
    }

    private SourceState stat(int index) {
        int code = files.stat(Objects.requireNonNull(directory), sources, index, stat);
        if (code < 0) {
            Errno errno = new Errno(-code);
            return errno.isAbsence() ? SourceState.ABSENT : new SourceState.Unreachable(errno);
        }
        return stat.type() == FileStat.FileType.REGULAR ? SourceState.present(stat.toStamp()) : SourceState.ABSENT;
    }

    private long now() {
        return options.clock().millis() * NANOS_PER_MILLI;
    }

    @Override
    public PathEntry entry() {
        return node().entry();
    }

    @Override
    public Observation observation() {
        Observation known = observation;
        if (known == null) {
            known = observe();
            observation = known;
        }
        return known;
    }

    /** Reads a legacy file again, in the layout of the interpreter; the name of any other file tells its interpreter. */
    @Override
    public Observation observationFor(KnownInterpreter interpreter) {
        if (pyc == NO_PYC || tag != null || groups.place(pyc).home() != Home.BESIDE_SOURCES) {
            return observation();
        }
        GroupPlace place = groups.placeFor(pyc, interpreter);
        PycReader other = new PycReader(files, new LegacyReader(Optional.of(interpreter)));
        PycState seen = other.read(
                place, groups.nameIndex(pyc), null, sourceState instanceof SourceState.Present, new FileStat());
        SourceState read = sourceState instanceof SourceState.Absent ? withoutSource(place) : sourceState;
        return new Observation(takenAtNanos, place.placement(), null, read, seen);
    }

    @Override
    public HeaderBytes head() {
        return reader.head();
    }

    @Override
    public long takenAtNanos() {
        return takenAtNanos;
    }

    @Override
    public SourceState sourceState() {
        return sourceState;
    }

    @Override
    public Placement placement() {
        return pyc == NO_PYC ? Placement.CACHE : groups.place(pyc).placement();
    }

    @Override
    public Optional<FileStamp> sourceStampNow() {
        return source != NO_SOURCE && stat(source) instanceof SourceState.Present present
                ? Optional.of(present.stamp())
                : Optional.empty();
    }

    @Override
    public Optional<FileStamp> pycStampNow() {
        if (pyc == NO_PYC) {
            return Optional.empty();
        }
        GroupPlace place = groups.place(pyc);
        int code = files.stat(place.directory(), place.names(), groups.nameIndex(pyc), pycStat);
        hasPycStat = code >= 0 && pycStat.type() == FileStat.FileType.REGULAR;
        return hasPycStat ? Optional.of(pycStat.toStamp()) : Optional.empty();
    }

    /** Uses the attributes that were read last, so that a judge that has just read them needs no further system call. */
    @Override
    public boolean isBornAfterSource() {
        return sourceState instanceof SourceState.Present present
                && (hasPycStat || pycStampNow().isPresent())
                && isFixedBesideSource()
                && pycStat.hasBirth()
                && BirthOrder.proves(
                        present.stamp(),
                        pycStat.birthSeconds(),
                        pycStat.birthNanos(),
                        pycStat.mtimeSeconds(),
                        pycStat.mtimeNanos());
    }

    /**
     * Whether the pyc lies beside its source or in the {@code __pycache__} there, and neither is a link: a link or a
     * cache prefix may have led to another file when the pyc was written.
     */
    private boolean isFixedBesideSource() {
        GroupPlace place = groups.place(pyc);
        boolean fixed = place.home() == Home.BESIDE_SOURCES || (place.home() == Home.CACHE && linkedCache == null);
        return fixed
                && !files.isLink(Objects.requireNonNull(directory), sources, source)
                && !files.isLink(place.directory(), place.names(), groups.nameIndex(pyc));
    }

    @Override
    public boolean isSourceStampStable() {
        return !(sourceState instanceof SourceState.Present present)
                || trust.isStable(
                        Objects.requireNonNull(directory), present.stamp().device());
    }

    @Override
    public boolean isPycStampStable(FileStamp stamp) {
        return trust.isStable(groups.place(pyc).directory(), stamp.device());
    }

    @Override
    public long pycLinks() {
        return hasPycStat ? pycStat.links() : 0;
    }

    @Override
    public long sourceLinks() {
        return source != NO_SOURCE && stat(source) instanceof SourceState.Present ? stat.links() : 0;
    }

    @Override
    public boolean hasUntouchedBytecode() {
        return source != NO_SOURCE && groups.hasUntouched(source);
    }

    @Override
    public FileContents.Opening openSource() {
        return files.openContents(Objects.requireNonNull(directory), sources, source);
    }

    @Override
    public Optional<Errno> sourceTrouble() {
        return switch (openSource()) {
            case FileContents.Opening.Open open -> {
                open.contents().close();
                yield Optional.empty();
            }
            case FileContents.Opening.Refused(int code) ->
                Optional.of(new Errno(-code)).filter(errno -> code != TreeReader.NOT_A_FILE && !errno.isAbsence());
        };
    }

    @Override
    public FileContents.Opening openPyc() {
        GroupPlace place = groups.place(pyc);
        return files.openContents(place.directory(), place.names(), groups.nameIndex(pyc));
    }

    @Override
    public Optional<RawPath> sourceKey() {
        if (source != NO_SOURCE) {
            return Optional.of(node().relative().resolve(sources.name(source)));
        }
        RawPath name = groups.place(pyc).names().name(groups.nameIndex(pyc));
        return PycPath.sourceName(name, groups.place(pyc).home() == Home.BESIDE_SOURCES)
                .map(node().relative()::resolve);
    }

    @Override
    public Optional<RawPath> source() {
        return sourceState instanceof SourceState.Absent
                ? Optional.empty()
                : Optional.of(node().relative().resolve(sources.name(source)));
    }

    @Override
    public Optional<RawPath> pyc() {
        if (pyc == NO_PYC) {
            return Optional.empty();
        }
        RawPath name = groups.place(pyc).names().name(groups.nameIndex(pyc));
        return Optional.of(parent(groups.place(pyc)).resolve(name));
    }

    @Override
    public RawPath expectedPyc() {
        CacheTag of = Objects.requireNonNull(tag);
        RawPath directory = options.looksElsewhere(of, false)
                ? options.pycachePrefix().orElseThrow().mirrored(node().absolute())
                : node().relative().resolve(PycPath.CACHE_DIRECTORY);
        return directory.resolve(PycPath.name(sources.name(source), of, level));
    }

    @Override
    public Optional<RawPath> hider() {
        return pyc == NO_PYC
                ? Optional.empty()
                : Optional.ofNullable(groups.place(pyc).hider());
    }

    @Override
    public Optional<RawPath> obstacleFor(FileUser user) {
        if (pyc == NO_PYC) {
            return Optional.empty();
        }
        GroupPlace place = groups.place(pyc);
        RawPath above = place.home() == Home.PREFIX ? parent(place).parent() : node().absolute();
        Optional<RawPath> closed = closedDirectories.find(above, user);
        if (closed.isPresent()) {
            return closed.map(
                    path -> path.relativeTo(node().entry().path().absolute()).orElse(path));
        }
        if (files.stat(place.directory(), stat) == 0
                && !stat.isSearchableFor(user, () -> files.accessList(place.directory()))) {
            return Optional.of(parent(place));
        }
        int name = groups.nameIndex(pyc);
        int code = files.stat(place.directory(), place.names(), name, stat);
        boolean unreadable =
                code == 0 && !stat.isReadableFor(user, () -> files.accessList(place.directory(), place.names(), name));
        return unreadable ? pyc() : Optional.empty();
    }

    @Override
    public Optional<RawPath> sourceBehindLink() {
        OpenDirectory open = directory;
        return open != null && source != NO_SOURCE && (node().isBehindLink() || files.isLink(open, sources, source))
                ? Optional.of(files.follow(open, sources, source))
                : Optional.empty();
    }

    @Override
    public Optional<RawPath> cacheBehindLink() {
        OpenDirectory open = directory;
        boolean prefixed = pyc == NO_PYC
                ? options.looksElsewhere(Objects.requireNonNull(tag), false)
                : groups.place(pyc).home() == Home.PREFIX;
        if (open == null || prefixed) {
            return Optional.empty();
        }
        boolean beside = pyc != NO_PYC && groups.place(pyc).home() == Home.BESIDE_SOURCES;
        OpenDirectory cache = linkedCache;
        if (cache != null && !beside) {
            return Optional.of(files.realPath(cache));
        }
        if (!node().isBehindLink()) {
            return Optional.empty();
        }
        RawPath real = files.realPath(open);
        return Optional.of(beside ? real : real.resolve(PycPath.CACHE_DIRECTORY));
    }

    @Override
    public Optional<RawPath> pycBehindLink() {
        if (pyc == NO_PYC) {
            return Optional.empty();
        }
        GroupPlace place = groups.place(pyc);
        int name = groups.nameIndex(pyc);
        if (!files.isLink(place.directory(), place.names(), name)) {
            return Optional.empty();
        }
        boolean noFile = observation().pyc() instanceof PycState.LinkToNoFile;
        return Optional.of(noFile ? RawPath.EMPTY : files.follow(place.directory(), place.names(), name));
    }

    @Override
    public boolean hasPyc() {
        return pyc != NO_PYC;
    }

    @Override
    public @Nullable CacheTag tag() {
        return tag;
    }

    @Override
    public OptimizationLevel level() {
        return level;
    }

    @Override
    public BodyState walkBody(PycHeader.Intact header) {
        boolean hasSource = sourceState instanceof SourceState.Present;
        BodyState body = reader.walkBody(groups.place(pyc), groups.nameIndex(pyc), header, tag, hasSource);
        facts.walked(body);
        return body;
    }

    @Override
    public PairFacts facts() {
        return facts;
    }

    private RawPath parent(GroupPlace place) {
        return switch (place.home()) {
            case BESIDE_SOURCES -> node().relative();
            case CACHE -> node().relative().resolve(PycPath.CACHE_DIRECTORY);
            case PREFIX -> options.pycachePrefix().orElseThrow().mirrored(node().absolute());
        };
    }

    private DirectoryNode node() {
        return Objects.requireNonNull(node);
    }
}
