package dev.freshpyc.cli.option;

import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.pyc.PycPath;
import dev.freshpyc.indexer.image.ImageSiteFiles;
import dev.freshpyc.indexer.image.ImageTree;
import dev.freshpyc.indexer.inventory.InterpreterPlaces;
import dev.freshpyc.indexer.inventory.Inventory;
import dev.freshpyc.indexer.inventory.Inventory.Entry;
import dev.freshpyc.indexer.scan.PathEntry;
import dev.freshpyc.indexer.scan.PathOrder;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import picocli.CommandLine.ParseResult;

/**
 * The entries of an image that a command works on: the paths that the user gave, otherwise the {@code sys.path} of the image's
 * interpreters, otherwise the whole image.
 */
public final class ImageTarget {

    private static final RawPath TOP = RawPath.of("/");
    private static final RawPath CACHE = RawPath.of(PycPath.CACHE_DIRECTORY);

    private ImageTarget() {}

    /** The target of a command line. */
    public static ScanTarget of(ParseResult parsed, ImageTree tree) {
        List<String> given = parsed.matchedPositionalValue(0, List.of());
        List<RawPath> paths = given.isEmpty()
                ? ofInterpreters(tree)
                : given.stream()
                        .map(path -> TOP.resolve(RawPath.of(path)).normalized())
                        .toList();
        List<PathEntry> entries = IntStream.range(0, paths.size())
                .mapToObj(position -> entry(tree, paths.get(position), position))
                .toList();
        return new ScanTarget(Optional.empty(), false, entries, true);
    }

    /** The directories on the paths of the image's interpreters, each once. */
    private static List<RawPath> ofInterpreters(ImageTree tree) {
        ImageSiteFiles files = new ImageSiteFiles(tree);
        Inventory inventory = new Inventory(files, Optional.empty());
        Set<RawPath> directories = new LinkedHashSet<>();
        InterpreterPlaces.inRoot(files).all().stream()
                .map(program -> inventory.of(program, false))
                .flatMap(found ->
                        found instanceof Entry.Known known ? known.installation().path().stream() : Stream.empty())
                .filter(files::isDirectory)
                .map(files::real)
                .forEach(directories::add);
        return directories.isEmpty() ? List.of(TOP) : List.copyOf(directories);
    }

    /** The nearest directory on the paths of the image's interpreters that is or contains a directory; empty where there is none. */
    public static Optional<RawPath> entryOf(ImageTree tree, RawPath directory) {
        return ofInterpreters(tree).stream()
                .filter(entry -> !entry.equals(TOP))
                .filter(entry ->
                        directory.equals(entry) || directory.relativeTo(entry).isPresent())
                .max(Comparator.comparingInt(RawPath::length));
    }

    /**
     * The order of finders for entries of an image. The interpreters of the image cannot be asked, but the frozen
     * modules of each release are known.
     */
    public static PathOrder order(ImageTree tree, List<PathEntry> entries) {
        return PathOrder.ofReleases(entries, path -> tree.real(path).orElse(path), tree::isRegularFile);
    }

    private static PathEntry entry(ImageTree tree, RawPath path, int position) {
        Optional<RawPath> cache = tree.real(path).filter(real -> real.name().equals(CACHE));
        return cache.<PathEntry>map(real -> new PathEntry.CacheDirectory(real.parent(), position))
                .orElseGet(() -> new PathEntry.Directory(path, position));
    }
}
