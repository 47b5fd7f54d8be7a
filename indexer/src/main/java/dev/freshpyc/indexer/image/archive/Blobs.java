package dev.freshpyc.indexer.image.archive;

import dev.freshpyc.core.image.BadArchiveException;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.indexer.image.archive.Blob.Document;
import java.io.IOException;
import java.util.Optional;

/** The parts of an image by their names. */
interface Blobs {

    /** The part of that name; empty where there is none. Names come from documents of the image, so they may be anything. */
    Optional<Blob> find(String name) throws IOException;

    /** The document of that name; empty where there is no part of that name. */
    default Optional<Document> document(String name) throws IOException {
        Optional<Blob> found = resolved(name);
        return found.isEmpty()
                ? Optional.empty()
                : switch (found.get()) {
                    case Document document -> Optional.of(document);
                    case Blob.Unusable(String why) ->
                        throw new BadArchiveException("has a part that " + why + ": " + shown(name));
                    case Blob.OfLayer _, Blob.Alias _ ->
                        throw new BadArchiveException("has something else in place of a document: " + shown(name));
                };
    }

    /** The layer of that name. */
    default Layer layer(String name) throws IOException {
        Optional<Blob> found = resolved(name);
        if (found.isEmpty()) {
            throw new BadArchiveException("lacks a layer: " + shown(name));
        }
        return switch (found.get()) {
            case Blob.OfLayer(Layer layer) -> layer;
            case Blob.Unusable(String why) ->
                throw new BadArchiveException("has a layer that " + why + ": " + shown(name));
            case Document _, Blob.Alias _ ->
                throw new BadArchiveException("has a layer that is no tar archive: " + shown(name));
        };
    }

    /** The name of a part, an alias followed. */
    default String resolvedName(String name) throws IOException {
        return find(name).orElse(null) instanceof Blob.Alias(String target) ? target : name;
    }

    /** The part behind one alias: old versions of Docker save the second of two equal layers as a link. */
    private Optional<Blob> resolved(String name) throws IOException {
        Optional<Blob> found = find(name);
        return found.isPresent() && found.get() instanceof Blob.Alias(String target) ? find(target) : found;
    }

    private static String shown(String name) {
        return RawPath.of(name).shown();
    }
}
