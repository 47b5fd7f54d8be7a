package dev.freshpyc.indexer.compile;

import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.pyc.OptimizationLevel;
import java.util.Collection;
import java.util.List;

/** A source to compile, as bytes and not as a file: what is compiled is what was hashed, whatever happens to the file. */
public final class CompileRequest {

    private static final List<OptimizationLevel> LEVELS =
            List.of(OptimizationLevel.NONE, OptimizationLevel.O1, OptimizationLevel.O2);

    private final RawPath name;
    private final byte[] source;
    private final List<OptimizationLevel> levels;

    private CompileRequest(RawPath name, byte[] source, List<OptimizationLevel> levels) {
        this.name = name;
        this.source = source;
        this.levels = levels;
    }

    /**
     * Asks for the bytecode of {@code source}.
     *
     * @param name what becomes {@code co_filename}; it is not opened
     * @param source not copied, so not to be changed until the request is answered
     * @param levels one or more that {@linkplain #canMake can be made}
     */
    public static CompileRequest of(RawPath name, byte[] source, Collection<OptimizationLevel> levels) {
        List<OptimizationLevel> distinct = levels.stream().distinct().toList();
        if (distinct.isEmpty() || !LEVELS.containsAll(distinct)) {
            throw new IllegalArgumentException("cannot compile for levels " + levels);
        }
        return new CompileRequest(name, source, distinct);
    }

    /** Whether an interpreter has that level; a file's name may hold any other. */
    public static boolean canMake(OptimizationLevel level) {
        return LEVELS.contains(level);
    }

    /** What interpreters call the level: 0, 1 or 2. */
    static int number(OptimizationLevel level) {
        return LEVELS.indexOf(level);
    }

    RawPath name() {
        return name;
    }

    byte[] source() {
        return source;
    }

    List<OptimizationLevel> levels() {
        return levels;
    }
}
