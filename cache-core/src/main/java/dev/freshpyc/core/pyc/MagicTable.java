package dev.freshpyc.core.pyc;

import static dev.freshpyc.core.pyc.PythonVersion.cpython;
import static dev.freshpyc.core.pyc.PythonVersion.graalpy;
import static dev.freshpyc.core.pyc.PythonVersion.pypy;

import java.util.List;
import java.util.Optional;

/**
 * Which version writes which {@link Magic}: every final release of CPython from 2.7 to 3.15, PyPy and GraalPy. The
 * numbers were read from the interpreters themselves ({@code importlib.util.MAGIC_NUMBER}) or from CPython's
 * {@code pycore_magic_number.h}.
 */
public final class MagicTable {

    private record MagicRow(int number, PythonVersion version) {}

    private static final List<MagicRow> FINAL_RELEASES = List.of(
            new MagicRow(62211, cpython(2, 7)),
            new MagicRow(3131, cpython(3, 0)),
            new MagicRow(3151, cpython(3, 1)),
            new MagicRow(3180, cpython(3, 2)),
            new MagicRow(3230, cpython(3, 3)),
            new MagicRow(3310, cpython(3, 4)),
            new MagicRow(3350, cpython(3, 5)),
            new MagicRow(3351, cpython(3, 5)),
            new MagicRow(3379, cpython(3, 6)),
            new MagicRow(3394, cpython(3, 7)),
            new MagicRow(3413, cpython(3, 8)),
            new MagicRow(3425, cpython(3, 9)),
            new MagicRow(3439, cpython(3, 10)),
            new MagicRow(3495, cpython(3, 11)),
            new MagicRow(3531, cpython(3, 12)),
            new MagicRow(3571, cpython(3, 13)),
            new MagicRow(3627, cpython(3, 14)),
            new MagicRow(3666, cpython(3, 15)),
            new MagicRow(192, pypy(3, 6)),
            new MagicRow(240, pypy(3, 7)),
            new MagicRow(256, pypy(3, 8)),
            new MagicRow(336, pypy(3, 9)),
            new MagicRow(384, pypy(3, 10)),
            new MagicRow(400, pypy(3, 11)),
            new MagicRow(416, pypy(3, 11)),
            new MagicRow(432, pypy(3, 11)),
            new MagicRow(21290, graalpy(3, 11)),
            new MagicRow(21330, graalpy(3, 12)));

    private static final int RESERVED_FROM_MINOR = 11;

    /** Ten releases, that is ten years, beyond the newest known: a higher number is not taken for a Python version. */
    private static final int RESERVED_TO_MINOR = 25;

    private static final int RESERVED_BASE = 2900;
    private static final int RESERVED_STEP = 50;

    private MagicTable() {}

    /** The final release that writes {@code magic}, or empty when no release of the table does. */
    public static Optional<PythonVersion> finalRelease(Magic magic) {
        if (!magic.wellFormed()) {
            return Optional.empty();
        }
        for (MagicRow row : FINAL_RELEASES) {
            if (row.number == magic.number()) {
                return Optional.of(row.version);
            }
        }
        return Optional.empty();
    }

    /** Every version with a final release, the oldest of each implementation first. */
    static List<PythonVersion> versions() {
        return FINAL_RELEASES.stream().map(MagicRow::version).distinct().toList();
    }

    /**
     * The version that {@code magic} belongs to: a final release, or for CPython 3.11 and later a pre-release, which uses
     * another number of the range that is reserved for its minor version.
     */
    public static Optional<PythonVersion> owner(Magic magic) {
        return finalRelease(magic).or(() -> reservedFor(magic));
    }

    /** The magic numbers with which final releases of {@code version} write, none for a version not in the table. */
    public static List<Magic> of(PythonVersion version) {
        return FINAL_RELEASES.stream()
                .filter(row -> row.version.equals(version))
                .map(row -> Magic.of(row.number))
                .toList();
    }

    /** The minor version for which CPython reserves {@code magic}: 2900 + 50 × minor up to 49 more, from 3.11 on. */
    static Optional<PythonVersion> reservedFor(Magic magic) {
        int minor = Math.floorDiv(magic.number() - RESERVED_BASE, RESERVED_STEP);
        return magic.wellFormed() && minor >= RESERVED_FROM_MINOR && minor <= RESERVED_TO_MINOR
                ? Optional.of(cpython(3, minor))
                : Optional.empty();
    }
}
