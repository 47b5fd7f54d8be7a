package dev.freshpyc.indexer.snapshot;

import dev.freshpyc.core.digest.Sha256;
import dev.freshpyc.core.file.FileStamp;
import dev.freshpyc.core.pyc.HeaderLayout;
import dev.freshpyc.core.pyc.PycHeader;
import dev.freshpyc.core.pyc.SourceMtime;
import dev.freshpyc.core.record.PycRecord;
import dev.freshpyc.core.record.SourceRecord;
import dev.freshpyc.core.verdict.Verdict.Kind;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether a rollback may restore an old pyc. After a rollback, no interpreter may run wrong code where it would have run or
 * compiled the right code before. Hence these rules:
 *
 * <ol>
 *   <li>The source must have the content that it had at the save, or be absent as it was at the save.
 *   <li>Bytecode that was proven to be compiled from this content may be restored, whatever its header says: it is right code.
 *   <li>Other bytecode may be restored where no interpreter loads it, since its header does not match the source now. Unproven bytecode
 *       that an interpreter would load stays away; {@code snapshot save --prove} proves bytecode in time.
 * </ol>
 */
final class PutBackRule {

    private PutBackRule() {}

    /**
     * The reason why a pyc of a snapshot must not be restored; null where it may be.
     *
     * @param then the source at the save
     * @param old the pyc at the save
     * @param source the source now, without pycs
     */
    static @Nullable String objection(SourceRecord then, PycRecord old, SourceRecord source) {
        @Nullable String changed = changeOf(then, source);
        if (changed != null) {
            return changed;
        }
        @Nullable Sha256 content = source.content();
        if (content == null) { // no source then and now: no interpreter would compile other code
            return null;
        }
        if (!isProven(old, content) && mayBeLoaded(old, source)) {
            return old.verdict().isRefutedByCompiling()
                    ? "it had other code than its source compiles to, and Python would load it"
                    : "it was unproven at the save, and Python would load it; 'freshpyc snapshot save --prove' proves"
                            + " bytecode at the save";
        }
        return null;
    }

    /** How the source has changed since the save; null where it has not. */
    static @Nullable String changeOf(SourceRecord then, SourceRecord now) {
        if (then.stamp() == null || now.stamp() == null) {
            boolean neither = then.stamp() == null && now.stamp() == null;
            return neither ? null : then.stamp() == null ? "it has a source now" : "its source is gone";
        }
        if (then.content() == null) {
            return "its source was not read at the save";
        }
        return then.content().equals(now.content()) ? null : "its source has changed since the save";
    }

    /** Whether a record says that its bytecode was compiled from {@code content}. */
    static boolean isProven(PycRecord pyc, Sha256 content) {
        return !pyc.verdict().isRefutedByCompiling() && (content.equals(pyc.provenFor()) || pyc.isProvenFor(content));
    }

    /** Whether some interpreter may load the pyc beside the present source. Doubtful cases count as loaded. */
    private static boolean mayBeLoaded(PycRecord old, SourceRecord source) {
        Kind kind = old.verdict().kind();
        if (kind == Kind.FOREIGN || kind == Kind.MALFORMED) {
            return false; // rejected for its magic or its flags, whatever the source is
        }
        @Nullable FileStamp stamp = source.stamp();
        return stamp == null
                || !(PycDigest.header(old) instanceof PycHeader.Timestamped header)
                || (mayMatchTime(header, stamp) && mayMatchSize(header, stamp));
    }

    /** Whether a header's mtime matches a source's mtime by the rounding of any version. */
    private static boolean mayMatchTime(PycHeader.Timestamped header, FileStamp stamp) {
        return new SourceMtime(stamp.mtimeSeconds()).matchesLow32(header.mtime())
                || SourceMtime.truncated(stamp.mtimeSeconds(), stamp.mtimeNanos())
                        .matchesLow32(header.mtime());
    }

    private static boolean mayMatchSize(PycHeader.Timestamped header, FileStamp stamp) {
        return header.layout() == HeaderLayout.MTIME || header.size() == (int) stamp.size();
    }
}
