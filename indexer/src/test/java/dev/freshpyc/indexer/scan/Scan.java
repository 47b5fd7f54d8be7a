package dev.freshpyc.indexer.scan;

import dev.freshpyc.core.file.Errno;
import dev.freshpyc.core.observe.Observation;
import dev.freshpyc.core.observe.Observation.PycState;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.verdict.Verdict;
import dev.freshpyc.indexer.fs.TreeReader;
import dev.freshpyc.indexer.judge.HeaderJudge;
import dev.freshpyc.indexer.judge.Judge;
import dev.freshpyc.indexer.judge.Rules;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Everything that one scan showed to its visitors. */
final class Scan {

    /** One sighting. Paths are written as Python decodes them; {@code -} stands for an absent file. */
    record Seen(
            int entry, String source, String pyc, String tag, String level, Observation observation, Verdict verdict) {

        String pair() {
            return source + " <- " + pyc;
        }

        PycState pycState() {
            return observation.pyc();
        }
    }

    private final List<Seen> seen = Collections.synchronizedList(new ArrayList<>());
    private final List<String> refusals = Collections.synchronizedList(new ArrayList<>());
    private final List<String> finished = Collections.synchronizedList(new ArrayList<>());

    static Scan of(Supplier<? extends TreeReader> files, ScanOptions options, Path... entries)
            throws InterruptedException {
        return of(files, options, Arrays.stream(entries).map(Path::toString).toList());
    }

    /** Scans path entries exactly as they are written. */
    static Scan ofPaths(Supplier<? extends TreeReader> files, String... entries) throws InterruptedException {
        return of(files, ScanOptions.defaults(), List.of(entries));
    }

    private static Scan of(Supplier<? extends TreeReader> files, ScanOptions options, List<String> entries)
            throws InterruptedException {
        List<PathEntry> path =
                PathEntry.directories(entries.stream().map(RawPath::of).toList());
        Scan scan = new Scan();
        new TreeScanner(files, options).scan(path, () -> scan.new Recorder());
        return scan;
    }

    /** The pairs as {@code source <- pyc}, sorted. */
    List<String> pairs() {
        return seen.stream().map(Seen::pair).sorted().toList();
    }

    /** The pairs as {@code entry: source <- pyc}, sorted. */
    List<String> pairsByEntry() {
        return seen.stream()
                .map(each -> each.entry + ": " + each.pair())
                .sorted()
                .toList();
    }

    List<Seen> seen() {
        return List.copyOf(seen);
    }

    /** The only sighting. */
    Seen only() {
        if (seen.size() != 1) {
            throw new AssertionError("expected one sighting, got " + pairs());
        }
        return seen.getFirst();
    }

    /** The directories that could not be read, each with the reason: {@code pkg EACCES}. */
    List<String> refusals() {
        return refusals.stream().sorted().toList();
    }

    /** The directories whose files were all shown; {@code .} is an entry itself. */
    List<String> finished() {
        return finished.stream().sorted().toList();
    }

    private final class Recorder implements ScanVisitor {
        private final Judge judge = new HeaderJudge(Rules.DEFAULT, Optional.empty());

        @Override
        public void saw(Sighting sighting) {
            var tag = sighting.tag();
            seen.add(new Seen(
                    sighting.entry().position(),
                    sighting.source().map(RawPath::toPython).orElse("-"),
                    sighting.pyc().map(RawPath::toPython).orElse("-"),
                    tag == null ? "-" : tag.name(),
                    sighting.level().name(),
                    sighting.observation(),
                    judge.judge(sighting)));
        }

        @Override
        public void refused(PathEntry entry, RawPath directory, Errno errno) {
            refusals.add(shown(directory) + " " + errno);
        }

        @Override
        public void finished(PathEntry entry, RawPath directory) {
            finished.add(shown(directory));
        }

        private static String shown(RawPath directory) {
            return directory.equals(RawPath.EMPTY) ? "." : directory.toPython();
        }
    }
}
