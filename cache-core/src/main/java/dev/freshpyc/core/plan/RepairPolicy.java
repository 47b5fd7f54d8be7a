package dev.freshpyc.core.plan;

import dev.freshpyc.core.file.FileStamp;
import dev.freshpyc.core.pyc.PycFormat;
import dev.freshpyc.core.pyc.PycHeader;
import dev.freshpyc.core.verdict.Evidence;
import dev.freshpyc.core.verdict.Reason;
import dev.freshpyc.core.verdict.Verdict;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the action for a verdict. A new header is written only over a body that some evidence vouches for; any other body is
 * recompiled, which is always right.
 */
public final class RepairPolicy {

    private static final RepairAction AS_WANTED = new RepairAction.Leave(SkipReason.AS_WANTED);

    private final TargetHeader wanted;
    private final Evidence weakest;

    /**
     * A policy.
     *
     * @param weakest the weakest evidence that a new header is written on; {@link Evidence#ASSUMED} where the operator
     *     vouches for bodies that nothing but an mtime speaks against. If it is stronger than a header, a body with
     *     weaker evidence does not stay, even behind the wanted header: an operator who asks for evidence doubts
     *     headers
     */
    public RepairPolicy(TargetHeader wanted, Evidence weakest) {
        this.wanted = wanted;
        this.weakest = weakest;
    }

    /**
     * The action of {@link #plan(Verdict, Evidence, PycHeader, PycFormat, FileStamp)} where the verdict's evidence is
     * its strength.
     */
    public RepairAction plan(Verdict verdict, PycHeader header, PycFormat format, FileStamp source) {
        return plan(verdict, verdict.evidence(), header, format, source);
    }

    /**
     * The action for a file with that verdict, header and format.
     *
     * @param strength the evidence to compare with the required evidence: that of the verdict, or, where an index or a
     *     proof repeats an earlier finding, the evidence of that finding
     * @param source the stamp of the source
     */
    public RepairAction plan(
            Verdict verdict, @Nullable Evidence strength, PycHeader header, PycFormat format, FileStamp source) {
        @Nullable SkipReason obstacle = wanted.obstacle(format, source);
        return switch (verdict.kind()) {
            case ORPHANED, SOURCELESS -> new RepairAction.Leave(SkipReason.NO_SOURCE);
            case SHADOWED -> new RepairAction.Leave(SkipReason.SHADOWED);
            case OTHER_TOOL -> new RepairAction.Leave(SkipReason.OTHER_TOOL);
            case UNREADABLE -> new RepairAction.Report(SkipReason.UNREADABLE);
            case UNDECIDED -> new RepairAction.Report(undecided(verdict));
            case FRESH, NEEDLESS, STALE ->
                obstacle == null
                        ? keepBody(verdict, strength, header, format, source)
                        : new RepairAction.Report(obstacle);
            case IMPOSTOR, FATAL, FOREIGN, MALFORMED, MISSING ->
                obstacle == null ? new RepairAction.Recompile() : new RepairAction.Report(obstacle);
        };
    }

    /** The reason why a file with an undecided verdict is left. */
    public static SkipReason undecided(Verdict verdict) {
        return verdict.reason().equals(Reason.CHANGING) ? SkipReason.CHANGING : SkipReason.UNDECIDED;
    }

    /**
     * Keeps the body if evidence vouches for it. A fresh file that already has the wanted header needs no evidence to be left, unless the
     * operator asks for more than headers.
     */
    private RepairAction keepBody(
            Verdict verdict, @Nullable Evidence strength, PycHeader header, PycFormat format, FileStamp source) {
        boolean fresh = verdict.kind() == Verdict.Kind.FRESH;
        @Nullable Evidence evidence = evidence(verdict, strength);
        RepairAction asWanted = evidence == null && asksForMoreThanHeaders() ? new RepairAction.Recompile() : AS_WANTED;
        if (fresh && wanted.mode() == TargetMode.AUTO) {
            return asWanted;
        }
        if (fresh && !wanted.fits(format)) {
            return asWanted.keepsBody() ? new RepairAction.Report(SkipReason.NO_HASH) : asWanted;
        }
        if (evidence == null && !fresh) {
            return new RepairAction.Recompile();
        }
        boolean hashMatches = fresh && evidence == Evidence.HASH_HEADER;
        if (wanted.isMet(header, format, source, hashMatches)) {
            return asWanted;
        }
        return evidence == null ? new RepairAction.Recompile() : new RepairAction.Restamp(evidence);
    }

    private boolean asksForMoreThanHeaders() {
        return weakest != Evidence.HEADER && weakest.isAtLeast(Evidence.HEADER);
    }

    /**
     * The evidence that vouches for the body of a fresh, needless or stale file: the verdict's, else the operator's word; null if
     * there is none, or if it is too weak.
     */
    private @Nullable Evidence evidence(Verdict verdict, @Nullable Evidence strength) {
        @Nullable Evidence known = known(verdict);
        Evidence compared = strength != null && known == verdict.evidence() ? strength : known;
        return compared != null && compared.isAtLeast(weakest) ? known : null;
    }

    private static @Nullable Evidence known(Verdict verdict) {
        boolean fresh = verdict.kind() == Verdict.Kind.FRESH;
        boolean needless = verdict.kind() == Verdict.Kind.NEEDLESS;
        if (needless || (fresh && verdict.evidence() != null)) {
            return verdict.evidence() == null ? Evidence.INDEX : verdict.evidence();
        }
        return fresh || verdict.isStaleByMtimeAlone() ? Evidence.ASSUMED : null;
    }
}
