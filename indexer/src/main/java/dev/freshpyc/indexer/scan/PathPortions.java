package dev.freshpyc.indexer.scan;

import dev.freshpyc.core.observe.Observation.Placement;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.pyc.KnownInterpreter;
import dev.freshpyc.core.pyc.PycPath;
import dev.freshpyc.indexer.fs.TreeReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Compares the names in directories that one search goes through in order: the entries of a path, or the parts of a namespace
 * package. What an import finds in one directory hides that name in the others.
 */
final class PathPortions {

    private static final RawPath CACHE = RawPath.of(PycPath.CACHE_DIRECTORY);

    /** Deeper than any namespace package, so that links that lead upwards end. */
    private static final int MAX_DEPTH = 8;

    private final TreeReader files;
    private final KnownInterpreter interpreter;
    private final boolean onePath;

    /** @param onePath whether the directories hide names from one another */
    PathPortions(TreeReader files, KnownInterpreter interpreter, boolean onePath) {
        this.files = files;
        this.interpreter = interpreter;
        this.onePath = onePath;
    }

    /** Adds what other entries hide; an entry that is itself a package has no top-level modules, and nothing stays known of it. */
    void addTo(Map<RawPath, FoundElsewhere> entries) {
        Map<RawPath, FoundElsewhere> tops = new LinkedHashMap<>(entries);
        for (RawPath path : tops.keySet()) {
            @Nullable Portion top = Portion.open(path, files);
            if (top == null || top.isPackage()) {
                entries.remove(path);
            }
            if (top != null) {
                top.close();
            }
        }
        if (onePath) {
            compare(entries, MAX_DEPTH);
        }
    }

    private void compare(Map<RawPath, FoundElsewhere> directories, int depth) {
        List<Portion> portions = new ArrayList<>();
        try {
            for (RawPath path : directories.keySet()) {
                @Nullable Portion portion = Portion.open(path, files);
                if (portion != null) {
                    portions.add(portion);
                }
            }
            Map<RawPath, List<Portion>> named = new LinkedHashMap<>();
            for (Portion portion : portions) {
                portion.names()
                        .forEach(name -> named.computeIfAbsent(name, _ -> new ArrayList<>())
                                .add(portion));
            }
            named.forEach((name, having) -> {
                if (having.size() > 1 && !name.equals(CACHE)) {
                    compare(name, having, directories, depth);
                }
            });
        } finally {
            portions.forEach(Portion::close);
        }
    }

    /** Compares a name that several directories have. */
    private void compare(RawPath name, List<Portion> having, Map<RawPath, FoundElsewhere> directories, int depth) {
        for (Portion portion : having) {
            @Nullable RawPath file = portion.find(name, interpreter);
            if (file != null) {
                hide(name, having, portion, file, directories);
                return;
            }
        }
        if (depth > 0 && interpreter.version().atLeast(3, 3)) {
            Map<RawPath, FoundElsewhere> parts = new LinkedHashMap<>();
            having.stream()
                    .filter(portion -> portion.hasDirectory(name))
                    .forEach(portion -> parts.put(
                            portion.path().resolve(name),
                            found(portion, directories).makeBelow(name)));
            if (parts.size() > 1) {
                compare(parts, depth - 1);
            }
        }
    }

    private static void hide(
            RawPath name,
            List<Portion> having,
            Portion winner,
            RawPath file,
            Map<RawPath, FoundElsewhere> directories) {
        boolean sealed = !winner.mayExtendPath(file);
        for (Portion portion : having) {
            if (!portion.equals(winner)) {
                found(portion, directories).add(name, new Hider(Placement.HIDDEN_BY_ENTRY, file), sealed);
            }
        }
    }

    private static FoundElsewhere found(Portion portion, Map<RawPath, FoundElsewhere> directories) {
        return Objects.requireNonNull(directories.get(portion.path()));
    }
}
