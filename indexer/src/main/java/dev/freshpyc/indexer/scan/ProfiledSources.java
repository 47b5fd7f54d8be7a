package dev.freshpyc.indexer.scan;

import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.plan.ModuleProfile;
import dev.freshpyc.indexer.fs.CanonicalPath;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Tells which sources of a path belong to a profile's modules. The name of a module is the path of its source below a path entry.
 * Where entries lie in each other, a source has a name below each of them, and the profile need list only one. Thread-safe.
 */
public final class ProfiledSources {

    private final Optional<ModuleProfile> profile;

    /** The entries' canonical paths. */
    private final Map<PathEntry, RawPath> roots = new HashMap<>();

    /** @param profile empty where no source is excluded */
    public ProfiledSources(Optional<ModuleProfile> profile, Collection<PathEntry> entries) {
        this.profile = profile;
        if (profile.isPresent()) {
            entries.forEach(entry -> roots.put(entry, CanonicalPath.of(entry.path())));
        }
    }

    /**
     * Whether there is a profile and a source's module is not in it.
     *
     * @param source relative to the entry
     */
    public boolean excludes(PathEntry entry, RawPath source) {
        return profile.isPresent() && !contains(profile.get(), entry, source);
    }

    private boolean contains(ModuleProfile modules, PathEntry entry, RawPath source) {
        if (modules.contains(source)) {
            return true;
        }
        if (roots.size() == 1) {
            return false;
        }
        RawPath path = Objects.requireNonNull(roots.get(entry)).resolve(source);
        return roots.values().stream()
                .anyMatch(
                        root -> path.relativeTo(root).filter(modules::contains).isPresent());
    }
}
