package dev.freshpyc.indexer.image.archive;

import dev.freshpyc.core.digest.Sha256;
import dev.freshpyc.core.image.BadArchiveException;

/** One part of an image, under its name in the archive or the layout. */
sealed interface Blob {

    /** A text in JSON. */
    record Document(Json json, Sha256 digest, long size) implements Blob {

        static Document of(byte[] text) throws BadArchiveException {
            Sha256 digest = Sha256.of(Sha256.newDigest().digest(text));
            return new Document(Json.parse(text), digest, text.length);
        }
    }

    record OfLayer(Layer layer) implements Blob {}

    /** Another name of a part. */
    record Alias(String target) implements Blob {}

    /**
     * A part that could not be read, which matters only if the image refers to it.
     *
     * @param why a predicate
     */
    record Unusable(String why) implements Blob {}
}
