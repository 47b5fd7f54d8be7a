package dev.freshpyc.indexer.image.repair;

import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.plan.RepairPolicy;
import dev.freshpyc.core.plan.TargetHeader;
import dev.freshpyc.core.pyc.PycHeader;
import dev.freshpyc.core.verdict.Evidence;
import dev.freshpyc.indexer.image.ImageTree;
import dev.freshpyc.indexer.image.ImageTreeReader;
import dev.freshpyc.indexer.judge.Judge;
import dev.freshpyc.indexer.progress.ProgressMeter;
import dev.freshpyc.indexer.progress.ProgressMeter.Progress;
import dev.freshpyc.indexer.scan.PathEntry;
import dev.freshpyc.indexer.scan.ScanOptions;
import dev.freshpyc.indexer.scan.TreeScanner;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;

/** Finds which headers of an image are to be written. */
public final class ImageRepair {

    private final ImageTree tree;
    private final ScanOptions scan;
    private final ImageRepairOptions options;
    private final ProgressMeter progress = new ProgressMeter();

    /**
     * What the repair is to do.
     *
     * @param weakest the weakest evidence that a header is written on, without compiling and comparing
     * @param judges makes the judge of a worker, which compiles nothing
     * @param verifying makes the judge that compiles and compares where the first one has no proof
     */
    public record ImageRepairOptions(
            TargetHeader target,
            Evidence weakest,
            Supplier<? extends Judge> judges,
            Supplier<? extends Judge> verifying) {

        RepairPolicy policy() {
            return new RepairPolicy(target, weakest);
        }
    }

    /**
     * The result.
     *
     * @param seen how many bytecode files were looked at
     * @param asWanted how many stay as they are, for they need no repair
     * @param headers the new headers, by the paths of the files in the image
     * @param left files that are not as wanted and cannot be repaired by a header, sorted by path
     */
    public record ImageRepairResult(
            long seen, long asWanted, SortedMap<RawPath, PycHeader.Intact> headers, List<LeftFile> left) {}

    /**
     * A file that stays though it is not as wanted.
     *
     * @param why a few words
     */
    public record LeftFile(RawPath path, String why) {}

    public ImageRepair(ImageTree tree, ScanOptions scan, ImageRepairOptions options) {
        this.tree = tree;
        this.scan = scan;
        this.options = options;
    }

    /** How far {@link #run} is; any thread may ask. */
    public Progress progress() {
        return progress.now();
    }

    /** Looks at all bytecode files below the entries. */
    public ImageRepairResult run(List<PathEntry> entries) throws InterruptedException {
        List<HeaderCollector> collectors = Collections.synchronizedList(new ArrayList<>());
        new TreeScanner(ImageTreeReader.workers(tree), scan).scan(entries, () -> {
            HeaderCollector collector = new HeaderCollector(tree, options, progress);
            collectors.add(collector);
            return collector;
        });
        long seen = 0;
        long asWanted = 0;
        SortedMap<RawPath, PycHeader.Intact> headers = new TreeMap<>();
        SortedMap<RawPath, LeftFile> left = new TreeMap<>();
        for (HeaderCollector collector : collectors) {
            seen += collector.seen();
            asWanted += collector.asWanted();
            headers.putAll(collector.headers());
            collector.left().forEach(file -> left.put(file.path(), file));
        }
        return new ImageRepairResult(
                seen, asWanted, Collections.unmodifiableSortedMap(headers), List.copyOf(left.values()));
    }
}
