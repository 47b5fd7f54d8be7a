package dev.freshpyc.indexer.index;

import static dev.freshpyc.core.verdict.InterpreterAnswer.LOADS;

import dev.freshpyc.core.digest.Sha256;
import dev.freshpyc.core.record.HeaderBytes;
import dev.freshpyc.core.record.PycRecord;
import dev.freshpyc.core.verdict.Evidence;
import dev.freshpyc.core.verdict.Reason;
import dev.freshpyc.core.verdict.Verdict;
import dev.freshpyc.core.verdict.Verdict.Kind;
import org.jspecify.annotations.Nullable;

/**
 * Weighs what an earlier run proved against what the files say now. A hash in the header is stronger evidence than the index;
 * times and sizes are weaker.
 */
final class RecordedProof {

    private RecordedProof() {}

    /**
     * The content for which an earlier run proved a body that is still the same; null if there is none. Two cases are special:
     *
     * <ul>
     *   <li>A matching header that was written since overrides the record, because one body may belong to two contents, such as
     *       contents that differ in a comment.
     *   <li>The pair was too young to be decided, and its source has another content under the same header now. Then the body is older
     *       than this content, and the content of the record refutes the pair.
     * </ul>
     *
     * @param content of the source now
     * @param prior what was recorded of the body
     * @param contentThen of the source when that was recorded
     */
    static @Nullable Sha256 recall(
            Verdict byFiles,
            @Nullable Sha256 content,
            HeaderBytes head,
            PycRecord prior,
            @Nullable Sha256 contentThen) {
        @Nullable Sha256 proven = prior.provenFor();
        if (byFiles.kind() != Kind.FRESH || content == null || content.equals(proven)) {
            return proven;
        }
        if (!head.equals(prior.head())) {
            return null;
        }
        return proven == null && wasTooYoung(prior.verdict()) && !content.equals(contentThen) ? contentThen : proven;
    }

    private static boolean wasTooYoung(Verdict then) {
        return then.kind() == Kind.UNDECIDED
                && then.interpreter() == LOADS
                && then.reason().equals(Reason.RACY);
    }

    /**
     * The verdict by the files, without the evidence of a matching header where the record speaks against it: an earlier run proved
     * another body for this very content, found the same file unproven for it, or compiled the content and got other code. A second look at the same files never makes the
     * recorded evidence stronger.
     *
     * @param content of the source now
     * @param body of the pyc now
     * @param contentThen of the source when {@code prior} was recorded
     */
    static Verdict doubt(
            Verdict byFiles,
            Sha256 content,
            Sha256 body,
            HeaderBytes head,
            PycRecord prior,
            @Nullable Sha256 contentThen) {
        boolean sameBody = body.equals(prior.body());
        if (sameBody && content.equals(contentThen) && prior.verdict().isRefutedByCompiling()) {
            return byFiles.refutedByCompiling();
        }
        boolean anotherProven = isOfAnotherBody(prior, content, body);
        boolean unproven = sameBody
                && head.equals(prior.head())
                && content.equals(contentThen)
                && prior.verdict().isUnproven();
        return anotherProven || unproven ? byFiles.withoutProof() : byFiles;
    }

    /** Whether a record proves another body than {@code body} for a content. */
    static boolean isOfAnotherBody(PycRecord prior, Sha256 content, Sha256 body) {
        return !body.equals(prior.body()) && content.equals(prior.provenFor());
    }

    /**
     * The verdict with the knowledge of the index.
     *
     * @param byFiles the verdict without that knowledge
     * @param content of the source now
     * @param provenFor the content that the body is proven to be compiled from; null when nothing was proven
     */
    static Verdict weigh(Verdict byFiles, @Nullable Sha256 content, @Nullable Sha256 provenFor) {
        return provenFor == null || content == null ? byFiles : byFiles.weighedByIndex(provenFor.equals(content));
    }

    /** The content that the body is now proven for: what was proven before, or what the files prove by themselves. */
    static @Nullable Sha256 after(Verdict byFiles, @Nullable Sha256 content, @Nullable Sha256 provenFor) {
        boolean byHash = byFiles.kind() == Kind.FRESH && byFiles.evidence() == Evidence.HASH_HEADER;
        boolean byTimes = byFiles.kind() == Kind.FRESH && byFiles.evidence() == Evidence.HEADER;
        boolean byOthers = byFiles.isProvenElsewhere() || byFiles.isVouchedByServer();
        return byHash || byOthers || (byTimes && provenFor == null) ? content : provenFor;
    }
}
