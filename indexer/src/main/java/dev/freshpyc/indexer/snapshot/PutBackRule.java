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
 * Decides whether an old pyc may have its name again. After a rollback no interpreter may run wrong code where it would have run
 * or compiled the right code, so:
 *
 * <ol>
 *   <li>The source must have the content that it had at the save, or be absent now as then.
 *   <li>Bytecode that was proven to be compiled from that content may come back, whatever its header says: it is right code.
 *   <li>Other bytecode may come back where no interpreter loads it: its header does not match the source of now. What an
 *       interpreter would load on the word of a header alone is left; {@code snapshot save --prove} proves it in time.
 * </ol>
 */
final class PutBackRule {

    private PutBackRule() {}

    /**
     * Why a pyc of a snapshot is left; null where it may be put back.
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
        if (content == null) { // no source then and now: there is no other code
            return null;
        }
        if (!isProven(old, content) && mayBeLoaded(old, source)) {
            return "nothing proved at the save that it is its source's bytecode; "
                    + "'snapshot save --prove' would have, and 'freshpyc repair' compiles it anew";
        }
        return null;
    }

    /** Why the source is not that of the save; null where it is. */
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

    /** Whether a record says that its bytecode was compiled from that content. */
    static boolean isProven(PycRecord pyc, Sha256 content) {
        return !pyc.verdict().isRefutedByCompiling() && (content.equals(pyc.provenFor()) || pyc.isProvenFor(content));
    }

    /** Whether some interpreter may load the pyc beside the source of now. Doubtful cases count as loaded. */
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

    /** Versions differ in how they round the source's mtime, so a match by any of them counts. */
    private static boolean mayMatchTime(PycHeader.Timestamped header, FileStamp stamp) {
        return new SourceMtime(stamp.mtimeSeconds()).matchesLow32(header.mtime())
                || SourceMtime.truncated(stamp.mtimeSeconds(), stamp.mtimeNanos())
                        .matchesLow32(header.mtime());
    }

    private static boolean mayMatchSize(PycHeader.Timestamped header, FileStamp stamp) {
        return header.layout() == HeaderLayout.MTIME || header.size() == (int) stamp.size();
    }
}
