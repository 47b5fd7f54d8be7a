package dev.freshpyc.core.record;

import dev.freshpyc.core.digest.Sha256;
import dev.freshpyc.core.file.FileStamp;
import dev.freshpyc.core.pyc.OptimizationLevel;
import dev.freshpyc.core.verdict.Verdict;
import org.jspecify.annotations.Nullable;

/**
 * What is remembered of one bytecode file.
 *
 * @param tag its cache tag; null for a legacy file beside its source
 * @param stamp as it was before the file was read; {@link FileStamp#UNSETTLED} when it was too young to be trusted
 * @param body SHA-256 of what follows the header; null where it was not read
 * @param provenFor the content of the source that this body is proven to be compiled from; null where nothing was proven
 * @param verdict the answer when it was recorded
 * @param learned of {@code body}, and of the source's content; nothing for a legacy file, whose reader depends on who asks
 */
public record PycRecord(
        @Nullable String tag,
        OptimizationLevel level,
        FileStamp stamp,
        HeaderBytes head,
        @Nullable Sha256 body,
        @Nullable Sha256 provenFor,
        Verdict verdict,
        ContentFacts learned) {

    public PycRecord {
        if (tag == null && !learned.equals(ContentFacts.NOTHING)) {
            throw new IllegalArgumentException("of a legacy file nothing is learned");
        }
    }

    /** This record with other content facts. */
    public PycRecord withFacts(ContentFacts facts) {
        return new PycRecord(tag, level, stamp, head, body, provenFor, verdict, facts);
    }

    /** This record with another verdict. */
    public PycRecord withVerdict(Verdict other) {
        return new PycRecord(tag, level, stamp, head, body, provenFor, other, learned);
    }

    /** Whether the verdict is one that stands until the file changes: it could be read and was not too young. */
    public boolean isDecided() {
        return verdict.kind() != Verdict.Kind.UNDECIDED && verdict.kind() != Verdict.Kind.UNREADABLE;
    }
}
