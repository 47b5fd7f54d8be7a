package dev.freshpyc.indexer.image.archive;

import dev.freshpyc.core.image.BadArchiveException;
import dev.freshpyc.core.path.JavaPath;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.indexer.fs.CanonicalPath;
import dev.freshpyc.indexer.image.ContentStore;
import dev.freshpyc.indexer.image.ImageMerge;
import dev.freshpyc.indexer.image.ImageTree;
import dev.freshpyc.indexer.image.archive.MemberCodec.StoredMember;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** An image that was read: its layers, and the files after all of them. */
public final class Image implements AutoCloseable {

    private static final int BUFFER = 64 * 1024;

    private final ContentStore contents;
    private final ImageTree tree;
    private final List<ImageLayer> layers;
    private final List<StoredLayer> stored;
    private final Manifest manifest;

    private Image(
            ContentStore contents,
            ImageTree tree,
            List<ImageLayer> layers,
            List<StoredLayer> stored,
            Manifest manifest) {
        this.contents = contents;
        this.tree = tree;
        this.layers = List.copyOf(layers);
        this.stored = List.copyOf(stored);
        this.manifest = manifest;
    }

    /**
     * Reads the image in a file or a directory.
     *
     * @throws BadArchiveException when there is no image, or a bound is passed
     */
    public static Image read(RawPath path, ArchiveLimits limits) throws IOException {
        if (CanonicalPath.isDirectory(path)) {
            return read((reader, _) -> new DirectoryBlobs(path, reader), limits);
        }
        try (InputStream in = Files.newInputStream(JavaPath.of(path))) {
            return read(in, limits);
        }
    }

    /** Reads the image in an archive, once from its beginning to its end. */
    public static Image read(InputStream archive, ArchiveLimits limits) throws IOException {
        return read((reader, budget) -> ArchiveBlobs.read(archive, reader, budget), limits);
    }

    /** Opens the parts of an image. */
    @FunctionalInterface
    private interface BlobsOpener {
        Blobs open(BlobReader reader, Budget budget) throws IOException;
    }

    private static Image read(BlobsOpener opener, ArchiveLimits limits) throws IOException {
        Budget budget = new Budget(limits);
        ContentStore contents = ContentStore.temporary(limits.kept(), "Python's files");
        try (ContentStore names = ContentStore.temporary(limits.kept(), "names")) {
            Blobs blobs = opener.open(new BlobReader(new LayerReader(budget, names, contents)), budget);
            Manifest manifest = Manifest.of(blobs);
            if (manifest.layers().size() > ArchiveLimits.MAX_LAYERS) {
                throw new BadArchiveException("has more than " + ArchiveLimits.MAX_LAYERS + " layers");
            }
            ImageMerge merge = new ImageMerge(contents);
            List<ImageLayer> layers = merge(blobs, manifest, names, merge);
            return new Image(contents, merge.tree(), layers, stored(blobs, manifest), manifest);
        } catch (IOException | RuntimeException | Error failed) {
            contents.close();
            throw failed;
        }
    }

    private static List<StoredLayer> stored(Blobs blobs, Manifest manifest) throws IOException {
        List<StoredLayer> stored = new ArrayList<>();
        for (Manifest.ManifestPart part : manifest.layers()) {
            Layer layer = blobs.layer(part.name());
            stored.add(new StoredLayer(
                    blobs.resolvedName(part.name()),
                    layer.digest().toString(),
                    layer.size(),
                    layer.suffix(),
                    part.descriptor()));
        }
        return stored;
    }

    private static List<ImageLayer> merge(Blobs blobs, Manifest manifest, ContentStore names, ImageMerge merge)
            throws IOException {
        List<String> commands = manifest.commands();
        boolean told = commands.size() == manifest.layers().size();
        List<ImageLayer> layers = new ArrayList<>();
        for (int at = 0; at < manifest.layers().size(); at++) {
            Layer layer = blobs.layer(manifest.layers().get(at).name());
            manifest.check(at, layer);
            merge.beginLayer();
            try {
                merge(layer, names, merge);
            } catch (BadArchiveException bad) {
                throw new BadArchiveException("layer " + (at + 1) + " " + bad.getMessage());
            }
            layers.add(new ImageLayer(at + 1, "sha256:" + layer.digest(), told ? commands.get(at) : ""));
        }
        return layers;
    }

    private static void merge(Layer layer, ContentStore names, ImageMerge merge) throws IOException {
        InputStream part = names.stream(layer.from(), layer.to());
        DataInputStream in = new DataInputStream(new BufferedInputStream(part, BUFFER));
        long left = layer.members();
        while (left-- > 0) {
            StoredMember stored = MemberCodec.read(in);
            merge.apply(stored.member(), stored.content(), stored.kept());
        }
    }

    /** The files of the image. */
    public ImageTree tree() {
        return tree;
    }

    /** The layers, the lowest first. */
    public List<ImageLayer> layers() {
        return layers;
    }

    /** The layers as the image stores them, the lowest first; a layer that the image has twice is listed twice. */
    public List<StoredLayer> storedLayers() {
        return stored;
    }

    /** The manifest; empty for an image in the format of {@code docker save}. */
    public Optional<Json> manifest() {
        return manifest.document();
    }

    /** The annotations that the index has for the image; empty if there are none. */
    public Optional<Json> annotations() {
        return manifest.annotations();
    }

    /** The configuration. */
    public Json config() {
        return manifest.config();
    }

    /** The names of the image, with their tags where it has some. */
    public List<String> names() {
        return manifest.names();
    }

    @Override
    public void close() {
        contents.close();
    }
}
