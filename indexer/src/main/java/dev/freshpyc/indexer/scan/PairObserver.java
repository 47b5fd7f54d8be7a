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
import dev.freshpyc.core.record.HeaderBytes;
import dev.freshpyc.core.verdict.BirthOrder;
import dev.freshpyc.core.verdict.LegacyReader;
import dev.freshpyc.indexer.fs.FileContents;
import dev.freshpyc.indexer.fs.FileStat;
import dev.freshpyc.indexer.fs.TreeReader;
import dev.freshpyc.indexer.scan.PycGroups.GroupPlace;
import dev.freshpyc.indexer.scan.PycGroups.Home;
import dev.freshpyc.indexer.scan.ScanOptions.Expected;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Observes the pairs of one directory. One instance is the {@link Sighting} of all pairs: it is overwritten for each. */
final class PairObserver implements Sighting {

    private static final long NANOS_PER_MILLI = 1_000_000;

    private final TreeReader files;
    private final ScanOptions options;
    private final PycReader reader;
    private final StampTrust trust;
    private final FileStat stat = new FileStat();
    private final ClosedDirectories closedDirectories;

    /** The attributes of the pyc when they were last read; only where {@code hasPycStat}. */
    private final FileStat pycStat = new FileStat();

    /** Null before the first directory. */
    private @Nullable ObservedDirectory entered;

    private final PairFacts facts = new PairFacts();
    private int source = PycGroups.NONE;
    private int pyc = PycGroups.NONE;
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

    /** Begins the next directory. */
    void enter(ObservedDirectory next) {
        entered = next;
    }

    /** Shows the pycs of one source, and the expected pycs that are absent. */
    void showSource(int index, ScanVisitor visitor) {
        if (groups().first(index) == PycGroups.NONE && options.expected().isEmpty()) {
            return;
        }
        source = index;
        takenAtNanos = now();
        sourceState = stat(index);
        for (pyc = groups().first(index); pyc != PycGroups.NONE; pyc = groups().next(pyc)) {
            show(visitor);
        }
        if (sourceState instanceof SourceState.Present) {
            showMissing(index, visitor);
        }
    }

    /** Shows the pycs without a source. */
    void showOrphans(ScanVisitor visitor) {
        source = PycGroups.NONE;
        sourceState = SourceState.ABSENT;
        for (pyc = groups().firstOrphan(); pyc != PycGroups.NONE; pyc = groups().next(pyc)) {
            takenAtNanos = now();
            show(visitor);
        }
    }

    private void show(ScanVisitor visitor) {
        tag = groups().tag(pyc);
        level = groups().level(pyc);
        observation = null;
        facts.clear();
        hasPycStat = false;
        visitor.saw(this);
    }

    private void showMissing(int index, ScanVisitor visitor) {
        for (Expected expected : options.expected()) {
            if (!groups().has(index, expected)) {
                pyc = PycGroups.NONE;
                tag = expected.tag();
                level = expected.level();
                observation = new Observation(takenAtNanos, Placement.CACHE, tag, sourceState, PycState.ABSENT);
                visitor.saw(this);
            }
        }
    }

    private Observation observe() {
        GroupPlace place = groups().place(pyc);
        PycState seen =
                reader.read(place, groups().nameIndex(pyc), tag, sourceState instanceof SourceState.Present, pycStat);
        hasPycStat = seen instanceof PycState.Read;
        SourceState read = sourceState instanceof SourceState.Present present
                        && here().open() != null
                        && place.placement() == Placement.CACHE
                ? reader.hashed(here().directory(), here().sources(), source, present, seen, tag)
                : sourceState instanceof SourceState.Absent ? withoutSource(place) : sourceState;
        return new Observation(takenAtNanos, place.placement(), tag, read, seen);
    }

    /** What has the name of an absent source: nothing, or beside legacy bytecode a directory. */
    private SourceState withoutSource(GroupPlace place) {
        int index =
                !place.isLegacy() ? PycGroups.NONE : source == PycGroups.NONE ? groups().sourceDirectory(pyc) : source;
        boolean found = index >= 0 && files.stat(here().directory(), here().sources(), index, stat) >= 0;
        return found && stat.type() == FileStat.FileType.DIRECTORY
                ? new SourceState.Directory(stat.toStamp())
                : SourceState.ABSENT;
    }

    private SourceState stat(int index) {
        int code = files.stat(here().directory(), here().sources(), index, stat);
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
        return here().node().entry();
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
        if (!hasPyc() || tag != null || groups().place(pyc).home() != Home.BESIDE_SOURCES) {
            return observation();
        }
        GroupPlace place = groups().placeFor(pyc, interpreter);
        PycReader other = new PycReader(files, new LegacyReader(Optional.of(interpreter)));
        PycState seen = other.read(
                place, groups().nameIndex(pyc), null, sourceState instanceof SourceState.Present, new FileStat());
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
        return hasPyc() ? groups().place(pyc).placement() : Placement.CACHE;
    }

    @Override
    public Optional<FileStamp> sourceStampNow() {
        return source != PycGroups.NONE && stat(source) instanceof SourceState.Present present
                ? Optional.of(present.stamp())
                : Optional.empty();
    }

    @Override
    public Optional<FileStamp> pycStampNow() {
        if (!hasPyc()) {
            return Optional.empty();
        }
        GroupPlace place = groups().place(pyc);
        int code = files.stat(place.directory(), place.names(), groups().nameIndex(pyc), pycStat);
        hasPycStat = code >= 0 && pycStat.type() == FileStat.FileType.REGULAR;
        return hasPycStat ? Optional.of(pycStat.toStamp()) : Optional.empty();
    }

    /** Uses the attributes that were read last, so that a judge that has just read them needs no further system call. */
    @Override
    public boolean isBornAfterSource() {
        return sourceState instanceof SourceState.Present present
                && (hasPycStat || pycStampNow().isPresent())
                && here().isFixedBesideSource(source, pyc)
                && pycStat.hasBirth()
                && BirthOrder.proves(
                        present.stamp(),
                        pycStat.birthSeconds(),
                        pycStat.birthNanos(),
                        pycStat.mtimeSeconds(),
                        pycStat.mtimeNanos());
    }

    @Override
    public boolean isSourceStampStable() {
        return !(sourceState instanceof SourceState.Present present)
                || trust.isStable(here().directory(), present.stamp().device());
    }

    @Override
    public boolean isPycStampStable(FileStamp stamp) {
        return trust.isStable(groups().place(pyc).directory(), stamp.device());
    }

    @Override
    public long pycLinks() {
        return hasPycStat ? pycStat.links() : 0;
    }

    @Override
    public long sourceLinks() {
        return source != PycGroups.NONE && stat(source) instanceof SourceState.Present ? stat.links() : 0;
    }

    @Override
    public boolean hasUntouchedBytecode() {
        return source != PycGroups.NONE && groups().hasUntouched(source);
    }

    @Override
    public FileContents.Opening openSource() {
        return files.openContents(here().directory(), here().sources(), source);
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
        GroupPlace place = groups().place(pyc);
        return files.openContents(place.directory(), place.names(), groups().nameIndex(pyc));
    }

    @Override
    public Optional<RawPath> sourceKey() {
        return source == PycGroups.NONE ? here().sourceOf(pyc) : Optional.of(here().source(source));
    }

    @Override
    public Optional<RawPath> source() {
        return sourceState instanceof SourceState.Absent ? Optional.empty() : Optional.of(here().source(source));
    }

    @Override
    public Optional<RawPath> pyc() {
        return hasPyc() ? Optional.of(here().pyc(pyc)) : Optional.empty();
    }

    @Override
    public RawPath expectedPyc() {
        return here().expectedPyc(source, Objects.requireNonNull(tag), level);
    }

    @Override
    public Optional<RawPath> hider() {
        return hasPyc() ? Optional.ofNullable(groups().place(pyc).hider()) : Optional.empty();
    }

    @Override
    public Optional<RawPath> obstacleFor(FileUser user) {
        return hasPyc() ? here().obstacleFor(user, pyc, closedDirectories, stat) : Optional.empty();
    }

    @Override
    public Optional<RawPath> sourceBehindLink() {
        return here().sourceBehindLink(source);
    }

    @Override
    public Optional<RawPath> cacheBehindLink() {
        return here().cacheBehindLink(pyc, tag);
    }

    @Override
    public Optional<RawPath> pycBehindLink() {
        if (!hasPyc() || !here().isLink(pyc)) {
            return Optional.empty();
        }
        boolean noFile = observation().pyc() instanceof PycState.LinkToNoFile;
        return Optional.of(noFile ? RawPath.EMPTY : here().follow(pyc));
    }

    @Override
    public boolean hasPyc() {
        return pyc != PycGroups.NONE;
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
        BodyState body = reader.walkBody(groups().place(pyc), groups().nameIndex(pyc), header, tag, hasSource);
        facts.walked(body);
        return body;
    }

    @Override
    public PairFacts facts() {
        return facts;
    }

    private ObservedDirectory here() {
        return Objects.requireNonNull(entered);
    }

    private PycGroups groups() {
        return here().groups();
    }
}
