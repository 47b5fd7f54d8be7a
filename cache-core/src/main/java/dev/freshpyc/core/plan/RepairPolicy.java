package dev.freshpyc.core.plan;

import dev.freshpyc.core.file.FileStamp;
import dev.freshpyc.core.pyc.PycFormat;
import dev.freshpyc.core.pyc.PycHeader;
import dev.freshpyc.core.verdict.Evidence;
import dev.freshpyc.core.verdict.Reason;
import dev.freshpyc.core.verdict.Verdict;

/**
 * From a verdict to an action. A header is written only over a body that something vouches for; whatever nothing vouches for
 * is compiled, which is always right.
 */
public final class RepairPolicy {

    private final TargetHeader wanted;
    private final boolean assumeMatching;

    /** @param assumeMatching whether the operator vouches for bodies that nothing speaks against */
    public RepairPolicy(TargetHeader wanted, boolean assumeMatching) {
        this.wanted = wanted;
        this.assumeMatching = assumeMatching;
    }

    /** What to do with a file that was read. */
    public RepairAction plan(Verdict verdict, PycHeader header, PycFormat format, FileStamp source) {
        return switch (verdict.kind()) {
            case ORPHANED, SOURCELESS -> new RepairAction.Leave(SkipReason.NO_SOURCE);
            case SHADOWED -> new RepairAction.Leave(SkipReason.SHADOWED);
            case UNREADABLE -> new RepairAction.Report(SkipReason.UNREADABLE);
            case UNDECIDED -> new RepairAction.Report(SkipReason.CHANGING);
            case FRESH, NEEDLESS, STALE, IMPOSTOR, FATAL, FOREIGN, MALFORMED, MISSING ->
                wanted.fits(format)
                        ? fitting(verdict, header, format, source)
                        : new RepairAction.Report(SkipReason.NO_HASH);
        };
    }

    private RepairAction fitting(Verdict verdict, PycHeader header, PycFormat format, FileStamp source) {
        return wanted.canName(format, source)
                ? mend(verdict, header, format, source)
                : new RepairAction.Report(SkipReason.UNNAMEABLE_TIME);
    }

    private RepairAction mend(Verdict verdict, PycHeader header, PycFormat format, FileStamp source) {
        return switch (verdict.kind()) {
            case FRESH -> fresh(verdict, header, format, source);
            case NEEDLESS -> restamp(header, format, source, proof(verdict));
            case STALE ->
                assumeMatching && isUnproven(verdict)
                        ? restamp(header, format, source, Evidence.ASSUMED)
                        : new RepairAction.Recompile();
            case IMPOSTOR, FATAL, FOREIGN, MALFORMED, MISSING -> new RepairAction.Recompile();
            case ORPHANED, SOURCELESS, SHADOWED, UNREADABLE, UNDECIDED ->
                throw new IllegalArgumentException("nothing to mend: " + verdict);
        };
    }

    /** One that loads is left alone where it is as wanted, whatever it rests on; another header needs evidence. */
    private RepairAction fresh(Verdict verdict, PycHeader header, PycFormat format, FileStamp source) {
        boolean hashMatches = verdict.evidence() == Evidence.HASH_HEADER;
        if (wanted.isMet(header, format, source, hashMatches)) {
            return new RepairAction.Leave(SkipReason.AS_WANTED);
        }
        if (verdict.evidence() != null) {
            return new RepairAction.Restamp(verdict.evidence());
        }
        return assumeMatching ? new RepairAction.Restamp(Evidence.ASSUMED) : new RepairAction.Recompile();
    }

    private RepairAction restamp(PycHeader header, PycFormat format, FileStamp source, Evidence evidence) {
        boolean hashMatches = false; // then it would be fresh
        return wanted.isMet(header, format, source, hashMatches)
                ? new RepairAction.Leave(SkipReason.AS_WANTED)
                : new RepairAction.Restamp(evidence);
    }

    private static Evidence proof(Verdict verdict) {
        return verdict.evidence() == null ? Evidence.INDEX : verdict.evidence();
    }

    /**
     * Whether nothing but an mtime speaks against the pair. Another size or another hash is another source; what the index
     * knows to belong to another content stays refuted, whoever assumes what.
     */
    private static boolean isUnproven(Verdict verdict) {
        return verdict.reason().equals(Reason.MTIME) && verdict.evidence() == Evidence.HEADER;
    }
}
