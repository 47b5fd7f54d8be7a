package dev.freshpyc.indexer.index;

import dev.freshpyc.core.digest.Sha256;
import dev.freshpyc.core.record.HeaderBytes;
import dev.freshpyc.core.record.PycRecord;
import dev.freshpyc.core.verdict.Evidence;
import dev.freshpyc.core.verdict.Verdict;
import dev.freshpyc.core.verdict.Verdict.Kind;
import org.jspecify.annotations.Nullable;

/**
 * Weighs the proof of an earlier run against the present files. A hash in the header is stronger evidence than the
 * index; times and sizes are weaker.
 */
final class RecordedProof {

    private RecordedProof() {}

    /**
     * A proof that a body was compiled from some source.
     *
     * @param content of the source that the body was compiled from
     * @param basis the evidence of the proof, which is neither the index nor a proof by content
     */
    record Proven(Sha256 content, @Nullable Evidence basis) {

        static @Nullable Proven of(PycRecord record) {
            return record.provenFor() == null ? null : new Proven(record.provenFor(), record.basis());
        }

        /** Whether only the word of a server says that the body was compiled from {@code source}. */
        private boolean isWordFor(@Nullable Sha256 source) {
            return basis == Evidence.EQUIVALENCE && content.equals(source);
        }
    }

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
    static @Nullable Proven recall(
            Verdict byFiles,
            @Nullable Sha256 content,
            HeaderBytes head,
            PycRecord prior,
            @Nullable Sha256 contentThen) {
        @Nullable Proven proven = Proven.of(prior);
        if (byFiles.kind() != Kind.FRESH || content == null || content.equals(prior.provenFor())) {
            return proven;
        }
        if (!head.equals(prior.head())) {
            return null;
        }
        boolean wasUnknown = proven == null && prior.verdict().isTooYoung() && !content.equals(contentThen);
        return wasUnknown && contentThen != null ? new Proven(contentThen, Evidence.HEADER) : proven;
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
     * @param proven the recorded proof of the body; null if nothing was proven
     * @param sameHead whether the header is the recorded header
     */
    static Verdict weigh(Verdict byFiles, @Nullable Sha256 content, @Nullable Proven proven, boolean sameHead) {
        if (proven == null || content == null) {
            return byFiles;
        }
        if (proven.isWordFor(content)) {
            return isNewHash(byFiles, sameHead) ? byFiles : byFiles.vouchedEarlierByServer();
        }
        return byFiles.weighedByIndex(proven.content().equals(content));
    }

    /**
     * Whether the header has a matching hash that the last run did not see. A repair that trusted the server may have
     * written the recorded hash, so only a new hash is evidence.
     */
    private static boolean isNewHash(Verdict byFiles, boolean sameHead) {
        return byFiles.kind() == Kind.FRESH && byFiles.evidence() == Evidence.HASH_HEADER && !sameHead;
    }

    /**
     * The proof to record: the earlier proof, or the proof that the present verdict gives.
     *
     * @param proven the recorded proof; null if nothing was proven
     * @param sameHead whether the header is the recorded header
     * @param byProof the evidence of the proof by content that {@code byFiles} rests on; null if it rests on no such
     *     proof
     */
    static @Nullable Proven after(
            Verdict byFiles,
            @Nullable Sha256 content,
            @Nullable Proven proven,
            boolean sameHead,
            @Nullable Evidence byProof) {
        boolean isFresh = byFiles.kind() == Kind.FRESH;
        boolean byHash = isFresh && byFiles.evidence() == Evidence.HASH_HEADER;
        boolean byTimes = isFresh && byFiles.evidence() == Evidence.HEADER && proven == null;
        boolean byOthers = byFiles.isProvenElsewhere() || byFiles.isVouchedByServer();
        boolean staysWord = proven != null && proven.isWordFor(content) && !isNewHash(byFiles, sameHead);
        if (content == null || staysWord || !(byHash || byTimes || byOthers)) {
            return content == null && (byHash || byTimes || byOthers) ? null : proven;
        }
        @Nullable Evidence now = byFiles.isProvenElsewhere() ? byProof : byFiles.evidence();
        boolean isStronger = proven != null
                && proven.content().equals(content)
                && proven.basis() != null
                && (now == null || proven.basis().isAtLeast(now));
        return isStronger ? proven : new Proven(content, now);
    }
}
