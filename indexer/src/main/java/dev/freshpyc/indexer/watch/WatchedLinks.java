package dev.freshpyc.indexer.watch;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;

/**
 * The links inside watched trees, and the files outside that decide what these links lead to. A scan reads what lies behind a link under the
 * path of the link.
 */
final class WatchedLinks {

    /** The most links that are known: each takes some hundred bytes of memory. */
    static final int MAX = 50_000;

    private final Map<Path, Link> known = new HashMap<>();
    private final NavigableMap<Path, Set<Path>> byName = new TreeMap<>();

    /** What a link depends on, and whether it leads to a directory that is watched with everything below. */
    private record Link(Set<Path> names, boolean toTree) {}

    /** Whether one more link may be added. */
    boolean hasRoom() {
        return known.size() < MAX;
    }

    /**
     * Notes a link in place of an earlier note of it.
     *
     * @param names the paths, without links before the last name, of the links behind the first and of the file at the end
     * @param toTree whether it leads to a directory that is watched with everything below
     */
    void add(Path link, Set<Path> names, boolean toTree) {
        remove(link);
        known.put(link, new Link(names, toTree));
        names.forEach(name -> byName.computeIfAbsent(name, _ -> new HashSet<>()).add(link));
    }

    /** Whether a link was noted as one that leads to a directory that is watched with everything below. */
    boolean leadsToTree(Path link) {
        Link noted = known.get(link);
        return noted != null && noted.toTree();
    }

    /** Forgets a link, if it was noted; whether it led to a directory that is watched with everything below. */
    boolean remove(Path link) {
        Link gone = known.remove(link);
        if (gone == null) {
            return false;
        }
        for (Path name : gone.names()) {
            byName.computeIfPresent(name, (_, links) -> links.remove(link) && links.isEmpty() ? null : links);
        }
        return gone.toTree();
    }

    /** The links that lead somewhere else, or to other contents, when a file changes. */
    List<Path> behind(Path file) {
        return List.copyOf(byName.getOrDefault(file, Set.of()));
    }

    /** The links that lead somewhere else when a name with everything below comes or goes. */
    List<Path> below(Path name) {
        String prefix = name.toString();
        return byName.tailMap(name, true).entrySet().stream()
                .takeWhile(entry -> entry.getKey().toString().startsWith(prefix))
                .filter(entry -> entry.getKey().startsWith(name))
                .flatMap(entry -> entry.getValue().stream())
                .distinct()
                .toList();
    }
}
