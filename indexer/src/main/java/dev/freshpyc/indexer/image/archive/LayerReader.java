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
        Unpacking unpacked = new Unpacking(in, budget);
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
        boolean kept = PythonFiles.isKept(member);
        boolean manifest = PythonFiles.isManifest(member.name());
        if (!kept || !PythonFiles.isRead(member) || (manifest && !budget.hasRoomForManifest(member.size()))) {
            return new StoredMember(member, ImageFile.NO_CONTENT, kept);
        }
        long position = contents.size();
        int read = tar.read(buffer, 0, buffer.length);
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
}
