package dev.freshpyc.indexer.scan;

import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.indexer.archive.CentralDirectory;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** The files of an archive by directory, down to the depth at which a search among entries ends. */
final class MemberTree {

    private final Map<RawPath, Set<RawPath>> names = new HashMap<>();

    /** @param inner the directory in the archive that the tree begins at */
    MemberTree(CentralDirectory directory, RawPath inner) {
        for (RawPath file : directory.files().keySet()) {
            file.relativeTo(inner).ifPresent(this::add);
        }
    }

    private void add(RawPath file) {
        RawPath at = RawPath.EMPTY;
        int depth = 0;
        for (RawPath name : file.names()) {
            if (depth++ > PathPortions.MAX_DEPTH) {
                return;
            }
            names.computeIfAbsent(at, _ -> new HashSet<>()).add(name);
            at = at.resolve(name);
        }
    }

    /** Whether any file lies below a directory. */
    boolean has(RawPath directory) {
        return names.containsKey(directory);
    }

    /** The names of the files and the directories in a directory. */
    Set<RawPath> in(RawPath directory) {
        return names.getOrDefault(directory, Set.of());
    }
}
