package dev.freshpyc.indexer.compile;

import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.pyc.OptimizationLevel;
import java.util.Collection;
import java.util.List;

/** A source to compile. It holds the bytes that were hashed and names no file, so a later change of the file has no effect. */
public final class CompileRequest {

    /** The highest number that {@code compile} takes; what is compiled at any higher level is the same. */
    private static final int HIGHEST = 2;

    private final RawPath name;
    private final byte[] source;
    private final List<OptimizationLevel> levels;
    private final boolean columns;

    private CompileRequest(RawPath name, byte[] source, List<OptimizationLevel> levels, boolean columns) {
        this.name = name;
        this.source = source;
        this.levels = levels;
        this.columns = columns;
    }

    /**
     * A request for the bytecode of {@code source}.
     *
     * @param name the {@code co_filename} of the code as it is marshalled, such as {@link
     *     dev.freshpyc.indexer.interpreter.WantedInterpreter#codeName} makes of a path; the file is not opened
     * @param source not copied: do not change before the outcome is there
     * @param levels at least one, each {@linkplain #canMake supported}
     */
    public static CompileRequest of(RawPath name, byte[] source, Collection<OptimizationLevel> levels) {
        List<OptimizationLevel> distinct = levels.stream().distinct().toList();
        if (distinct.isEmpty() || !distinct.stream().allMatch(CompileRequest::canMake)) {
            throw new IllegalArgumentException("cannot compile for levels " + levels);
        }
        return new CompileRequest(name, source, distinct, true);
    }

    /** The same request, except that the code tells no columns (PEP 657); for CPython from 3.11 on. */
    CompileRequest withoutColumns() {
        return new CompileRequest(name, source, levels, false);
    }

    /** Whether interpreters compile for that level; the name of a pyc may hold any text as its level. */
    public static boolean canMake(OptimizationLevel level) {
        return level.isRequested();
    }

    /** The interpreters' number of the level: 0, 1 or 2. */
    static int number(OptimizationLevel level) {
        return level.name().isEmpty() ? 0 : Math.min(Integer.parseInt(level.name()), HIGHEST);
    }

    public RawPath name() {
        return name;
    }

    public byte[] source() {
        return source;
    }

    List<OptimizationLevel> levels() {
        return levels;
    }

    /** Whether the code tells columns where the interpreter's code does. */
    boolean hasColumns() {
        return columns;
    }
}
