package dev.freshpyc.indexer.image;

import dev.freshpyc.core.file.UnixUser;
import dev.freshpyc.core.image.TarMember.MemberType;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.indexer.image.ImageTree.Found;
import dev.freshpyc.indexer.manifest.ManifestFiles;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Optional;

/** The files of an image, among which the manifests of its package managers are. */
public record ImageManifestFiles(ImageTree tree) implements ManifestFiles {

    private static final int OTHERS_WRITE = 0002;

    @Override
    public Optional<RawPath> real(RawPath path) {
        return tree.real(path);
    }

    @Override
    public boolean exists(RawPath path) {
        return named(path).isPresent();
    }

    @Override
    public boolean isDirectory(RawPath path) {
        return named(path).filter(ImageFile::isDirectory).isPresent();
    }

    @Override
    public Optional<List<RawPath>> list(RawPath directory, String ending) {
        return tree.directory(directory)
                .map(ImageDirectory.class::cast)
                .map(found -> found.children().keySet().stream()
                        .filter(name -> name.endsWith(ending))
                        .sorted()
                        .toList());
    }

    @Override
    public boolean isTrusted(RawPath directory, RawPath below) {
        Optional<ImageFile> above = tree.directory(directory);
        Optional<ImageFile> inside = tree.find(below);
        return above.isPresent()
                && inside.isPresent()
                && (above.get().user() == inside.get().user() || above.get().user() == UnixUser.ROOT)
                && (above.get().mode() & OTHERS_WRITE) == 0;
    }

    @Override
    public Optional<OpenManifest> open(RawPath file, long most) throws NoSuchFileException {
        ImageFile named = named(file).orElseThrow(() -> new NoSuchFileException(file.shown()));
        return Optional.of(named)
                .filter(found -> found.type() == MemberType.REGULAR || found.type() == MemberType.HARD_LINK)
                .filter(found -> found.content() != ImageFile.NO_CONTENT && found.size() <= most)
                .map(found -> new StoredManifest(tree, found));
    }

    /** The file of a name, which is a link where the name is one. */
    private Optional<ImageFile> named(RawPath path) {
        return tree.resolve(tree.root(), path, false) instanceof Found.File found
                ? Optional.of(found.file())
                : Optional.empty();
    }

    private record StoredManifest(ImageTree tree, ImageFile file) implements OpenManifest {

        @Override
        public long size() {
            return file.size();
        }

        @Override
        public int read(long position, byte[] into, int offset, int length) throws IOException {
            long left = file.size() - position;
            return left <= 0
                    ? 0
                    : tree.contents().read(file.content() + position, into, offset, (int) Math.min(length, left));
        }

        @Override
        public void close() {}
    }
}
