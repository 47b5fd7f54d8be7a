package dev.freshpyc.indexer.image.archive;

import dev.freshpyc.core.image.BadArchiveException;
import dev.freshpyc.core.image.TarReader;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Tells from its first bytes what a part of an image is, and reads it. */
final class BlobReader {

    private static final int BLOCK = 512;

    private final LayerReader layers;
    private long documents;

    BlobReader(LayerReader layers) {
        this.layers = layers;
    }

    /** Reads a part of {@code size} bytes. */
    Blob read(InputStream in, long size) throws IOException {
        BufferedInputStream buffered = new BufferedInputStream(in);
        buffered.mark(BLOCK);
        byte[] first = buffered.readNBytes(BLOCK);
        buffered.reset();
        if (UnpackingStream.Compression.of(first) != UnpackingStream.Compression.OTHER || TarReader.isArchive(first)) {
            return new Blob.OfLayer(layers.read(buffered));
        }
        if (size > ArchiveLimits.MAX_DOCUMENT) {
            return new Blob.Unusable("is no archive, and too large for a document");
        }
        documents += size;
        if (documents > ArchiveLimits.MAX_DOCUMENTS) {
            throw new BadArchiveException("has more than " + ArchiveLimits.MAX_DOCUMENTS + " bytes of documents");
        }
        byte[] text = buffered.readNBytes((int) size);
        try {
            return Blob.Document.of(text);
        } catch (BadArchiveException noDocument) {
            return new Blob.Unusable("is neither an archive nor a JSON text");
        }
    }
}
