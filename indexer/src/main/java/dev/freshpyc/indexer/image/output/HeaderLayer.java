package dev.freshpyc.indexer.image.output;

import dev.freshpyc.core.digest.Sha256;
import dev.freshpyc.core.image.TarMember;
import dev.freshpyc.core.image.TarMember.MemberType;
import dev.freshpyc.core.image.TarWriter;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.pyc.PycHeader;
import dev.freshpyc.indexer.image.ContentStore;
import dev.freshpyc.indexer.image.ImageFile;
import dev.freshpyc.indexer.image.ImageTree;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.DigestOutputStream;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.zip.GZIPOutputStream;

/**
 * A layer that gives bytecode files of an image other headers: the files with their old bodies, permissions, owners, times and
 * attributes, and the directories above them as they are, since a layer that lacks them may give them other permissions.
 */
final class HeaderLayer implements AutoCloseable {

    private static final RawPath TOP = RawPath.of("/");

    private final ContentStore packed;
    private final Sha256 digest;
    private final Sha256 unpacked;

    private HeaderLayer(ContentStore packed, Sha256 digest, Sha256 unpacked) {
        this.packed = packed;
        this.digest = digest;
        this.unpacked = unpacked;
    }

    /**
     * Makes a layer.
     *
     * @param headers the new headers by the paths of the files: absolute, in the image, without links
     */
    static HeaderLayer of(ImageTree tree, SortedMap<RawPath, PycHeader.Intact> headers) throws IOException {
        ContentStore packed = ContentStore.temporary(Long.MAX_VALUE, "bytecode");
        try {
            DigestOutputStream outer = new DigestOutputStream(packed.appender(), Sha256.newDigest());
            DigestOutputStream inner = new DigestOutputStream(new GZIPOutputStream(outer), Sha256.newDigest());
            try (OutputStream out = new BufferedOutputStream(inner)) {
                TarWriter tar = new TarWriter(out);
                Set<RawPath> directories = new HashSet<>();
                for (Map.Entry<RawPath, PycHeader.Intact> one : headers.entrySet()) {
                    addDirectories(one.getKey().parent(), tree, tar, directories);
                    add(one.getKey(), one.getValue(), tree, tar, out);
                }
                tar.finish();
            }
            return new HeaderLayer(
                    packed,
                    Sha256.of(outer.getMessageDigest().digest()),
                    Sha256.of(inner.getMessageDigest().digest()));
        } catch (IOException | RuntimeException failed) {
            packed.close();
            throw failed;
        }
    }

    private static void addDirectories(RawPath directory, ImageTree tree, TarWriter tar, Set<RawPath> known)
            throws IOException {
        RawPath path = TOP;
        for (RawPath name : directory.names()) {
            path = path.resolve(name);
            if (known.add(path)) {
                ImageFile file = tree.find(path).orElseThrow();
                tar.begin(member(RawPath.of(path.toPython().substring(1) + "/"), file, 0));
            }
        }
    }

    private static void add(RawPath path, PycHeader.Intact header, ImageTree tree, TarWriter tar, OutputStream out)
            throws IOException {
        ImageFile file = tree.find(path).orElseThrow();
        tar.begin(member(path.relativeTo(TOP).orElseThrow(), file, file.size()));
        byte[] head = header.encode();
        out.write(head);
        byte[] part = new byte[64 * 1024];
        long at = head.length;
        while (at < file.size()) {
            int count = (int) Math.min(part.length, file.size() - at);
            if (!tree.contents().readFully(file.content() + at, part, count)) {
                throw new IOException("the temporary file of the image became shorter");
            }
            out.write(part, 0, count);
            at += count;
        }
        tar.end(file.size());
    }

    private static TarMember member(RawPath name, ImageFile file, long size) {
        return new TarMember(
                name,
                file.type() == MemberType.DIRECTORY ? MemberType.DIRECTORY : MemberType.REGULAR,
                file.mode(),
                file.user(),
                file.group(),
                file.mtimeSeconds(),
                0,
                size,
                RawPath.EMPTY,
                file.attributes());
    }

    /** SHA-256 of the layer as it is stored. */
    Sha256 digest() {
        return digest;
    }

    /** SHA-256 of the uncompressed archive. */
    Sha256 unpacked() {
        return unpacked;
    }

    long size() {
        return packed.size();
    }

    InputStream stream() {
        return packed.stream(0, packed.size());
    }

    @Override
    public void close() {
        packed.close();
    }
}
