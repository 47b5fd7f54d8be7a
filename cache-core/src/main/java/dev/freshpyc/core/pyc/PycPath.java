package dev.freshpyc.core.pyc;

import dev.freshpyc.core.path.RawPath;
import java.util.Optional;

/**
 * The paths at which interpreters look for a source's bytecode (PEP 3147, PEP 488, {@code
 * importlib.util.cache_from_source}).
 */
public final class PycPath {

    /** The directory beside the sources that holds their bytecode. */
    public static final String CACHE_DIRECTORY = "__pycache__";

    /** The ending of sources. */
    public static final String SOURCE_SUFFIX = ".py";

    /** The ending of bytecode files. */
    public static final String PYC_SUFFIX = ".pyc";

    /** The ending of the bytecode files of {@code -O} before Python 3.5; as long as {@link #PYC_SUFFIX}. */
    public static final String PYO_SUFFIX = ".pyo";

    private PycPath() {}

    /** The cached file's name alone: {@code a.cpython-311.opt-1.pyc}. */
    public static RawPath name(RawPath source, CacheTag tag, OptimizationLevel level) {
        boolean pyo = !level.equals(OptimizationLevel.NONE) && tag.asksFor(OptimizationLevel.O1, true);
        return RawPath.of(stem(source) + "." + tag.name() + (pyo ? PYO_SUFFIX : level.suffix() + PYC_SUFFIX));
    }

    /** Whether a name ends as bytecode files do. */
    public static boolean isBytecode(RawPath name) {
        return name.endsWith(PYC_SUFFIX) || name.endsWith(PYO_SUFFIX);
    }

    static boolean isBytecode(byte[] name, int from, int to) {
        return to - from >= PYC_SUFFIX.length()
                && name[to - 4] == '.'
                && name[to - 3] == 'p'
                && name[to - 2] == 'y'
                && (name[to - 1] == 'c' || name[to - 1] == 'o');
    }

    /** The source that a cached file in {@code __pycache__} belongs to: {@code pkg/__pycache__/a.x.pyc} → {@code pkg/a.py}. */
    public static RawPath source(RawPath cached, PycName name) {
        return cached.parent().parent().resolve(name.source());
    }

    /**
     * The name of the source that a bytecode file's name belongs to: {@code a.cpython-311.pyc} → {@code a.py}; empty when
     * the name has no tag.
     *
     * @param legacy whether it lies beside its source, where the whole stem is the source's
     */
    public static Optional<RawPath> sourceName(RawPath pyc, boolean legacy) {
        if (!legacy) {
            return PycName.parse(pyc).map(PycName::source);
        }
        byte[] bytes = pyc.toBytes();
        return Optional.of(RawPath.of(bytes, 0, bytes.length - (PYC_SUFFIX.length() - SOURCE_SUFFIX.length())));
    }

    private static String stem(RawPath source) {
        String name = source.name().toPython();
        int dot = name.lastIndexOf('.');
        return dot < 0 ? name : name.substring(0, dot);
    }

    /** The source that a path names or belongs to, whether or not it exists; empty for other files. */
    public static Optional<RawPath> sourceOf(RawPath path) {
        if (path.endsWith(SOURCE_SUFFIX)) {
            return Optional.of(path);
        }
        if (!isBytecode(path)) {
            return Optional.empty();
        }
        return path.parent().name().equals(RawPath.of(CACHE_DIRECTORY))
                ? PycName.parse(path.name()).map(name -> source(path, name))
                : sourceName(path.name(), true).map(path.parent()::resolve);
    }
}
