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

/** All that one scan showed, kept beyond its moment. */
final class Scan {

    /** One sighting; paths as Python prints them, {@code -} where there is none. */
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

    /** Scans paths that are just as they are written here. */
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

    /** Pairs as {@code source <- pyc}, in the order of their text. */
    List<String> pairs() {
        return seen.stream().map(Seen::pair).sorted().toList();
    }

    /** The same with the place of their entry before them. */
    List<String> pairsByEntry() {
        return seen.stream().map(one -> one.entry + ": " + one.pair()).sorted().toList();
    }

    List<Seen> seen() {
        return List.copyOf(seen);
    }

    /** The only sighting. */
    Seen one() {
        if (seen.size() != 1) {
            throw new AssertionError("not one sighting but " + pairs());
        }
        return seen.getFirst();
    }

    /** Directories that were refused, each with the reason: {@code pkg EACCES}. */
    List<String> refusals() {
        return refusals.stream().sorted().toList();
    }

    /** Directories in which all was shown, {@code .} for an entry itself. */
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
