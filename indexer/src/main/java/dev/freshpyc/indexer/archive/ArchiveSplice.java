package dev.freshpyc.indexer.archive;

import dev.freshpyc.indexer.fs.FileContents;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/**
 * What an archive becomes when some of its members get other contents: pieces of the old file, and new bytes, in order.
 *
 * <p>Every other member keeps each byte: its data, its headers, its extra fields, its place and the gaps around it; so do the bytes before the
 * archive and its comment. Only offsets and the changed members' checksums and sizes differ. A changed member keeps its
 * name, time, attributes and method.
 */
public final class ArchiveSplice {

    private static final int SIGNATURE = 0x04034b50;
    private static final int DESCRIPTOR = 0x08074b50;
    private static final int ENCRYPTED = 1;
    private static final int HAS_DESCRIPTOR = 1 << 3;

    private final FileContents archive;
    private final RawDirectory directory;
    private final List<Piece> pieces = new ArrayList<>();
    private long kept;
    private long moved;

    private ArchiveSplice(FileContents archive, RawDirectory directory) {
        this.archive = archive;
        this.directory = directory;
    }

    /**
     * The contents of one member.
     *
     * @param bytes unpacked
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    public record NewMember(ArchiveMember member, byte[] bytes) {}

    /** A part of the new archive. */
    public sealed interface Piece {

        /** Bytes of the old archive, from that position. */
        record Kept(long from, long length) implements Piece {}

        /** New bytes. */
        @SuppressWarnings("ArrayRecordComponent") // never compared
        record Made(byte[] bytes) implements Piece {}
    }

    /**
     * The new archive.
     *
     * @throws IOException when the old one cannot be read
     * @throws SpliceException when the old one is too odd to be changed safely
     */
    public static List<Piece> of(FileContents archive, List<NewMember> contents) throws IOException, SpliceException {
        ArchiveSplice splice = new ArchiveSplice(archive, RawDirectory.read(archive));
        splice.refuseOverlaps();
        List<NewMember> inOrder = contents.stream()
                .sorted(Comparator.comparingLong(content -> content.member().headerAt()))
                .toList();
        List<RawDirectory.Member> all = splice.directory.byPosition();
        int next = 0;
        for (NewMember content : inOrder) {
            long headerAt = content.member().headerAt();
            while (next < all.size() && all.get(next).headerAt() <= headerAt) {
                splice.directory.move(all.get(next++), splice.moved);
            }
            splice.replace(content);
        }
        while (next < all.size()) {
            splice.directory.move(all.get(next++), splice.moved);
        }
        splice.keepUntil(splice.directory.at());
        splice.directory.moveDirectory(splice.moved);
        splice.pieces.add(new Piece.Made(splice.directory.bytes()));
        return splice.pieces;
    }

    /** Refuses an archive in which two members share bytes, since a change of one would change the other. */
    private void refuseOverlaps() throws IOException, SpliceException {
        long free = 0;
        for (RawDirectory.Member member : directory.byPosition()) {
            if (member.headerAt() < free) {
                throw new SpliceException("its members overlap");
            }
            byte[] header = localHeader(member);
            free = member.headerAt() + header.length + member.sizes().packed();
            if (free > directory.at()) {
                throw new SpliceException("its members overlap the central directory");
            }
        }
    }

    private void replace(NewMember content) throws IOException, SpliceException {
        RawDirectory.Member member = directory.member(content.member().index());
        byte[] header = localHeader(member);
        int flags = LittleEndian.half(header, 6);
        int method = LittleEndian.half(header, 8);
        if ((flags & ENCRYPTED) != 0) {
            throw new SpliceException("a member is encrypted");
        }
        if (method != content.member().method() || !content.member().isPlain()) {
            throw new SpliceException("a member has an unusual compression");
        }
        NumberFields central = NumberFields.central(member.recordAt());
        NumberFields local = NumberFields.local(0);
        int oldChecksum = LittleEndian.word(directory.bytes(), member.recordAt() + 16);
        MemberSizes old = member.sizes();
        CRC32 crc = new CRC32();
        crc.update(content.bytes());
        int checksum = (int) crc.getValue();
        byte[] data = method == ArchiveMember.STORED ? content.bytes() : deflated(content.bytes());
        boolean described = (flags & HAS_DESCRIPTOR) != 0;
        if (local.has(header, oldChecksum, old.packed(), old.size())) {
            local.write(header, checksum, data.length, content.bytes().length);
        } else if (!described || !local.isEmpty(header)) {
            throw new SpliceException("a member's two headers contradict each other");
        }
        central.write(directory.bytes(), checksum, data.length, content.bytes().length);
        keepUntil(member.headerAt());
        pieces.add(new Piece.Made(header));
        pieces.add(new Piece.Made(data));
        kept = member.headerAt() + header.length + old.packed();
        if (described) {
            describe(old, oldChecksum, checksum, data.length, content.bytes().length);
        }
        moved += data.length - old.packed();
    }

    /** Replaces the descriptor behind a member's data: checksum and sizes, of 4 or 8 bytes each, with or without a signature. */
    private void describe(MemberSizes old, int oldChecksum, int checksum, long packed, long size)
            throws IOException, SpliceException {
        byte[] found = read(kept, (int) Math.min(24, directory.at() - kept));
        for (boolean large : new boolean[] {false, true}) {
            for (boolean signed : new boolean[] {true, false}) {
                byte[] before = descriptor(signed, large, oldChecksum, old.packed(), old.size());
                if (found.length >= before.length && Arrays.equals(found, 0, before.length, before, 0, before.length)) {
                    pieces.add(new Piece.Made(descriptor(signed, large, checksum, packed, size)));
                    kept += before.length;
                    return;
                }
            }
        }
        throw new SpliceException("a member's sizes are not where they should be");
    }

    private static byte[] descriptor(boolean signed, boolean large, int checksum, long packed, long size) {
        byte[] bytes = new byte[(signed ? 4 : 0) + 4 + 2 * (large ? 8 : 4)];
        int at = 0;
        if (signed) {
            LittleEndian.putWord(bytes, 0, DESCRIPTOR);
            at = 4;
        }
        LittleEndian.putWord(bytes, at, checksum);
        if (large) {
            LittleEndian.putLong(bytes, at + 4, packed);
            LittleEndian.putLong(bytes, at + 12, size);
        } else {
            LittleEndian.putWord(bytes, at + 4, (int) packed);
            LittleEndian.putWord(bytes, at + 8, (int) size);
        }
        return bytes;
    }

    private void keepUntil(long position) {
        if (position > kept) {
            pieces.add(new Piece.Kept(kept, position - kept));
        }
        kept = position;
    }

    /** A member's local header with its name and its extra field. */
    private byte[] localHeader(RawDirectory.Member member) throws IOException, SpliceException {
        if (member.headerAt() < 0 || member.headerAt() + NumberFields.LOCAL_LENGTH > directory.at()) {
            throw new SpliceException("a member lies outside");
        }
        byte[] fixed = read(member.headerAt(), NumberFields.LOCAL_LENGTH);
        int length = NumberFields.local(0).length(fixed);
        if (LittleEndian.word(fixed, 0) != SIGNATURE || member.headerAt() + length > directory.at()) {
            throw new SpliceException("a member has no header");
        }
        return read(member.headerAt(), length);
    }

    private byte[] read(long position, int length) throws IOException {
        byte[] bytes = new byte[length];
        if (!archive.readFully(position, bytes, length)) {
            throw new IOException(FileContents.CUT_SHORT);
        }
        return bytes;
    }

    private static byte[] deflated(byte[] bytes) {
        Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION, true);
        try {
            deflater.setInput(bytes);
            deflater.finish();
            ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length / 2 + 64);
            byte[] block = new byte[8192];
            while (!deflater.finished()) {
                out.write(block, 0, deflater.deflate(block));
            }
            return out.toByteArray();
        } finally {
            deflater.end();
        }
    }
}
