package dev.freshpyc.indexer.image.archive;

import dev.freshpyc.core.image.BadArchiveException;
import dev.freshpyc.core.image.TarMember;
import dev.freshpyc.core.image.TarReader;
import dev.freshpyc.core.path.RawPath;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The parts of an image that is one tar archive, read in one pass: the list of the layers may stand behind them. */
final class ArchiveBlobs implements Blobs {

    private static final RawPath TOP = RawPath.of("/");

    private final Map<String, Blob> blobs;

    private ArchiveBlobs(Map<String, Blob> blobs) {
        this.blobs = blobs;
    }

    /** Reads an archive, compressed or not. */
    static ArchiveBlobs read(InputStream in, BlobReader reader, Budget budget) throws IOException {
        Map<String, Blob> blobs = new HashMap<>();
        TarReader tar = new TarReader(new BufferedInputStream(new UnpackingStream(in, budget)));
        Optional<TarMember> member = tar.next();
        while (member.isPresent()) {
            budget.takeMember();
            read(member.get(), tar, reader, blobs);
            member = tar.next();
        }
        return new ArchiveBlobs(blobs);
    }

    private static void read(TarMember member, TarReader tar, BlobReader reader, Map<String, Blob> blobs)
            throws IOException {
        String name = name(member.name());
        switch (member.type()) {
            case REGULAR -> blobs.put(name, read(member, tar, reader));
            case SYMBOLIC_LINK -> {
                RawPath target = TOP.resolve(name).parent().resolve(member.link());
                blobs.put(name, new Blob.Alias(name(target.normalized())));
            }
            case HARD_LINK -> blobs.put(name, new Blob.Alias(name(member.link())));
            case DIRECTORY, OTHER -> {}
        }
    }

    private static Blob read(TarMember member, TarReader tar, BlobReader reader) throws IOException {
        try {
            return reader.read(tar.content(), member.size());
        } catch (BadArchiveException bad) {
            throw new BadArchiveException(
                    "has a part that " + bad.getMessage() + ": " + member.name().shown());
        }
    }

    /** A name without a leading slash and dots. */
    static String name(RawPath given) {
        RawPath path = TOP.resolve(given).normalized();
        return path.relativeTo(TOP).orElse(RawPath.EMPTY).toPython();
    }

    @Override
    public Optional<Blob> find(String name) {
        return Optional.ofNullable(blobs.get(name(RawPath.of(name))));
    }
}
