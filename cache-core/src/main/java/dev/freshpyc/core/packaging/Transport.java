package dev.freshpyc.core.packaging;

import dev.freshpyc.core.file.FileStamp;
import dev.freshpyc.core.observe.Observation;
import dev.freshpyc.core.observe.Observation.PycState;
import dev.freshpyc.core.observe.Observation.SourceState;
import dev.freshpyc.core.pyc.PycHeader;
import java.time.zone.ZoneRules;
import java.util.Optional;

/**
 * A transport of a tree: a packaging with its epoch and time zone.
 *
 * @param epoch in seconds since 1970: the latest mtime that {@link Packaging#CLAMP} leaves; unused by other packagings
 * @param zone the time zone in which the tree is packed and unpacked, for archives in local time
 */
public record Transport(Packaging packaging, long epoch, ZoneRules zone) {

    /** The largest time of a ustar header: eleven octal digits. */
    private static final long MAX_USTAR = 0x1_ffff_ffffL;

    /** The latest time that an unpacked layer gets: what fits a signed 64-bit number of nanoseconds. */
    private static final long MAX_LAYER = Long.MAX_VALUE / 1_000_000_000L;

    private static final long LOW_32 = 0xffff_ffffL;

    /** In nanoseconds. */
    private static final int HALF_SECOND = 500_000_000;

    /** The word of the command line and of reports, such as {@code zip} or {@code clamp=1700000000}. */
    public String word() {
        return packaging == Packaging.CLAMP ? packaging.word() + "=" + epoch : packaging.word();
    }

    /**
     * The stamp of a source after the transport. Only its mtime is right. Empty if unpacking gives the file a new
     * mtime, or if the archive cannot hold the old one.
     */
    public Optional<FileStamp> carry(FileStamp source) {
        long seconds = source.mtimeSeconds();
        return switch (packaging) {
            case TAR, EROFS -> Optional.of(source);
            case TAR_USTAR ->
                seconds >= 0 && seconds <= MAX_USTAR ? Optional.of(withMtime(source, seconds)) : Optional.empty();
            case DOCKER_LAYER -> Optional.of(withMtime(source, unpackedFromLayer(seconds)));
            case PODMAN_LAYER ->
                Optional.of(
                        withMtime(source, unpackedFromLayer(seconds + (source.mtimeNanos() < HALF_SECOND ? 0 : 1))));
            case SQUASHFS -> Optional.of(withMtime(source, seconds & LOW_32));
            case OSTREE -> source.size() == 0 ? Optional.empty() : Optional.of(withMtime(source, 0));
            case CLAMP -> Optional.of(withMtime(source, Math.min(seconds, epoch)));
            case ZIP -> Optional.of(withMtime(source, DosTime.of(source, zone)));
            case TOUCH, GIT -> Optional.empty();
        };
    }

    private static long unpackedFromLayer(long seconds) {
        return seconds < 0 || seconds > MAX_LAYER ? 0 : seconds;
    }

    /** Whether the transport leaves the source's mtime as it is, so that no answer can change. */
    public boolean keepsMtime(FileStamp source) {
        return carry(source).filter(source::hasMtimeOf).isPresent();
    }

    /** The observation of the same files after the transport. */
    public Observation carry(Observation seen) {
        if (!(seen.source() instanceof SourceState.Present source)) {
            return seen;
        }
        FileStamp stamp = carry(source.stamp()).orElseGet(() -> withNewMtime(source.stamp(), seen.pyc()));
        return new Observation(
                seen.takenAtNanos(),
                seen.placement(),
                seen.tag(),
                new SourceState.Present(stamp, source.content()),
                seen.pyc());
    }

    /** A stamp whose mtime is not that in the header. It stands for a new mtime that is not known yet. */
    private static FileStamp withNewMtime(FileStamp source, PycState pyc) {
        return pyc instanceof PycState.Read read && read.header() instanceof PycHeader.Timestamped times
                ? withMtime(source, Integer.toUnsignedLong(times.mtime()) + 1)
                : source;
    }

    private static FileStamp withMtime(FileStamp source, long seconds) {
        return new FileStamp(
                seconds, 0, source.ctimeSeconds(), source.ctimeNanos(), source.size(), source.inode(), source.device());
    }
}
