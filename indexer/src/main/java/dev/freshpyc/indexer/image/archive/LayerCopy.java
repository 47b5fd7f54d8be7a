package dev.freshpyc.indexer.image.archive;

import dev.freshpyc.core.digest.Sha256;
import dev.freshpyc.core.image.BadArchiveException;
import dev.freshpyc.core.image.TarMember;
import dev.freshpyc.core.image.TarReader;
import dev.freshpyc.core.path.JavaPath;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.indexer.fs.CanonicalPath;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.DigestInputStream;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** Hands out the layers of an image as they are stored, in a second pass over it. */
public final class LayerCopy {

    private final Set<String> wanted = new HashSet<>();
    private final Sink sink;

    /** Takes one layer. */
    @FunctionalInterface
    public interface Sink {
        /** Reads the layer to its end; {@code digest} is what it should have, in hexadecimal digits. */
        void accept(String digest, InputStream content, long size) throws IOException;
    }

    private LayerCopy(Image image, Sink sink) {
        image.storedLayers().forEach(layer -> wanted.add(layer.digest()));
        this.sink = sink;
    }

    /**
     * Hands out each layer once.
     *
     * @throws BadArchiveException when the image has changed since it was read
     */
    public static void run(RawPath path, Image image, Sink sink) throws IOException {
        LayerCopy copy = new LayerCopy(image, sink);
        if (CanonicalPath.isDirectory(path)) {
            copy.ofDirectory(path, image);
        } else {
            copy.ofArchive(path, image);
        }
        if (!copy.wanted.isEmpty()) {
            throw new BadArchiveException("changed while it was read");
        }
    }

    private void ofDirectory(RawPath path, Image image) throws IOException {
        for (StoredLayer layer : image.storedLayers()) {
            Path file = JavaPath.of(path.resolve(layer.name()));
            if (wanted.remove(layer.digest())) {
                try (InputStream in = Files.newInputStream(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
                    copy(layer, in, Files.size(file));
                }
            }
        }
    }

    private void ofArchive(RawPath path, Image image) throws IOException {
        try (InputStream in = Files.newInputStream(JavaPath.of(path))) {
            TarReader tar =
                    new TarReader(new BufferedInputStream(new UnpackingStream(in, new Budget(ArchiveLimits.DEFAULT))));
            Optional<TarMember> member = tar.next();
            while (member.isPresent()) {
                String name = ArchiveBlobs.name(member.get().name());
                Optional<StoredLayer> layer = image.storedLayers().stream()
                        .filter(one ->
                                ArchiveBlobs.name(RawPath.of(one.name())).equals(name) && wanted.contains(one.digest()))
                        .findFirst();
                if (layer.isPresent() && member.get().type() == TarMember.MemberType.REGULAR) {
                    wanted.remove(layer.get().digest());
                    copy(layer.get(), tar.content(), member.get().size());
                }
                member = tar.next();
            }
        }
    }

    private void copy(StoredLayer layer, InputStream in, long size) throws IOException {
        DigestInputStream digested = new DigestInputStream(in, Sha256.newDigest());
        sink.accept(layer.digest(), digested, size);
        String found = Sha256.of(digested.getMessageDigest().digest()).toString();
        if (!found.equals(layer.digest())) {
            throw new BadArchiveException("changed while it was read");
        }
    }
}
