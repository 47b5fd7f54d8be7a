package dev.freshpyc.core.marshal;

import dev.freshpyc.core.marshal.Grammar.Rule;
import dev.freshpyc.core.pyc.CacheTag;
import dev.freshpyc.core.pyc.Magic;
import dev.freshpyc.core.pyc.MagicTable;
import dev.freshpyc.core.pyc.PythonVersion;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The marshal grammar that a range of interpreter versions reads. A new constant begins where type codes or the layout of
 * code objects change.
 *
 * <p>A code object consists of several 32-bit integers, {@value #OBJECTS_BEFORE_LINE} objects (in every version), the first
 * line number, the line table and, from 3.11 on, the exception table.
 *
 * <p>The dialects of 2.7, 3.6 to 3.14 and PyPy 3.9 were tested against these interpreters. The dialects of 3.0 to 3.5 and
 * 3.15 were only derived from {@code Python/marshal.c}.
 */
public enum MarshalDialect {
    CPYTHON_2_7(4, 1, Grammar.basic().withStringTable()),
    CPYTHON_3_0(5, 1, Grammar.basic()),
    CPYTHON_3_4(5, 1, Grammar.basic().withReferences()),
    CPYTHON_3_8(6, 1, Grammar.basic().withReferences()),
    CPYTHON_3_11(5, 2, Grammar.basic().withReferences()),
    CPYTHON_3_14(5, 2, Grammar.basic().withReferences().withSlices()),
    CPYTHON_3_15(5, 2, Grammar.basic().withReferences().withSlices().withFrozenDictionaries()),
    PYPY_3_9(6, 1, Grammar.basic().withPyPyReferences());

    /**
     * Deepest nesting of objects, the outermost counted as 1: {@code MAX_MARSHAL_STACK_DEPTH}. The limit is 1000 on
     * Windows and 1500 on iOS and WASI; a body between the limits is called complete although it does not load there.
     * PyPy limits its stack's bytes instead, which allow more levels; for PyPy this limit only bounds memory.
     */
    static final int DEPTH_LIMIT = 2000;

    static final int OBJECTS_BEFORE_LINE = 8;

    private final int integers;
    private final int objectsAfterLine;

    @SuppressWarnings("ImmutableEnumChecker") // the table is an array that is never written again
    private final Grammar grammar;

    MarshalDialect(int integers, int objectsAfterLine, Grammar grammar) {
        this.integers = integers;
        this.objectsAfterLine = objectsAfterLine;
        this.grammar = grammar;
    }

    /** The meaning of an absent object ({@code TYPE_NULL}) in place of a dictionary's value. */
    enum AbsentValue {
        /** The dictionary continues with the next key. */
        SKIPPED,
        /** The dictionary ends, as at an absent key. */
        ENDS,
        REFUSED
    }

    /**
     * The dialect of an interpreter; empty if it was not verified. GraalPy has its own code objects, PyPy was tested in
     * version 3.9 only, and a CPython after 3.15 may read type codes that are not known yet.
     */
    public static Optional<MarshalDialect> of(PythonVersion version) {
        return switch (version.implementation()) {
            case CPYTHON -> ofCPython(version);
            case PYPY -> version.equals(PythonVersion.pypy(3, 9)) ? Optional.of(PYPY_3_9) : Optional.empty();
            case GRAALPY -> Optional.empty();
        };
    }

    /** The dialect of a file: of the interpreter that its magic belongs to, else of the one that its tag names. */
    public static Optional<MarshalDialect> of(@Nullable CacheTag tag, Magic magic) {
        return MagicTable.owner(magic)
                .or(() -> tag == null ? Optional.empty() : tag.version())
                .flatMap(MarshalDialect::of);
    }

    /** Whether {@link #of} knows a dialect for {@code version}; asked for every file, so it makes no garbage. */
    public static boolean isKnown(PythonVersion version) {
        return switch (version.implementation()) {
            case CPYTHON ->
                version.major() == 3
                        ? version.minor() >= 0 && version.minor() <= 15
                        : version.major() == 2 && version.minor() == 7;
            case PYPY -> version.major() == 3 && version.minor() == 9;
            case GRAALPY -> false;
        };
    }

    private static Optional<MarshalDialect> ofCPython(PythonVersion version) {
        if (version.equals(PythonVersion.cpython(2, 7))) {
            return Optional.of(CPYTHON_2_7);
        }
        if (version.major() != 3 || version.minor() < 0 || version.minor() > 15) {
            return Optional.empty();
        }
        return Optional.of(ofMinor(version.minor()));
    }

    private static MarshalDialect ofMinor(int minor) {
        return switch (minor) {
            case 0, 1, 2, 3 -> CPYTHON_3_0;
            case 4, 5, 6, 7 -> CPYTHON_3_4;
            case 8, 9, 10 -> CPYTHON_3_8;
            case 11, 12, 13 -> CPYTHON_3_11;
            case 14 -> CPYTHON_3_14;
            default -> CPYTHON_3_15;
        };
    }

    /**
     * Whether a body's first byte may begin a code object: a cheap check without a walk. True for an unmarked {@code 'c'}
     * and for a marked one ({@code 0xe3}), which older CPythons never write. Says nothing where no dialect {@linkplain
     * #isKnown is known}: GraalPy writes other bytes.
     */
    public static boolean mayBeginCode(byte first) {
        return (first & 0x7f) == 'c';
    }

    /** Whether a code object of this dialect begins with the given type byte. */
    boolean beginsCode(int type) {
        return rule(type).payload() == Rule.Payload.CODE;
    }

    /** The meaning of a type byte, 0 to 255. */
    Rule rule(int type) {
        return grammar.rule(type);
    }

    /** Bytes between a code object's type byte and its first object. */
    int codeIntegerBytes() {
        return integers * Integer.BYTES;
    }

    int objectsInCode() {
        return OBJECTS_BEFORE_LINE + objectsAfterLine;
    }

    int objectsAfterLine() {
        return objectsAfterLine;
    }

    /** Which of a code object's objects, counted from 0, is {@code co_filename}. */
    int fileNamePart() {
        return switch (this) {
            case CPYTHON_3_11, CPYTHON_3_14, CPYTHON_3_15 -> 5;
            case CPYTHON_2_7, CPYTHON_3_0, CPYTHON_3_4, CPYTHON_3_8, PYPY_3_9 -> 6;
        };
    }

    AbsentValue absentValue() {
        return switch (this) {
            case CPYTHON_2_7, CPYTHON_3_0 -> AbsentValue.SKIPPED;
            case CPYTHON_3_4, CPYTHON_3_8, CPYTHON_3_11, CPYTHON_3_14, CPYTHON_3_15 -> AbsentValue.ENDS;
            case PYPY_3_9 -> AbsentValue.REFUSED;
        };
    }

    /** Whether sizes and digits are checked. PyPy reads sizes as unsigned on 64-bit machines and accepts any digit. */
    boolean checksNumbers() {
        return this != PYPY_3_9;
    }
}
