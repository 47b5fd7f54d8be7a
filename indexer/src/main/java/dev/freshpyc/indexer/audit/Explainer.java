package dev.freshpyc.indexer.audit;

import dev.freshpyc.core.file.Errno;
import dev.freshpyc.core.observe.Observation;
import dev.freshpyc.core.observe.Observation.SourceState;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.pyc.PycName;
import dev.freshpyc.core.pyc.PycPath;
import dev.freshpyc.core.verdict.Verdict;
import dev.freshpyc.indexer.audit.Audit.AuditOptions;
import dev.freshpyc.indexer.fs.CanonicalPath;
import dev.freshpyc.indexer.fs.FileStat;
import dev.freshpyc.indexer.fs.Listing;
import dev.freshpyc.indexer.fs.OpenDirectory;
import dev.freshpyc.indexer.fs.OpenDirectory.Opening;
import dev.freshpyc.indexer.fs.TreeReader;
import dev.freshpyc.indexer.judge.Judge;
import dev.freshpyc.indexer.scan.GivenPath;
import dev.freshpyc.indexer.scan.PathEntry;
import dev.freshpyc.indexer.scan.PycachePrefix;
import dev.freshpyc.indexer.scan.ScanVisitor;
import dev.freshpyc.indexer.scan.Sighting;
import dev.freshpyc.indexer.scan.TreeScanner;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Explains one file: its source, and the pycs of every tag and level. */
public final class Explainer {

    /** A finding with its observation. */
    public record Story(Finding finding, Observation seen) {}

    /**
     * One source with its pycs.
     *
     * @param sourceState whether the source exists
     */
    public record Answer(
            RawPath directory, RawPath source, SourceState sourceState, List<Story> stories, Optional<Errno> refusal) {
        public boolean isAnyThere() {
            return !stories.isEmpty() || !(sourceState instanceof SourceState.Absent);
        }
    }

    private final Supplier<? extends TreeReader> files;
    private final AuditOptions options;

    public Explainer(Supplier<? extends TreeReader> files, AuditOptions options) {
        this.files = files;
        this.options = options;
    }

    /** Explains a source or a pyc; empty when the name is that of neither. */
    public Optional<Answer> explain(RawPath file) {
        return sourceOf(file).map(this::explainSource);
    }

    private Answer explainSource(RawPath source) {
        RawPath directory = source.parent().equals(RawPath.EMPTY) ? RawPath.of(".") : source.parent();
        Collector collector = new Collector();
        new TreeScanner(files, options.scan())
                .scanDirectory(new PathEntry.Directory(directory, 0), RawPath.EMPTY, Set.of(source.name()), collector);
        collector.stories.sort(Comparator.comparing(Story::finding, Finding.BY_PATH));
        return new Answer(
                directory, source, look(directory, source.name()), List.copyOf(collector.stories), collector.refusal);
    }

    /** Looks at the source itself, since a scan shows no source without pycs. */
    private SourceState look(RawPath directory, RawPath name) {
        try (TreeReader access = files.get()) {
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
    }

    /** The source that {@code file} names or belongs to, whether or not the source exists. */
    private Optional<RawPath> sourceOf(RawPath file) {
        return unprefixed(file).or(() -> GivenPath.sourceOf(file));
    }

    /** The source of a file that lies under the cache prefix; empty for other files. */
    private Optional<RawPath> unprefixed(RawPath file) {
        Optional<PycachePrefix> prefix = options.scan().pycachePrefix();
        if (prefix.isEmpty() || !PycPath.isBytecode(file)) {
            return Optional.empty();
        }
        RawPath real = CanonicalPath.of(file.parent()).resolve(file.name());
        return prefix.get()
                .original(file)
                .or(() -> prefix.get().original(real))
                .flatMap(unprefixed -> PycName.parse(file.name())
                        .map(name -> unprefixed.parent().resolve(name.source())));
    }

    /** Collects the pycs of one source. */
    private final class Collector implements ScanVisitor {
        private final Judge judge = options.judges().get();
        private final List<Story> stories = new ArrayList<>();
        private Optional<Errno> refusal = Optional.empty();

        @Override
        public void saw(Sighting sighting) {
            Verdict verdict = judge.judge(sighting);
            stories.add(new Story(Finding.of(sighting, verdict), sighting.observation()));
        }

        @Override
        public void refused(PathEntry entry, RawPath directory, Errno errno) {
            refusal = Optional.of(errno);
        }

        @Override
        public void finished(PathEntry entry, RawPath directory) {}
    }
}
