package dev.freshpyc.indexer.clean;

import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.pyc.CacheTag;
import dev.freshpyc.core.pyc.PythonVersion;
import dev.freshpyc.indexer.fs.CanonicalPath;
import dev.freshpyc.indexer.interpreter.InterpreterLocator;
import dev.freshpyc.indexer.interpreter.WantedInterpreter;
import dev.freshpyc.indexer.scan.PathEntry;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * Tells whether an interpreter of a tag is there to read a file. The user may name all tags. Otherwise an interpreter is there
 * when the search finds it, or when the file lies below a directory that is named after it, such as the {@code lib/python3.9} of a
 * virtual environment that is not on PATH. The interpreter of a tag without a known version counts as there, since nobody
 * can tell.
 */
final class PresentInterpreters {

    private static final Pattern SLASH = Pattern.compile("/");

    private final Set<String> expected;
    private final InterpreterLocator locator;
    private final Map<String, Boolean> found = new ConcurrentHashMap<>();
    private final Map<PathEntry, RawPath> roots = new ConcurrentHashMap<>();

    /** @param expected the tags of all interpreters; empty for those that {@code locator} finds */
    PresentInterpreters(Set<String> expected, InterpreterLocator locator) {
        this.expected = expected;
        this.locator = locator;
    }

    /** @param source of the file in question, relative to the entry */
    boolean isThere(CacheTag tag, PathEntry entry, RawPath source) {
        if (!expected.isEmpty()) {
            return expected.contains(tag.name());
        }
        Optional<PythonVersion> version = tag.version();
        return version.isEmpty() || isFound(tag) || isNamedAbove(version.get(), entry, source);
    }

    private boolean isFound(CacheTag tag) {
        return found.computeIfAbsent(
                tag.name(), _ -> locator.find(WantedInterpreter.of(tag)).isPresent());
    }

    private boolean isNamedAbove(PythonVersion version, PathEntry entry, RawPath source) {
        String language = version.major() + "." + version.minor();
        Set<String> names = switch (version.implementation()) {
            case CPYTHON -> Set.of("python" + language, "python" + language + "t");
            case PYPY -> Set.of("pypy" + language);
            case GRAALPY -> Set.of("graalpy" + language, "python" + language);
        };
        RawPath root = roots.computeIfAbsent(entry, one -> CanonicalPath.of(one.path()));
        return SLASH.splitAsStream(root.resolve(source).toPython()).anyMatch(names::contains);
    }
}
