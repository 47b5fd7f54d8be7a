package dev.freshpyc.indexer.audit;

import dev.freshpyc.core.file.Errno;
import dev.freshpyc.core.observe.Observation;
import dev.freshpyc.core.observe.Observation.SourceState;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.verdict.Verdict;
import dev.freshpyc.indexer.audit.Audit.AuditOptions;
import dev.freshpyc.indexer.audit.ExplainTarget.DirectoryTarget;
import dev.freshpyc.indexer.audit.ExplainTarget.FileTarget;
import dev.freshpyc.indexer.fs.CanonicalPath;
import dev.freshpyc.indexer.fs.FileStat;
import dev.freshpyc.indexer.fs.Listing;
import dev.freshpyc.indexer.fs.OpenDirectory;
import dev.freshpyc.indexer.fs.OpenDirectory.Opening;
import dev.freshpyc.indexer.fs.TreeReader;
import dev.freshpyc.indexer.judge.Judge;
import dev.freshpyc.indexer.scan.ImportRoot;
import dev.freshpyc.indexer.scan.PathEntry;
import dev.freshpyc.indexer.scan.ScanVisitor;
import dev.freshpyc.indexer.scan.Sighting;
import dev.freshpyc.indexer.scan.SourceScan;
import dev.freshpyc.indexer.scan.SourceScan.Order;
import dev.freshpyc.indexer.scan.TreeScanner;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** Explains one source with the pycs of every tag and level, or one directory. */
public final class Explainer {

    /**
     * A finding with its observation.
     *
     * @param path the path of the pyc, spelled as the user named the file
     * @param links the number of the pyc's hard links; 0 where there is none
     * @param left why a repair leaves the pyc, in words; empty where it writes the pyc, and where the pyc needs no repair
     */
    public record Story(Finding finding, Observation seen, RawPath path, long links, Optional<String> left) {}

    /** Tells why a repair leaves a pyc. */
    @FunctionalInterface
    public interface RepairLimits {

        /** Why a repair leaves a pyc with that verdict, in words; empty where it does not. */
        Optional<String> whyLeft(Sighting sighting, Verdict verdict);
    }

    /**
     * One source with its pycs.
     *
     * @param sourceState whether the source exists
     * @param order what imports find in place of the source, and what they do not find because of it
     * @param refusals the directories that could not be read
     */
    public record Explanation(
            FileTarget target,
            SourceState sourceState,
            PathEntry entry,
            Order order,
            List<Story> stories,
            Map<RawPath, Errno> refusals) {

        public boolean isAnyThere() {
            return !stories.isEmpty() || !(sourceState instanceof SourceState.Absent);
        }
    }

    /**
     * The pycs of one directory, without its subdirectories.
     *
     * @param refusals the directories that could not be read, with the reason; the directory itself or its cache
     */
    public record DirectoryAnswer(DirectoryTarget target, List<Story> stories, Map<RawPath, Errno> refusals) {}

    private final Supplier<? extends TreeReader> files;
    private final AuditOptions options;
    private final UnaryOperator<RawPath> canonical;
    private final RepairLimits limits;

    private Explainer(
            Supplier<? extends TreeReader> files,
            AuditOptions options,
            UnaryOperator<RawPath> canonical,
            RepairLimits limits) {
        this.files = files;
        this.options = options;
        this.canonical = canonical;
        this.limits = limits;
    }

    /** Explains files of this system. */
    public Explainer(Supplier<? extends TreeReader> files, AuditOptions options, RepairLimits limits) {
        this(files, options, CanonicalPath::of, limits);
    }

    /**
     * Explains files of an image, in which no repair compiles.
     *
     * @param canonical the path of a directory without links, as the system of the files knows it
     */
    public Explainer(Supplier<? extends TreeReader> files, AuditOptions options, UnaryOperator<RawPath> canonical) {
        this(files, options, canonical, (_, _) -> Optional.empty());
    }

    /**
     * The entry that imports of the files in a directory begin at, as far as the files tell.
     *
     * @param directory without links
     */
    public static RawPath importRoot(Supplier<? extends TreeReader> files, RawPath directory, Optional<RawPath> root) {
        try (TreeReader access = files.get()) {
            return new ImportRoot(access, root).of(directory);
        }
    }

    /** Explains a source or a pyc as an audit of {@code entry} judges it. */
    public Explanation explain(FileTarget target, PathEntry entry) {
        if (entry instanceof PathEntry.Archive archive) {
            return explain(target, archive);
        }
        RawPath relative = relative(target.directory(), entry);
        Optional<RawPath> key = target.source().map(relative::resolve);
        Collector collector = new Collector(
                target.directory(),
                relative,
                sighting -> key.isPresent()
                        ? sighting.sourceKey().equals(key)
                        : sighting.pyc()
                                .map(RawPath::name)
                                .equals(Optional.of(target.file().name())));
        try (TreeReader access = files.get()) {
            Order order = new SourceScan(access, options.scan())
                    .scan(entry, relative, target.source().orElse(RawPath.EMPTY), collector);
            SourceState state = target.source()
                    .map(name -> look(access, target.directory(), name))
                    .orElse(SourceState.ABSENT);
            return new Explanation(target, state, entry, order, collector.sorted(), collector.refusals);
        }
    }

    private Explanation explain(FileTarget target, PathEntry.Archive archive) {
        RawPath named = ExplainTarget.member(target.file())
                .flatMap(member -> member.inner().relativeTo(archive.inner()))
                .orElse(RawPath.EMPTY);
        RawPath directory = named.parent();
        RawPath key = directory.resolve(target.source().orElse(named.name()));
        Collector collector = new Collector(target.directory(), directory, _ -> true);
        TreeScanner scanner = new TreeScanner(files, options.scan());
        scanner.scanArchive(archive, key, collector);
        return new Explanation(
                target,
                scanner.sourceInArchive(archive, key),
                archive,
                scanner.orderInArchive(archive, key),
                collector.sorted(),
                collector.refusals);
    }

    /** Explains a directory as an audit of {@code entry} judges it. */
    public DirectoryAnswer explain(DirectoryTarget target, PathEntry entry) {
        RawPath relative = relative(target.directory(), entry);
        PathEntry scanned = target.cacheAlone() ? new PathEntry.CacheDirectory(entry.path(), entry.position()) : entry;
        Collector collector = new Collector(target.directory(), relative, _ -> true);
        try (TreeReader access = files.get()) {
            new SourceScan(access, options.scan()).scan(scanned, relative, RawPath.EMPTY, collector);
        }
        return new DirectoryAnswer(target, collector.sorted(), collector.refusals);
    }

    private RawPath relative(RawPath directory, PathEntry entry) {
        return canonical
                .apply(directory)
                .relativeTo(canonical.apply(entry.path()))
                .orElse(RawPath.EMPTY);
    }

    /** Looks at the source itself, since a scan shows no source without pycs. */
    private static SourceState look(TreeReader access, RawPath directory, RawPath name) {
        if (!(access.openRoot(directory) instanceof Opening.Open(OpenDirectory open))) {
            return SourceState.ABSENT;
        }
        Listing names = access.newListing();
        access.list(open, names);
        SourceState state = SourceState.ABSENT;
        for (int index = 0; index < names.count(); index++) {
            FileStat stat = new FileStat();
            if (names.name(index).equals(name)
                    && access.stat(open, names, index, stat) == 0
                    && stat.type() == FileStat.FileType.REGULAR) {
                state = SourceState.present(stat.toStamp());
            }
        }
        access.close(open);
        return state;
    }

    /** Collects the pycs that are wanted. */
    private final class Collector implements ScanVisitor {
        private final Judge judge = options.judges().get();
        private final RawPath directory;
        private final RawPath relative;
        private final Predicate<Sighting> wanted;
        private final List<Story> stories = new ArrayList<>();
        private final Map<RawPath, Errno> refusals = new TreeMap<>();

        Collector(RawPath directory, RawPath relative, Predicate<Sighting> wanted) {
            this.directory = directory;
            this.relative = relative;
            this.wanted = wanted;
        }

        @Override
        public void saw(Sighting sighting) {
            if (wanted.test(sighting)) {
                Verdict verdict = judge.judge(sighting);
                Finding finding = Finding.of(sighting, verdict);
                long links = sighting.pycStampNow().isPresent() ? sighting.pycLinks() : 0;
                Observation seen = sighting.observation();
                stories.add(
                        new Story(finding, seen, spelled(finding.path()), links, limits.whyLeft(sighting, verdict)));
            }
        }

        @Override
        public void flawed(PathEntry.Archive entry, RawPath member, Verdict verdict) {
            if (member.equals(RawPath.EMPTY)) {
                refusals.put(entry.file(), Errno.EBADMSG);
            }
        }

        @Override
        public void refused(PathEntry entry, RawPath refused, Errno errno) {
            refusals.put(spelled(refused), errno);
        }

        @Override
        public void finished(PathEntry entry, RawPath finished) {}

        List<Story> sorted() {
            stories.sort(Comparator.comparing(Story::finding, Finding.BY_PATH));
            return List.copyOf(stories);
        }

        /** A path relative to the entry, below the directory as the user spells it. */
        private RawPath spelled(RawPath path) {
            boolean here = path.equals(relative);
            Optional<RawPath> inside = path.isAbsolute() ? Optional.empty() : path.relativeTo(relative);
            return here
                    ? directory
                    : inside.map(ExplainTarget.below(directory)::resolve).orElse(path);
        }
    }

    /** Whether one of the files could not be read. */
    public static boolean isAnyUnreadable(List<Story> stories) {
        return stories.stream().anyMatch(story -> story.finding().verdict().kind() == Verdict.Kind.UNREADABLE);
    }
}
