package dev.freshpyc.indexer.scan;

import dev.freshpyc.core.path.RawPath;
import java.util.List;

/**
 * Globs of the files and directories that a walk leaves out, matched against paths relative to the entry as Python shows them. {@code *} and {@code ?}
 * stay within a name, {@code **} crosses directories, {@code [a-c]} and {@code [!a]} are classes; a glob without a slash is
 * matched against each single name. A match takes time linear in the length of the path.
 */
public final class Exclusions {

    public static final Exclusions NONE = new Exclusions(List.of());

    private final List<Glob> globs;

    private Exclusions(List<Glob> globs) {
        this.globs = globs;
    }

    public static Exclusions of(List<String> globs) {
        return new Exclusions(globs.stream().map(Glob::of).toList());
    }

    boolean isEmpty() {
        return globs.isEmpty();
    }

    /** Whether the file or directory at a path relative to the entry is left out. */
    boolean covers(RawPath relative) {
        String path = relative.toPython();
        String name = relative.name().toPython();
        for (Glob glob : globs) {
            if (glob.matches(glob.isAboutPaths() ? path : name)) {
                return true;
            }
        }
        return false;
    }
}
