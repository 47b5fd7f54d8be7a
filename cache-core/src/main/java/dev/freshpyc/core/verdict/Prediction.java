package dev.freshpyc.core.verdict;

import static dev.freshpyc.core.verdict.InterpreterAnswer.LOADS;

import dev.freshpyc.core.verdict.Verdict.Kind;
import org.jspecify.annotations.Nullable;

/**
 * Joins the verdict on a pair with the interpreter's answer to the same files once their source has another mtime. A
 * transport adds no knowledge about the pair, so evidence is never stronger afterwards.
 *
 * <ul>
 *   <li>Loaded today and rejected then: {@code needless} if the pair is proven today, otherwise {@code stale}.
 *   <li>Rejected today and loaded then: {@code fresh} if the pair is proven today. Otherwise it is an {@code impostor}: whatever
 *       speaks against the pair today, even if only the mtime, still does, although no interpreter sees it any more.
 *   <li>The same answer: today's verdict.
 * </ul>
 */
public final class Prediction {

    private Prediction() {}

    /**
     * The verdict after a transport.
     *
     * @param today with all evidence
     * @param byHeader the verdict on the files alone with the mtime that the source will have
     */
    public static Verdict of(Verdict today, Verdict byHeader) {
        if (today.interpreter() == byHeader.interpreter()) {
            return today;
        }
        return switch (today.kind()) {
            case FRESH, IMPOSTOR -> byHeader.kind() == Kind.STALE ? rejected(today, byHeader) : byHeader;
            case NEEDLESS, STALE -> byHeader.interpreter() == LOADS ? loaded(today, byHeader) : byHeader;
            case FATAL -> byHeader.interpreter() == LOADS ? today : byHeader; // the body is not walked again
            case UNREADABLE -> new Verdict(Kind.UNREADABLE, byHeader.interpreter(), today.reason(), today.evidence());
            case FOREIGN, MALFORMED, ORPHANED, SOURCELESS, SHADOWED, OTHER_TOOL, MISSING, UNDECIDED -> today;
        };
    }

    private static Verdict rejected(Verdict today, Verdict byHeader) {
        @Nullable Evidence evidence = today.evidence();
        boolean proven = today.kind() == Kind.FRESH && evidence != null && evidence != Evidence.ASSUMED;
        boolean refuted = today.kind() == Kind.IMPOSTOR;
        return new Verdict(
                proven ? Kind.NEEDLESS : Kind.STALE,
                byHeader.interpreter(),
                byHeader.reason(),
                proven || refuted ? evidence : byHeader.evidence());
    }

    private static Verdict loaded(Verdict today, Verdict byHeader) {
        return today.kind() == Kind.NEEDLESS
                ? Verdict.fresh(byHeader.reason(), today.evidence())
                : new Verdict(Kind.IMPOSTOR, LOADS, contradiction(today), today.evidence());
    }

    /** What speaks against a pair that is stale today. */
    private static Reason contradiction(Verdict stale) {
        return switch (stale.evidence()) {
            case INDEX -> Reason.CONTENT;
            case RECOMPILED -> Reason.CODE;
            case HASH_HEADER, PROOF, EQUIVALENCE, MANIFEST, HEADER, ASSUMED -> stale.reason();
            case null -> stale.reason();
        };
    }
}
