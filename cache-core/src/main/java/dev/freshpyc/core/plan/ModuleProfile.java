package dev.freshpyc.core.plan;

import dev.freshpyc.core.path.RawPath;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/**
 * The modules that a program imports, by dotted name. The name of a package means its {@code __init__} alone: an import of a
 * package loads none of its submodules unless the package itself imports them.
 */
public final class ModuleProfile {

    private static final String SOURCE = ".py";
    private static final String PACKAGE = "/__init__.py";

    /** Where the sources may be, relative to a path entry. */
    private final Set<RawPath> sources = new HashSet<>();

    private ModuleProfile(Collection<String> modules) {
        for (String module : modules) {
            String path = module.replace('.', '/');
            sources.add(RawPath.of(path + SOURCE));
            sources.add(RawPath.of(path + PACKAGE));
        }
    }

    /**
     * The profile of some modules.
     *
     * @param modules names that {@link #isName} accepts
     */
    public static ModuleProfile of(Collection<String> modules) {
        return new ModuleProfile(modules);
    }

    /**
     * Whether a text is a dotted name of a module. Parts need not be identifiers, since {@code python -m} and {@code importlib}
     * import others too; they must be names of files. A part may have spaces, but no control characters.
     */
    public static boolean isName(String text) {
        boolean begins = true;
        for (int at = 0; at < text.length(); at++) {
            char next = text.charAt(at);
            if (next == '.') {
                if (begins) {
                    return false;
                }
                begins = true;
            } else if (next == '/' || Character.isISOControl(next)) {
                return false;
            } else {
                begins = false;
            }
        }
        return !begins;
    }

    /**
     * Whether a source is that of a module in the profile.
     *
     * @param source relative to a path entry, which gives the module its name
     */
    public boolean contains(RawPath source) {
        return sources.contains(source);
    }
}
