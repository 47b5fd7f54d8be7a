package dev.freshpyc.indexer.image.archive;

import dev.freshpyc.core.image.BadArchiveException;
import dev.freshpyc.core.image.TarMember;
import dev.freshpyc.core.image.TarReader;
import dev.freshpyc.indexer.image.ContentStore;
import dev.freshpyc.indexer.image.ImageFile;
import dev.freshpyc.indexer.image.archive.MemberCodec.StoredMember;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** Reads layers into the stores of an image: each once, from its beginning to its end. */
final class LayerReader {

    private static final int BUFFER = 64 * 1024;

    private final Budget budget;
    private final ContentStore names;
    private final ContentStore contents;
    private final byte[] buffer = new byte[BUFFER];

    LayerReader(Budget budget, ContentStore names, ContentStore contents) {
        this.budget = budget;
        this.names = names;
        this.contents = contents;
    }

    Budget budget() {
        return budget;
    }

    /** Reads a layer, compressed or not. */
    Layer read(InputStream in) throws IOException {
        UnpackingStream unpacked = new UnpackingStream(in, budget);
        long from = names.size();
        long members = 0;
        TarReader tar = new TarReader(new BufferedInputStream(unpacked, BUFFER));
        try (DataOutputStream out = new DataOutputStream(new BufferedOutputStream(names.appender(), BUFFER))) {
            Optional<TarMember> member = tar.next();
            while (member.isPresent()) {
                budget.takeMember();
                members++;
                MemberCodec.write(out, store(member.get(), tar));
                member = tar.next();
            }
        }
        unpacked.drain();
        return new Layer(
                unpacked.packedDigest(),
                unpacked.unpackedDigest(),
                members,
                from,
                names.size(),
                unpacked.suffix(),
                unpacked.packedSize());
    }

    private StoredMember store(TarMember member, TarReader tar) throws IOException {
        if (!PythonFiles.isKept(member)) {
            return new StoredMember(member, ImageFile.NO_CONTENT, false);
        }
        int read =
                PythonFiles.mayBeDatabase(member) ? tar.content().readNBytes(buffer, 0, PythonFiles.DATABASE_HEAD) : 0;
        if (!isRead(member, read)) {
            return new StoredMember(member, ImageFile.NO_CONTENT, true);
        }
        long position = contents.size();
        while (read >= 0) {
            contents.append(buffer, 0, read);
            read = tar.read(buffer, 0, buffer.length);
        }
        if (contents.size() - position != member.size()) {
            throw new BadArchiveException(
                    "ends in the middle of " + member.name().shown());
        }
        return new StoredMember(member, position, true);
    }

    /**
     * Whether the content of a member is read later, and there is room for it.
     *
     * @param head how many of its first bytes are in the buffer
     */
    private boolean isRead(TarMember member, int head) {
        boolean database = head > 0 && PythonFiles.isDatabase(buffer, head);
        boolean bounded = database || PythonFiles.isManifest(member.name());
        return (database || PythonFiles.isRead(member)) && (!bounded || budget.hasRoomForManifest(member.size()));
    }
}
