package dev.freshpyc.indexer.repair.plan;

import dev.freshpyc.core.digest.Sha256;
import dev.freshpyc.core.file.FileStamp;
import dev.freshpyc.core.pyc.HeaderLayout;
import dev.freshpyc.core.pyc.PycHeader;
import dev.freshpyc.core.record.ContentFacts;
import dev.freshpyc.core.record.HeaderBytes;
import dev.freshpyc.core.verdict.Evidence;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One bytecode file that is to be written, as it was when that was decided. */
public final class FileChange {

    private final FileLocation location;
    private final Optional<FileStamp> stamp;
    private final boolean alone;
    private final HeaderBytes oldHead;
    private final FileStamp sourceStamp;
    private final PycHeader.Intact newHead;
    private final Evidence evidence;
    private final ContentFacts learned;
    private final @Nullable Sha256 bodyDigest;
    private final byte[] bodyBegin;
    private volatile byte @Nullable [] body;
    private volatile long writtenAtNanos;

    private FileChange(
            FileLocation location,
            Optional<FileStamp> stamp,
            boolean alone,
            HeaderBytes oldHead,
            FileStamp sourceStamp,
            PycHeader.Intact newHead,
            Evidence evidence,
            ContentFacts learned,
            byte @Nullable [] body,
            @Nullable Sha256 bodyDigest) {
        this.location = location;
        this.stamp = stamp;
        this.alone = alone;
        this.oldHead = oldHead;
        this.sourceStamp = sourceStamp;
        this.newHead = newHead;
        this.evidence = evidence;
        this.learned = newHead instanceof PycHeader.Hashed hashed ? learned.withHash(hashed.hash()) : learned;
        this.body = body;
        this.writtenAtNanos = System.nanoTime();
        this.bodyDigest = bodyDigest;
        this.bodyBegin =
                body == null ? new byte[0] : Arrays.copyOf(body, Math.min(body.length, HeaderLayout.MAX_LENGTH));
    }

    /**
     * A file that keeps its body, since that is its source's.
     *
     * @param alone whether the file of that stamp is known to have no other name
     * @param learned of the file that it is
     */
    public static FileChange ofHeader(
            FileLocation location,
            FileStamp stamp,
            boolean alone,
            HeaderBytes oldHead,
            FileStamp sourceStamp,
            PycHeader.Intact newHead,
            Evidence evidence,
            ContentFacts learned) {
        byte[] replaced = Arrays.copyOf(oldHead.toBytes(), newHead.layout().length());
        return new FileChange(
                location,
                Optional.of(stamp),
                alone,
                HeaderBytes.of(replaced, replaced.length),
                sourceStamp,
                newHead,
                evidence,
                learned,
                null,
                null);
    }

    /** A file that is made anew; {@code stamp} is empty where there was none. */
    public static FileChange ofAll(
            FileLocation location,
            Optional<FileStamp> stamp,
            HeaderBytes oldHead,
            FileStamp sourceStamp,
            PycHeader.Intact newHead,
            byte[] body,
            Sha256 bodyDigest) {
        return new FileChange(
                location,
                stamp,
                false,
                oldHead,
                sourceStamp,
                newHead,
                Evidence.RECOMPILED,
                ContentFacts.NOTHING.withWhole(),
                body,
                bodyDigest);
    }

    public FileLocation location() {
        return location;
    }

    /** The old file's stamp; empty where there was none. */
    public Optional<FileStamp> stamp() {
        return stamp;
    }

    /** Whether the old file is known to have no other name, as long as it has that stamp: a name more or less sets the ctime. */
    public boolean isAlone() {
        return alone;
    }

    /** The bytes that the old file begins with and that the new header takes the place of. */
    public HeaderBytes oldHead() {
        return oldHead;
    }

    /** As it was before the source was read. */
    public FileStamp sourceStamp() {
        return sourceStamp;
    }

    public PycHeader.Intact newHead() {
        return newHead;
    }

    /** On what it rests that the body is the source's. */
    public Evidence evidence() {
        return evidence;
    }

    /** What is known of the file as it will be. */
    public ContentFacts learned() {
        return learned;
    }

    /** Whether the file is made anew and not its header alone. */
    public boolean isWhole() {
        return bodyDigest != null;
    }

    /** Whether the file is already what it is to become. */
    public boolean isMade() {
        return !isWhole() && Arrays.equals(oldHead.toBytes(), newHead.encode());
    }

    /** The new body, until it is {@linkplain #release released}. */
    public byte[] body() {
        return Objects.requireNonNull(body);
    }

    /** Of the new body; null where the old one stays. */
    @Nullable
    public Sha256 bodyDigest() {
        return bodyDigest;
    }

    /** The first bytes of the new body. */
    public byte[] bodyBegin() {
        return bodyBegin;
    }

    /** Notes when the file was written, by {@link System#nanoTime}. */
    public void written(long nanos) {
        writtenAtNanos = nanos;
    }

    /** When the file was written, or planned to be where it turned out to be right as it was. */
    public long writtenAtNanos() {
        return writtenAtNanos;
    }

    /** Forgets the new body once it is in a file: those of a whole tree are more than there is memory for. */
    public void release() {
        body = null;
    }

    /** Whether the file becomes the same as that of another change. */
    public boolean makesTheSameAs(FileChange other) {
        return newHead.equals(other.newHead) && Objects.equals(bodyDigest, other.bodyDigest);
    }
}
