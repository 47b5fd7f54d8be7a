package dev.freshpyc.core.repair;

import dev.freshpyc.core.file.Stamp;
import dev.freshpyc.core.pyc.PycFormat;
import dev.freshpyc.core.pyc.PycHeader;
import dev.freshpyc.core.verdict.Evidence;
import dev.freshpyc.core.verdict.Reason;
import dev.freshpyc.core.verdict.Verdict;

/**
 * From a verdict to an action. A header is written only over a body that something vouches for; whatever nothing vouches for
 * is compiled, which is always right.
 */
public final class Planner {

    private final Wanted wanted;
    private final boolean assumeMatching;

    /** @param assumeMatching whether the operator vouches for bodies that nothing speaks against */
    public Planner(Wanted wanted, boolean assumeMatching) {
        this.wanted = wanted;
        this.assumeMatching = assumeMatching;
    }

    /** What to do with a file that was read. */
    public Action plan(Verdict verdict, PycHeader header, PycFormat format, Stamp source) {
        return switch (verdict.kind()) {
            case ORPHANED, SOURCELESS -> new Action.Leave(Left.NO_SOURCE);
            case SHADOWED -> new Action.Leave(Left.SHADOWED);
            case UNREADABLE -> new Action.Report(Left.UNREADABLE);
            case UNDECIDED -> new Action.Report(Left.CHANGING);
            case FRESH, NEEDLESS, STALE, IMPOSTOR, FATAL, FOREIGN, MALFORMED, MISSING ->
                wanted.fits(format) ? fitting(verdict, header, format, source) : new Action.Report(Left.NO_HASH);
        };
    }

    private Action fitting(Verdict verdict, PycHeader header, PycFormat format, Stamp source) {
        return wanted.canName(format, source)
                ? mend(verdict, header, format, source)
                : new Action.Report(Left.UNNAMEABLE_TIME);
    }

    private Action mend(Verdict verdict, PycHeader header, PycFormat format, Stamp source) {
        return switch (verdict.kind()) {
            case FRESH -> fresh(verdict, header, format, source);
            case NEEDLESS -> restamp(header, format, source, proof(verdict));
            case STALE ->
                assumeMatching && isUnproven(verdict)
                        ? restamp(header, format, source, Evidence.ASSUMED)
                        : new Action.Recompile();
            case IMPOSTOR, FATAL, FOREIGN, MALFORMED, MISSING -> new Action.Recompile();
            case ORPHANED, SOURCELESS, SHADOWED, UNREADABLE, UNDECIDED ->
                throw new IllegalArgumentException("nothing to mend: " + verdict);
        };
    }

    /** One that loads is left alone where it is as wanted, whatever it rests on; another header needs evidence. */
    private Action fresh(Verdict verdict, PycHeader header, PycFormat format, Stamp source) {
        boolean hashMatches = verdict.evidence() == Evidence.HASH_HEADER;
        if (wanted.isMet(header, format, source, hashMatches)) {
            return new Action.Leave(Left.AS_WANTED);
        }
        if (verdict.evidence() != null) {
            return new Action.Restamp(verdict.evidence());
        }
        return assumeMatching ? new Action.Restamp(Evidence.ASSUMED) : new Action.Recompile();
    }

    private Action restamp(PycHeader header, PycFormat format, Stamp source, Evidence evidence) {
        boolean hashMatches = false; // then it would be fresh
        return wanted.isMet(header, format, source, hashMatches)
                ? new Action.Leave(Left.AS_WANTED)
                : new Action.Restamp(evidence);
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
