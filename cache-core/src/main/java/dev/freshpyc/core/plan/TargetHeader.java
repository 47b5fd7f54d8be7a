package dev.freshpyc.core.plan;

import dev.freshpyc.core.file.FileStamp;
import dev.freshpyc.core.pyc.HeaderLayout;
import dev.freshpyc.core.pyc.Magic;
import dev.freshpyc.core.pyc.MagicTable;
import dev.freshpyc.core.pyc.PycFormat;
import dev.freshpyc.core.pyc.PycHeader;
import dev.freshpyc.core.pyc.SourceHash;
import dev.freshpyc.core.pyc.SourceMtime;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The kind of header that a repair writes.
 *
 * @param clamp seconds since 1970: a later mtime is written as this one ({@code SOURCE_DATE_EPOCH}); empty for no limit
 */
public record TargetHeader(TargetMode mode, OptionalLong clamp) {

    private static final long MAX_UNSIGNED = 0xffffffffL;

    /**
     * The format of a pyc in an archive. The format has no hash where the reader would reject this target: the
     * zipimport of 3.7 loads a member with an unchecked hash, and rejects a member with a checked hash.
     */
    public PycFormat ofMember(Magic magic) {
        PycFormat format = PycFormat.of(null, magic);
        boolean compares =
                MagicTable.owner(magic).map(reader -> reader.atLeast(3, 8)).orElse(true);
        return compares || mode == TargetMode.UNCHECKED_HASH
                ? format
                : new PycFormat(format.layout(), format.mtimeRule(), null);
    }

    /** Why no file of that format can be loaded for a source with that stamp; null if one can. */
    @Nullable
    SkipReason obstacle(PycFormat format, FileStamp source) {
        return canHoldMtime(format, source) ? null : SkipReason.UNNAMEABLE_TIME;
    }

    /** Whether files of that format can have the wanted kind of header. */
    boolean fits(PycFormat format) {
        boolean wantsHash = mode == TargetMode.CHECKED_HASH || mode == TargetMode.UNCHECKED_HASH;
        return format.hash() != null || !wantsHash;
    }

    /**
     * Whether the header that is written for that format holds the source's hash. A format without hashes gets times, so that a
     * file that is not loaded is repaired all the same.
     */
    public boolean isHash(PycFormat format) {
        return switch (mode) {
            case AUTO, CHECKED_HASH, UNCHECKED_HASH -> format.hash() != null;
            case TIMESTAMP, ZERO_MTIME -> false;
        };
    }

    /**
     * Whether a header of that format can hold the source's mtime: older interpreters compare the whole mtime, or reject
     * a field whose highest bit is set.
     */
    private boolean canHoldMtime(PycFormat format, FileStamp source) {
        if (isHash(format)) {
            return true;
        }
        long seconds = seconds(format, source);
        return switch (format.mtimeRule()) {
            case TRUNCATED_LOW_32 -> true;
            case TRUNCATED_WHOLE -> seconds >= 0 && seconds <= MAX_UNSIGNED;
            case SECONDS_NON_NEGATIVE -> (int) seconds >= 0;
        };
    }

    /** Whether a header is already the wanted one, given that the bytecode is the source's. */
    public boolean isMet(PycHeader header, PycFormat format, FileStamp source, boolean hashMatches) {
        return switch (header) {
            case PycHeader.Hashed hashed -> isHash(format) && hashMatches && hashed.checkSource() == checksSource();
            case PycHeader.Timestamped stamped -> !isHash(format) && stamped.equals(timestamp(stamped, format, source));
            case PycHeader.Cut _, PycHeader.BadFlags _ -> false;
        };
    }

    /** The wanted timestamp header for a source with that stamp. */
    public PycHeader.Intact withTimes(Magic magic, PycFormat format, FileStamp source) {
        HeaderLayout layout = format.layout();
        int size = layout == HeaderLayout.MTIME ? 0 : (int) source.size();
        return new PycHeader.Timestamped(magic, layout, 0, mtime(format, source), size);
    }

    /** The wanted hash header for a source with that hash. */
    public PycHeader.Intact withHash(Magic magic, SourceHash hash) {
        return new PycHeader.Hashed(magic, checksSource(), hash);
    }

    /**
     * The mtime that the header will hold, in seconds since 1970. The source is set to it where source times are changed
     * too.
     */
    public long sourceMtime(FileStamp source) {
        long seconds = mode == TargetMode.ZERO_MTIME ? 0 : source.mtimeSeconds();
        return clamp.isPresent() ? Math.min(seconds, clamp.getAsLong()) : seconds;
    }

    private boolean checksSource() {
        return mode != TargetMode.UNCHECKED_HASH;
    }

    private PycHeader.Intact timestamp(PycHeader.Timestamped present, PycFormat format, FileStamp source) {
        return withTimes(present.magic(), format, source);
    }

    /** The mtime as the format's interpreter reads it, cut to the 32 bits of the header. */
    private int mtime(PycFormat format, FileStamp source) {
        return (int) seconds(format, source);
    }

    private long seconds(PycFormat format, FileStamp source) {
        long seconds = sourceMtime(source);
        if (seconds != source.mtimeSeconds() || format.mtimeRule() == PycFormat.MtimeRule.SECONDS_NON_NEGATIVE) {
            return seconds;
        }
        return SourceMtime.truncated(source.mtimeSeconds(), source.mtimeNanos()).seconds();
    }
}
