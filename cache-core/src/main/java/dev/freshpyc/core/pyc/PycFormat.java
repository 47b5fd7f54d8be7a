package dev.freshpyc.core.pyc;

import dev.freshpyc.core.pyc.PythonVersion.Implementation;
import dev.freshpyc.core.pyc.SourceHash.Algorithm;
import org.jspecify.annotations.Nullable;

/**
 * How one version writes its headers and compares them with the source.
 *
 * @param layout the header's shape
 * @param mtimeRule how a timestamp header's mtime is compared
 * @param hash the source hash's function; null where there is none to compute: the layout has no hashes, or the
 *     interpreter (GraalPy before 25.2) has a weak one of its own
 */
public record PycFormat(
        HeaderLayout layout, MtimeRule mtimeRule, @Nullable Algorithm hash) {

    /** How a header's 32-bit mtime is compared with {@code st_mtime}. */
    public enum MtimeRule {
        /** The double truncated toward zero, low 32 bits: {@code _validate_timestamp_pyc}, 3.7 and later. */
        TRUNCATED_LOW_32,
        /** The double truncated toward zero, all of it: 3.3 to 3.6. */
        TRUNCATED_WHOLE,
        /** {@code st_mtime}'s whole seconds, low 32 bits, and never a field with its highest bit set: up to 3.2. */
        SECONDS_NON_NEGATIVE
    }

    /** What current interpreters do: taken for versions that are not known yet. */
    public static final PycFormat CURRENT =
            new PycFormat(HeaderLayout.FLAGS, MtimeRule.TRUNCATED_LOW_32, Algorithm.SIPHASH_1_3);

    private static final PycFormat WITHOUT_HASH = new PycFormat(HeaderLayout.FLAGS, MtimeRule.TRUNCATED_LOW_32, null);

    /** The format of {@code version}; for GraalPy, whose hash depends on its own version, see {@link CacheTag}. */
    public static PycFormat of(PythonVersion version) {
        if (!version.atLeast(3, 3)) {
            return new PycFormat(HeaderLayout.MTIME, MtimeRule.SECONDS_NON_NEGATIVE, null);
        }
        if (!version.atLeast(3, 7)) {
            return new PycFormat(HeaderLayout.MTIME_SIZE, MtimeRule.TRUNCATED_WHOLE, null);
        }
        return switch (version.implementation()) {
            case CPYTHON -> version.atLeast(3, 11) ? CURRENT : siphash24();
            case PYPY -> siphash24();
            case GRAALPY -> WITHOUT_HASH;
        };
    }

    /** The format of a file: of its tag, or for a legacy file of the interpreter that its magic belongs to. */
    public static PycFormat of(@Nullable CacheTag tag, Magic magic) {
        return tag != null
                ? tag.format()
                : MagicTable.owner(magic).map(PycFormat::of).orElse(CURRENT);
    }

    /** The format of GraalPy {@code engine}, its own version as its tag spells it: 242, 250, 252. */
    static PycFormat graalpy(int engine) {
        return engine >= 252 ? CURRENT : WITHOUT_HASH;
    }

    /** Whether this version writes {@code foo.pyc} beside {@code foo.py} and knows no {@code __pycache__}. */
    public static boolean cachesBesideSource(PythonVersion version) {
        return version.implementation() == Implementation.CPYTHON && !version.atLeast(3, 2);
    }

    private static PycFormat siphash24() {
        return new PycFormat(HeaderLayout.FLAGS, MtimeRule.TRUNCATED_LOW_32, Algorithm.SIPHASH_2_4);
    }
}
