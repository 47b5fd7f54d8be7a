package dev.freshpyc.indexer.repair.change;

import dev.freshpyc.core.digest.Sha256;
import dev.freshpyc.core.file.FileStamp;
import dev.freshpyc.core.pyc.HeaderLayout;
import dev.freshpyc.core.pyc.PycHeader;
import dev.freshpyc.core.record.ContentFacts;
import dev.freshpyc.core.record.HeaderBytes;
import dev.freshpyc.core.record.SourceRecord;
import dev.freshpyc.core.verdict.Evidence;
import java.util.Arrays;
import java.util.Optional;

/** The planned change of one pyc, with the state of the file when the change was planned. Immutable. */
public sealed interface FileChange {

    FilePlace place();

    /** The stamp of the file that is replaced; empty where there is no file. */
    Optional<FileStamp> oldStamp();

    /** The bytes at the beginning of the old file that the change replaces. */
    HeaderBytes oldHead();

    /** The source's stamp, taken before the source was read. */
    FileStamp sourceStamp();

    PycHeader.Intact newHead();

    /** The evidence that the body was compiled from the source. */
    Evidence evidence();

    /** What is known of the file's contents once the change is made. */
    ContentFacts facts();

    /** The record of the source and of this pyc before the repair: an undo restores this record as well. */
    SourceRecord prior();

    /** Whether the old file is known to have no other name while its stamp is {@link #oldStamp}: a new name sets the ctime. */
    boolean hasOneName();

    /** Whether both changes leave files of equal bytes. */
    boolean makesTheSameAs(FileChange other);

    /** A new header over the unchanged body. */
    record HeaderRewrite(
            FilePlace place,
            FileStamp stamp,
            boolean hasOneName,
            HeaderBytes oldHead,
            FileStamp sourceStamp,
            PycHeader.Intact newHead,
            Evidence evidence,
            ContentFacts facts,
            SourceRecord prior)
            implements FileChange {

        /** Keeps of {@code oldHead} the bytes that the new header replaces, and adds the header's hash to the facts. */
        public HeaderRewrite {
            byte[] replaced = Arrays.copyOf(oldHead.toBytes(), newHead.layout().length());
            oldHead = HeaderBytes.of(replaced, replaced.length);
            facts = withHash(facts, newHead);
        }

        @Override
        public Optional<FileStamp> oldStamp() {
            return Optional.of(stamp);
        }

        /** This rewrite, to another header. */
        public HeaderRewrite withHead(PycHeader.Intact head) {
            return new HeaderRewrite(place, stamp, hasOneName, oldHead, sourceStamp, head, evidence, facts, prior);
        }

        /** Whether the file already has the new header. */
        public boolean isDone() {
            return Arrays.equals(oldHead.toBytes(), newHead.encode());
        }

        @Override
        public boolean makesTheSameAs(FileChange other) {
            return other instanceof HeaderRewrite && newHead.equals(other.newHead());
        }
    }

    /**
     * A whole file, compiled from its source. The body itself is not part of the value: the bodies of a whole tree do not fit
     * into memory, so a body is dropped as soon as it is in a file.
     *
     * @param bodyDigest SHA-256 of the body
     * @param bodyBegin the first bytes of the body, at most 16
     */
    record WholeFile(
            FilePlace place,
            Optional<FileStamp> oldStamp,
            HeaderBytes oldHead,
            FileStamp sourceStamp,
            PycHeader.Intact newHead,
            Sha256 bodyDigest,
            HeaderBytes bodyBegin,
            SourceRecord prior)
            implements FileChange {

        /** A change that makes a file of that body. */
        public static WholeFile of(
                FilePlace place,
                Optional<FileStamp> oldStamp,
                HeaderBytes oldHead,
                FileStamp sourceStamp,
                PycHeader.Intact newHead,
                byte[] body,
                Sha256 bodyDigest,
                SourceRecord prior) {
            HeaderBytes begin = HeaderBytes.of(body, Math.min(body.length, HeaderLayout.MAX_LENGTH));
            return new WholeFile(place, oldStamp, oldHead, sourceStamp, newHead, bodyDigest, begin, prior);
        }

        @Override
        public Evidence evidence() {
            return Evidence.RECOMPILED;
        }

        @Override
        public ContentFacts facts() {
            return withHash(ContentFacts.NOTHING.withWhole(), newHead);
        }

        @Override
        public boolean hasOneName() {
            return false;
        }

        @Override
        public boolean makesTheSameAs(FileChange other) {
            return other instanceof WholeFile whole
                    && newHead.equals(whole.newHead)
                    && bodyDigest.equals(whole.bodyDigest);
        }
    }

    private static ContentFacts withHash(ContentFacts facts, PycHeader.Intact head) {
        return head instanceof PycHeader.Hashed hashed ? facts.withHash(hashed.hash()) : facts;
    }
}
