package dev.freshpyc.indexer.repair.archive;

import dev.freshpyc.core.file.FileStamp;
import dev.freshpyc.core.outcome.Outcome;
import dev.freshpyc.core.outcome.Outcome.Effect;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.plan.RepairAction;
import dev.freshpyc.core.pyc.Magic;
import dev.freshpyc.core.pyc.OptimizationLevel;
import dev.freshpyc.core.pyc.PycPath;
import dev.freshpyc.core.record.HeaderBytes;
import dev.freshpyc.indexer.archive.ArchiveMember;
import dev.freshpyc.indexer.interpreter.WantedInterpreter;
import dev.freshpyc.indexer.scan.PathEntry;
import java.util.List;

/**
 * The planned change of a member of an archive.
 *
 * @param pyc relative to the entry
 * @param source relative to the entry
 * @param seen the stamp of the archive when the change was planned
 * @param sourceStamp the source's size, and its local time in the archive as an mtime
 * @param head the first bytes of the bytecode
 * @param magic of the interpreter that the member is for
 * @param believed whether the interpreter takes the member for valid as it is
 * @param trusted whether the interpreter loads the member, or evidence says that its code is the source's
 * @param action to restamp or to recompile
 */
record MemberPlan(
        PathEntry.Archive entry,
        RawPath pyc,
        RawPath source,
        ArchiveMember pycMember,
        ArchiveMember sourceMember,
        FileStamp seen,
        FileStamp sourceStamp,
        HeaderBytes head,
        Magic magic,
        boolean believed,
        boolean trusted,
        RepairAction action) {

    private static final List<OptimizationLevel> ANY =
            List.of(OptimizationLevel.NONE, OptimizationLevel.O1, OptimizationLevel.O2);
    private static final List<OptimizationLevel> OPTIMIZED = List.of(OptimizationLevel.O1, OptimizationLevel.O2);

    /** The outcome of the member. */
    Outcome outcome(Effect effect) {
        return new Outcome(entry.path(), source, pyc, null, levels().getFirst(), effect, entry.shownPath());
    }

    /** Whether the name is that of a {@code .pyo}, which {@code -O} and {@code -OO} of old versions share. */
    boolean isOfAnyOptimization() {
        return pyc.endsWith(PycPath.PYO_SUFFIX);
    }

    /**
     * The levels that the code may have: that of a {@code .pyo} either of two, that of a {@code .pyc} any. New code has the first level.
     */
    List<OptimizationLevel> levels() {
        return isOfAnyOptimization() ? OPTIMIZED : ANY;
    }

    /** The interpreter that compiles the member. */
    WantedInterpreter compiler() {
        return WantedInterpreter.of(magic);
    }

    /** The {@code co_filename} that zipimport gives to the source's code: the member's path as if the archive were a directory. */
    RawPath codeName() {
        return compiler().codeName(entry.path().absolute().resolve(source));
    }

    /** Whether the old code may turn out equal to compiled code: the member has the magic of the interpreter that compiles. */
    boolean mayBeEqual() {
        return new Magic((int) head.low()).equals(magic);
    }
}
