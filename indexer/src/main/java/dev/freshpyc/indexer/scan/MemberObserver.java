package dev.freshpyc.indexer.scan;

import dev.freshpyc.core.file.Errno;
import dev.freshpyc.core.file.FileStamp;
import dev.freshpyc.core.file.FileUser;
import dev.freshpyc.core.observe.Observation;
import dev.freshpyc.core.observe.Observation.BodyState;
import dev.freshpyc.core.observe.Observation.Placement;
import dev.freshpyc.core.observe.Observation.SourceState;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.pyc.CacheTag;
import dev.freshpyc.core.pyc.KnownInterpreter;
import dev.freshpyc.core.pyc.OptimizationLevel;
import dev.freshpyc.core.pyc.PycHeader;
import dev.freshpyc.core.record.HeaderBytes;
import dev.freshpyc.indexer.archive.CentralDirectory;
import dev.freshpyc.indexer.archive.MemberReader;
import dev.freshpyc.indexer.archive.ZipRules;
import dev.freshpyc.indexer.fs.FileContents;
import dev.freshpyc.indexer.scan.ArchiveScan.OpenArchive;
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
    private final MemberReader reader;
    private final ArchiveReaders readers;
    private final ObservedMember member;
    private final PairFacts facts = new PairFacts();

    private Hider place = new Hider(Placement.ARCHIVE, null);
    private @Nullable Observation observation;

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
        this.reader = new MemberReader(archive.contents(), asked.orElse(ZipRules.NEWEST));
        this.readers = new ArchiveReaders(entry, archive, directory, options, reader);
        this.member = readers.newMember();
    }

    /**
     * Shows the bytecode members of some sources, by name. Reads no other members, except those that say which module an import finds.
     *
     * @param sources takes a source relative to the entry, whether it exists or not
     */
    void show(Predicate<RawPath> sources, ScanVisitor visitor) {
        for (RawPath name : ArchiveModules.pycs(directory, entry.inner())) {
            RawPath source = ArchiveModules.sourceOf(name);
            if (sources.test(source)
                    && (options.exclusions().isEmpty()
                            || !(options.exclusions().covers(name)
                                    || options.exclusions().covers(source)))) {
                enter(name);
                visitor.saw(this);
            }
        }
    }

    private void enter(RawPath name) {
        member.read(name);
        observation = null;
        facts.clear();
        place = readers.of(member).place(name);
    }

    @Override
    public PathEntry entry() {
        return entry;
    }

    @Override
    public Observation observation() {
        Observation known = observation;
        if (known == null) {
            known = observed(place.placement());
            observation = known;
        }
        return known;
    }

    /** Looks for the member again, since another interpreter may find another member first. */
    @Override
    public Observation observationFor(KnownInterpreter interpreter) {
        return observed(
                readers.of(Optional.of(interpreter)).place(member.name()).placement());
    }

    private Observation observed(Placement placement) {
        return new Observation(archive.takenAtNanos(), placement, null, member.sourceWithContent(), member.state());
    }

    @Override
    public HeaderBytes head() {
        return member.head();
    }

    @Override
    public long takenAtNanos() {
        return archive.takenAtNanos();
    }

    @Override
    public SourceState sourceState() {
        return member.sourceState();
    }

    @Override
    public Placement placement() {
        return place.placement();
    }

    @Override
    public Optional<FileStamp> sourceStampNow() {
        return member.sourceState() instanceof SourceState.Present present
                ? Optional.of(present.stamp())
                : Optional.empty();
    }

    @Override
    public Optional<FileStamp> pycStampNow() {
        return Optional.of(member.pycStamp());
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
        return member.openSource();
    }

    @Override
    public Optional<Errno> sourceTrouble() {
        return member.source().isPresent() && openSource() instanceof FileContents.Opening.Refused(int code)
                ? Optional.of(new Errno(-code))
                : Optional.empty();
    }

    @Override
    public FileContents.Opening openPyc() {
        return member.openPyc();
    }

    @Override
    public Optional<RawPath> sourceKey() {
        return Optional.of(ArchiveModules.sourceOf(member.name()));
    }

    @Override
    public Optional<RawPath> source() {
        return member.source().isPresent() ? sourceKey() : Optional.empty();
    }

    @Override
    public Optional<RawPath> pyc() {
        return Optional.of(member.name());
    }

    @Override
    public RawPath expectedPyc() {
        return member.name();
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
        return ArchiveModules.isOptimized(member.name()) ? OptimizationLevel.O1 : OptimizationLevel.NONE;
    }

    @Override
    public PairFacts facts() {
        return facts;
    }

    @Override
    public BodyState walkBody(PycHeader.Intact header) {
        BodyState body = member.walkBody(header);
        facts.walked(body);
        return body;
    }

    @Override
    public Optional<MemberPair> members() {
        return Optional.of(new MemberPair(archive.stamp(), member.pyc(), member.source(), member.version()));
    }

    @Override
    public void close() {
        reader.close();
    }
}
