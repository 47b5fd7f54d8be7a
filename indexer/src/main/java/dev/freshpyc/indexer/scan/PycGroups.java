package dev.freshpyc.indexer.scan;

import dev.freshpyc.core.observe.Observation.Placement;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.pyc.CacheTag;
import dev.freshpyc.core.pyc.KnownInterpreter;
import dev.freshpyc.core.pyc.OptimizationLevel;
import dev.freshpyc.core.pyc.PycPath;
import dev.freshpyc.indexer.fs.Listing;
import dev.freshpyc.indexer.fs.OpenDirectory;
import dev.freshpyc.indexer.scan.ScanOptions.Expected;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Groups the pycs of one directory by source, so that the stat of a source serves all its tags and levels. The groups are chains in
 * parallel arrays, which are reused for each directory.
 */
final class PycGroups {

    /** The end of a chain. */
    static final int NONE = -1;

    /** The kind of directory that has a pyc. */
    enum Home {
        /** The directory of the sources. */
        BESIDE_SOURCES,
        /** Its {@code __pycache__}. */
        CACHE,
        /** Its counterpart under the cache prefix. */
        PREFIX
    }

    /**
     * A directory with the placement of its pycs.
     *
     * @param hider the file that hides the pycs of this place, as {@link Hider#path}; null when no file does
     */
    record GroupPlace(
            OpenDirectory directory,
            Listing names,
            Home home,
            Placement placement,
            @Nullable RawPath hider) {

        GroupPlace(OpenDirectory directory, Listing names, Home home, Placement placement) {
            this(directory, names, home, placement, null);
        }

        /** The same directory for pycs of another placement that are not hidden. */
        GroupPlace at(Placement other) {
            return new GroupPlace(directory, names, home, other);
        }

        /** The same directory for a pyc that is hidden. */
        GroupPlace hidden(Hider first) {
            return new GroupPlace(directory, names, home, first.placement(), first.path());
        }

        /** Whether imports read pycs here as legacy bytecode. */
        boolean isLegacy() {
            return placement == Placement.LEGACY || placement == Placement.LEGACY_OPTIMIZED;
        }

        /** Whether an interpreter may compare pycs here with their source, and no repair rewrites them. */
        boolean isUntouched() {
            return isHidden() || placement == Placement.OF_TOOL || placement == Placement.BYPASSED;
        }

        /** Whether imports find another module in place of the pycs here. */
        boolean isHidden() {
            return switch (placement) {
                case HIDDEN_BY_PACKAGE, HIDDEN_BY_EXTENSION, HIDDEN_BY_MODULE, HIDDEN_BY_ENTRY, BUILT_IN, FROZEN ->
                    true;
                case CACHE,
                        LEGACY,
                        LEGACY_OPTIMIZED,
                        UNTAGGED,
                        UNREQUESTED,
                        OF_TOOL,
                        BYPASSED,
                        ARCHIVE,
                        ARCHIVE_FIRST,
                        OUTSIDE_PACKAGE -> false;
            };
        }
    }

    private static final int INITIAL = 256;

    private final @Nullable FinderOrder order;

    private int[] heads = new int[INITIAL];
    private int orphans = NONE;
    private int[] next = new int[INITIAL];
    private int[] nameIndex = new int[INITIAL];
    private GroupPlace[] places = new GroupPlace[INITIAL];
    private @Nullable CacheTag[] tags = new @Nullable CacheTag[INITIAL];
    private OptimizationLevel[] levels = new OptimizationLevel[INITIAL];
    private int count;
    private boolean dependsOnOthers;
    private final BitSet untouched = new BitSet();

    /** Groups without files. */
    PycGroups() {
        this(null);
    }

    /** @param order tells which sources are hidden; null when none is */
    PycGroups(@Nullable FinderOrder order) {
        this.order = order;
    }

    /** Removes all files and begins an empty chain for each of {@code sources} sources. */
    void clear(int sources) {
        if (heads.length < sources) {
            heads = new int[sources];
        }
        Arrays.fill(heads, 0, sources, NONE);
        orphans = NONE;
        count = 0;
        dependsOnOthers = false;
        untouched.clear();
    }

    /** Says that {@code source} has a file that is not added; −1 for no source. */
    void leaveOut(int source) {
        if (source >= 0) {
            untouched.set(source);
        }
    }

    /** Says that each of {@code sources} sources may have files that are not added. */
    void leaveOutAll(int sources) {
        untouched.set(0, sources);
    }

    /** Whether a source has files that were not added, or that no repair rewrites. */
    boolean hasUntouched(int source) {
        return untouched.get(source);
    }

    /** Adds a file to the chain of {@code source}; −1 for the orphans. */
    void add(int source, GroupPlace place, int index, @Nullable CacheTag tag, OptimizationLevel level) {
        if (count == next.length) {
            grow();
        }
        nameIndex[count] = index;
        places[count] = place;
        dependsOnOthers |= place.isHidden() || (source < 0 && sourceDirectory(count) >= 0);
        tags[count] = tag;
        levels[count] = level;
        if (source < 0) {
            next[count] = orphans;
            orphans = count;
        } else {
            if (place.isUntouched()) {
                untouched.set(source);
            }
            next[count] = heads[source];
            heads[source] = count;
        }
        count++;
    }

    /** How many files there are. */
    int count() {
        return count;
    }

    /** Whether the verdict on a pyc depends on other files than the pyc and its source: on what hides it, or has its source's name. */
    boolean dependsOnOthers() {
        return dependsOnOthers;
    }

    int first(int source) {
        return heads[source];
    }

    int firstOrphan() {
        return orphans;
    }

    int next(int pyc) {
        return next[pyc];
    }

    GroupPlace place(int pyc) {
        return places[pyc];
    }

    int nameIndex(int pyc) {
        return nameIndex[pyc];
    }

    @Nullable
    CacheTag tag(int pyc) {
        return tags[pyc];
    }

    OptimizationLevel level(int pyc) {
        return levels[pyc];
    }

    /**
     * Whether an expected pyc of {@code source} is not missing: the chain has a pyc of its tag and level where the interpreter looks,
     * or the source is hidden from this interpreter.
     */
    boolean has(int source, Expected expected) {
        if (order != null && order.hiderOf(source, importer(expected)) != null) {
            return true;
        }
        for (int pyc = heads[source]; pyc != NONE; pyc = next[pyc]) {
            @Nullable CacheTag tag = tags[pyc];
            if (places[pyc].placement() == Placement.CACHE
                    && tag != null
                    && tag.name().equals(expected.tag().name())
                    && levels[pyc].equals(expected.level())) {
                return true;
            }
        }
        return false;
    }

    /** The index of the directory that has the source's name beside a legacy pyc; −1 when there is none. */
    int sourceDirectory(int pyc) {
        if (order == null || !places[pyc].isLegacy()) {
            return NONE;
        }
        Listing names = places[pyc].names();
        int name = nameIndex[pyc];
        int stemEnd = names.end(name) - PycPath.PYC_SUFFIX.length();
        return order.sourceDirectory(names.bytes(), names.start(name), stemEnd);
    }

    /** The place of a pyc for an interpreter; another than the pyc's for a legacy file that something else hides from the interpreter. */
    GroupPlace placeFor(int pyc, KnownInterpreter interpreter) {
        GroupPlace place = places[pyc];
        boolean legacy = place.isLegacy() || (place.home() == Home.BESIDE_SOURCES && place.isHidden());
        if (order == null || !legacy) {
            return place;
        }
        boolean optimized = !levels[pyc].equals(OptimizationLevel.NONE);
        GroupPlace plain = place.at(optimized ? Placement.LEGACY_OPTIMIZED : Placement.LEGACY);
        Listing names = place.names();
        int start = names.start(nameIndex[pyc]);
        int stemEnd = names.end(nameIndex[pyc]) - PycPath.PYC_SUFFIX.length();
        if (!order.mayHide(names.bytes(), start, stemEnd)) {
            return plain;
        }
        Importer importer = new Importer(
                Optional.of(interpreter.version()), interpreter.tag().orElse(null), optimized);
        @Nullable Hider hider = order.find(names.bytes(), start, stemEnd, importer);
        return hider == null ? plain : plain.hidden(hider);
    }

    private static Importer importer(Expected expected) {
        CacheTag tag = expected.tag();
        return new Importer(tag.version(), tag.name(), !expected.level().equals(OptimizationLevel.NONE));
    }

    private void grow() {
        int length = count * 2;
        next = Arrays.copyOf(next, length);
        nameIndex = Arrays.copyOf(nameIndex, length);
        places = Arrays.copyOf(places, length);
        tags = Arrays.copyOf(tags, length);
        levels = Arrays.copyOf(levels, length);
    }
}
