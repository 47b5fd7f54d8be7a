package dev.freshpyc.indexer.scan;

import dev.freshpyc.core.observe.Observation.Placement;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.pyc.KnownInterpreter;
import dev.freshpyc.core.pyc.PycPath;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Compares the names in the places that an import searches in order: the entries of a path, or the parts of a namespace package. A
 * module in one place hides the modules of the same name in the other places.
 */
final class PathPortions implements AutoCloseable {

    /** Deeper than any namespace package, so that links that lead upwards end. */
    static final int MAX_DEPTH = 8;

    private static final RawPath CACHE = RawPath.of(PycPath.CACHE_DIRECTORY);

    private final KnownInterpreter interpreter;
    private final List<Part> entries = new ArrayList<>();

    PathPortions(KnownInterpreter interpreter) {
        this.interpreter = interpreter;
    }

    /**
     * One place of a search.
     *
     * @param found collects the modules that are found elsewhere than in this place
     */
    private record Part(Portion portion, FoundElsewhere found) {}

    /**
     * Adds an entry, which this object closes. False, without adding it, for an entry that cannot be read, and for an entry that is
     * itself a package and so has no top-level modules.
     *
     * @param found gets the modules that other entries hide
     */
    boolean add(@Nullable Portion entry, FoundElsewhere found) {
        if (entry == null) {
            return false;
        }
        if (entry.isPackage()) {
            entry.close();
            return false;
        }
        entries.add(new Part(entry, found));
        return true;
    }

    /** Finds out which modules of the entries are hidden by other entries. */
    void compare() {
        Importer.both(interpreter).forEach(importer -> compare(entries, MAX_DEPTH, importer));
    }

    private void compare(List<Part> parts, int depth, Importer importer) {
        Map<RawPath, List<Part>> named = new LinkedHashMap<>();
        for (Part part : parts) {
            part.portion()
                    .names()
                    .forEach(name ->
                            named.computeIfAbsent(name, _ -> new ArrayList<>()).add(part));
        }
        named.forEach((name, having) -> {
            if (having.size() > 1 && !name.equals(CACHE)) {
                compare(name, having, depth, importer);
            }
        });
    }

    /** Compares a name that several places have. */
    private void compare(RawPath name, List<Part> having, int depth, Importer importer) {
        for (Part part : having) {
            @Nullable RawPath file = part.portion().find(name, importer);
            if (file != null) {
                hide(name, having, part.portion(), file, importer);
                return;
            }
        }
        List<Part> divided = having.stream()
                .filter(part -> part.portion().hasDirectory(name))
                .toList();
        if (depth > 0 && divided.size() > 1 && interpreter.version().atLeast(3, 3)) {
            compareBelow(name, divided, depth - 1, importer);
        }
    }

    /** Compares the parts of a namespace package. */
    private void compareBelow(RawPath name, List<Part> divided, int depth, Importer importer) {
        List<Part> below = new ArrayList<>();
        try {
            for (Part part : divided) {
                @Nullable Portion portion = part.portion().below(name);
                if (portion != null) {
                    below.add(new Part(portion, part.found().makeBelow(name)));
                }
            }
            compare(below, depth, importer);
        } finally {
            below.forEach(part -> part.portion().close());
        }
    }

    private static void hide(RawPath name, List<Part> having, Portion winner, RawPath file, Importer importer) {
        boolean sealed = !winner.mayExtendPath(file);
        Hider hider = new Hider(Placement.HIDDEN_BY_ENTRY, winner.shown(file));
        for (Part part : having) {
            if (!part.portion().equals(winner)) {
                part.found().add(name, hider, sealed, importer);
            }
        }
    }

    @Override
    public void close() {
        entries.forEach(entry -> entry.portion().close());
    }
}
