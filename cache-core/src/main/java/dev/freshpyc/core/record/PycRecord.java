package dev.freshpyc.core.record;

import dev.freshpyc.core.digest.Sha256;
import dev.freshpyc.core.file.FileStamp;
import dev.freshpyc.core.pyc.OptimizationLevel;
import dev.freshpyc.core.verdict.Evidence;
import dev.freshpyc.core.verdict.Verdict;
import java.util.Comparator;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The index's knowledge of one pyc.
 *
 * @param tag the cache tag; null for a legacy pyc
 * @param stamp taken before the file was read; {@link FileStamp#UNSETTLED} when it was racy;
 *     portable in a sealed index
 * @param body SHA-256 of the body; null when the body was not read
 * @param provenFor content of the source that the body was compiled from; null when that is not proven
 * @param basis the evidence that {@code provenFor} rests on, which is never the index or a proof by content; null when nothing is proven
 * @param verdict at the time of recording
 * @param facts content facts of {@code body} and of the source's content; none for a legacy pyc, which any interpreter
 *     may read
 */
public record PycRecord(
        @Nullable String tag,
        OptimizationLevel level,
        FileStamp stamp,
        HeaderBytes head,
        @Nullable Sha256 body,
        @Nullable Sha256 provenFor,
        @Nullable Evidence basis,
        Verdict verdict,
        ContentFacts facts) {

    /** The order of the pycs of one source. */
    public static final Comparator<PycRecord> BY_NAME = PycRecord::compareNames;

    public PycRecord {
        if (tag == null && !facts.equals(ContentFacts.NOTHING)) {
            throw new IllegalArgumentException("a legacy pyc has no content facts");
        }
        if (provenFor == null && basis != null) {
            throw new IllegalArgumentException("a basis without a proof");
        }
    }

    /** No chain of comparators, which a lookup of one file would wait for: the JVM makes their classes anew at each start. */
    private static int compareNames(PycRecord one, PycRecord other) {
        int byTag = Objects.requireNonNullElse(one.tag, "").compareTo(Objects.requireNonNullElse(other.tag, ""));
        return byTag != 0 ? byTag : one.level.name().compareTo(other.level.name());
    }

    /** This record with other content facts. */
    public PycRecord withFacts(ContentFacts facts) {
        return new PycRecord(tag, level, stamp, head, body, provenFor, basis, verdict, facts);
    }

    /** This record with another stamp. */
    public PycRecord withStamp(FileStamp other) {
        return new PycRecord(tag, level, other, head, body, provenFor, basis, verdict, facts);
    }

    /** This record with another verdict. */
    public PycRecord withVerdict(Verdict other) {
        return new PycRecord(tag, level, stamp, head, body, provenFor, basis, other, facts);
    }

    /**
     * This record for a copy of the tree: the stamp is portable, and a proven pair has the index as its evidence, since
     * a copy loses the order of the files' births. The word of a server is dropped, since the user of the copy did not
     * choose to trust that server.
     *
     * @param content SHA-256 of the source; null when unknown
     */
    PycRecord portable(@Nullable Sha256 content) {
        if (basis == Evidence.EQUIVALENCE) {
            return new PycRecord(tag, level, stamp.portable(), head, body, null, null, verdict.withoutServer(), facts);
        }
        boolean proven = content != null && content.equals(provenFor);
        return withStamp(stamp.portable()).withVerdict(proven ? verdict.weighedByIndex(true) : verdict);
    }

    /** Whether this is the record of the pyc with that tag and level, of its source. */
    public boolean isOf(@Nullable String otherTag, OptimizationLevel otherLevel) {
        return Objects.equals(tag, otherTag) && level.equals(otherLevel);
    }

    /** Whether the body is known to be compiled from a content: an earlier run proved it, or a manifest lists both files. */
    public boolean isProvenFor(Sha256 content) {
        boolean right = verdict.kind() == Verdict.Kind.FRESH || verdict.kind() == Verdict.Kind.NEEDLESS;
        return right && (content.equals(provenFor) || verdict.evidence() == Evidence.MANIFEST);
    }

    /**
     * The evidence that tells how strong a verdict on this pyc is. The index and the proofs by content only repeat an
     * earlier finding, so a verdict that rests on them is no stronger than {@link #basis}.
     */
    public @Nullable Evidence strength(Verdict verdict) {
        @Nullable Evidence evidence = verdict.evidence();
        boolean repeats = evidence == Evidence.INDEX || evidence == Evidence.PROOF;
        return evidence != null && repeats && basis != null && evidence.isAtLeast(basis) ? basis : evidence;
    }

    /** Whether the verdict holds until the file changes: the file was readable, and its stamp settled. */
    public boolean isDecided() {
        return verdict.kind() != Verdict.Kind.UNDECIDED && verdict.kind() != Verdict.Kind.UNREADABLE;
    }
}
