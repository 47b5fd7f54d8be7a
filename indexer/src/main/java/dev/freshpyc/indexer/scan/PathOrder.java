package dev.freshpyc.indexer.scan;

import dev.freshpyc.core.observe.Observation.Placement;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.pyc.KnownInterpreter;
import dev.freshpyc.indexer.fs.CanonicalPath;
import dev.freshpyc.indexer.fs.TreeReader;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Which modules of the entries one interpreter does not find there: those that it has built in or frozen, and those that other
 * entries of the same path have, be they directories or archives. The top directory of each entry is listed once, before the scan,
 * and below it only the directories of namespace packages that several entries have.
 *
 * <p>The order among entries is known of an interpreter's own {@code sys.path} only: directories that a user names together need
 * not stand in one path. Indexes and repairs do not ask for the order, since an entry may stand in several paths.
 */
public final class PathOrder {

    /** No order: every entry is a path of its own, and no interpreter was asked. */
    public static final PathOrder NONE = new PathOrder(Map.of(), CanonicalPath::of);

    private static final RawPath INIT = RawPath.of("__init__");

    private final Map<RawPath, FoundElsewhere> byEntry;
    private final UnaryOperator<RawPath> canonical;

    private PathOrder(Map<RawPath, FoundElsewhere> byEntry, UnaryOperator<RawPath> canonical) {
        this.byEntry = byEntry;
        this.canonical = canonical;
    }

    /**
     * The order of finders for an interpreter.
     *
     * @param builtIn the modules that the interpreter has built in
     * @param frozen the modules that are frozen into it: paths without suffix, such as {@code importlib/util}
     * @param onePath whether the entries stand in one path, in their order
     */
    public static PathOrder of(
            List<PathEntry> entries,
            KnownInterpreter interpreter,
            List<RawPath> builtIn,
            List<RawPath> frozen,
            boolean onePath,
            Supplier<? extends TreeReader> files) {
        Map<RawPath, FoundElsewhere> found = new HashMap<>();
        try (TreeReader access = files.get();
                PathPortions portions = new PathPortions(interpreter)) {
            for (PathEntry entry : entries) {
                FoundElsewhere own = FoundElsewhere.by(interpreter);
                addOwn(own, builtIn, Placement.BUILT_IN);
                addOwn(own, frozen, Placement.FROZEN);
                if (!found.containsKey(entry.canonicalPath())
                        && portions.add(Portion.open(entry, access, interpreter), own)) {
                    found.put(entry.canonicalPath(), own);
                }
            }
            if (onePath) {
                portions.compare();
            }
        }
        return new PathOrder(found, CanonicalPath::of);
    }

    /**
     * The order where no interpreter was asked: what {@linkplain FrozenModules every release} has frozen hides the files of the
     * standard library. Other directories are left alone, since nobody says that they stand on a path: in the directory of a
     * package, {@code io} is another module.
     */
    public static PathOrder ofReleases(List<PathEntry> entries) {
        return ofReleases(entries, CanonicalPath::of, CanonicalPath::isRegularFile);
    }

    /**
     * The same, for entries in another system than this one, such as an image.
     *
     * @param canonical the path of a directory without links, as the system of the entries knows it
     * @param files whether a path leads to a regular file in that system
     */
    public static PathOrder ofReleases(
            List<PathEntry> entries, UnaryOperator<RawPath> canonical, Predicate<RawPath> files) {
        Map<RawPath, FoundElsewhere> found = new HashMap<>();
        for (PathEntry entry : entries) {
            if (entry instanceof PathEntry.Directory && FrozenModules.liesIn(entry.path(), files)) {
                FoundElsewhere own = new FoundElsewhere((version, _) -> FrozenModules.isIn(version));
                addOwn(own, FrozenModules.NAMES, Placement.FROZEN);
                found.put(canonical.apply(entry.path()), own);
            }
        }
        return new PathOrder(found, canonical);
    }

    /** What is found elsewhere than in an entry; null for nothing. */
    @Nullable
    FoundElsewhere of(PathEntry entry) {
        return switch (entry) {
            case PathEntry.CacheDirectory _ -> null;
            case PathEntry.Archive archive -> byEntry.isEmpty() ? null : byEntry.get(archive.canonicalPath());
            case PathEntry.Directory directory ->
                byEntry.isEmpty() ? null : byEntry.get(canonical.apply(directory.path()));
        };
    }

    private static void addOwn(FoundElsewhere found, List<RawPath> own, Placement placement) {
        Hider itself = new Hider(placement, null);
        for (RawPath module : own) {
            FoundElsewhere at = found;
            for (RawPath name : module.parent().names()) {
                FoundElsewhere above = at;
                at = at.makeBelow(name);
                if (module.name().equals(INIT) && module.parent().name().equals(name)) {
                    above.add(name, itself, false); // the package's other files are found by their own names
                }
            }
            at.add(module.name(), itself, true);
        }
    }
}
