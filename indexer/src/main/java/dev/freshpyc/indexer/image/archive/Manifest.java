package dev.freshpyc.indexer.image.archive;

import dev.freshpyc.core.digest.Sha256;
import dev.freshpyc.core.image.BadArchiveException;
import dev.freshpyc.core.path.RawPath;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The parts of one image.
 *
 * @param document the OCI manifest, or that of Docker's registry; empty for an image in the format of {@code docker save}
 * @param annotations what the index says of the image, such as its name
 * @param names the names and tags of the image
 * @param config the configuration: of the container, and the digests of the unpacked layers
 * @param layers the names of the layers among the parts, the lowest first
 */
record Manifest(
        Optional<Json> document,
        Optional<Json> annotations,
        List<String> names,
        Json config,
        List<ManifestPart> layers) {

    /**
     * A layer of the manifest.
     *
     * @param digest what the manifest says; empty where it says none
     * @param descriptor what the manifest says of the layer; empty where it only names it
     */
    record ManifestPart(String name, Optional<String> digest, Optional<Json> descriptor) {}

    private static final String INDEX = "index.json";
    private static final String DOCKER = "manifest.json";

    /** The one image of an archive or a layout. */
    static Manifest of(Blobs blobs) throws IOException {
        Optional<Blob.Document> index = blobs.document(INDEX);
        if (index.isPresent()) {
            return OciIndex.image(blobs, index.get().json());
        }
        Optional<Blob.Document> docker = blobs.document(DOCKER);
        if (docker.isPresent()) {
            return ofDocker(blobs, docker.get().json());
        }
        throw new BadArchiveException(
                "is neither an OCI image layout nor what docker save writes: it has no " + INDEX + " and no " + DOCKER);
    }

    private static Manifest ofDocker(Blobs blobs, Json list) throws IOException {
        List<Json> images = list instanceof Json.Items items ? items.items() : List.of();
        if (images.size() != 1) {
            throw new BadArchiveException("holds " + images.size() + " images"
                    + named(images.stream()
                            .flatMap(image -> names(image).stream())
                            .toList()) + ": save one alone");
        }
        Json image = images.getFirst();
        String config = image.text("Config").orElseThrow(() -> lacks("Config"));
        List<ManifestPart> layers = new ArrayList<>();
        for (Json layer : image.items("Layers")) {
            if (!(layer instanceof Json.Text text)) {
                throw lacks("Layers");
            }
            layers.add(new ManifestPart(text.text(), Optional.empty(), Optional.empty()));
        }
        Json document = blobs.document(config)
                .orElseThrow(() -> new BadArchiveException("lacks its configuration " + shown(config)))
                .json();
        return new Manifest(Optional.empty(), Optional.empty(), names(image), document, layers);
    }

    private static List<String> names(Json image) {
        return image.items("RepoTags").stream()
                .flatMap(tag -> tag instanceof Json.Text text ? Stream.of(text.text()) : Stream.empty())
                .toList();
    }

    static String named(List<String> names) {
        return names.isEmpty()
                ? ""
                : " (" + String.join(", ", names.stream().map(Manifest::shown).toList()) + ")";
    }

    /** The digests of the unpacked layers, as the configuration says. */
    List<String> unpackedDigests() {
        return config.get("rootfs").map(rootfs -> rootfs.items("diff_ids")).orElse(List.of()).stream()
                .map(digest -> digest instanceof Json.Text text ? text.text() : "")
                .toList();
    }

    /** The commands that made the layers, the lowest first; fewer or more than the layers where the history is not complete. */
    List<String> commands() {
        return config.items("history").stream()
                .filter(step -> !(step.get("empty_layer").orElse(new Json.Nothing()) instanceof Json.Bool empty
                        && empty.value()))
                .map(step -> step.text("created_by").orElse(""))
                .toList();
    }

    /** Checks that a layer is the one of the manifest and of the configuration. */
    void check(int position, Layer layer) throws BadArchiveException {
        ManifestPart part = layers.get(position);
        require(part.digest(), layer.digest(), part.name());
        List<String> unpacked = unpackedDigests();
        if (unpacked.size() != layers.size()) {
            throw new BadArchiveException(
                    "has a configuration with " + unpacked.size() + " layers and a manifest with " + layers.size());
        }
        require(Optional.of(unpacked.get(position)), layer.unpacked(), part.name());
    }

    private static void require(Optional<String> stated, Sha256 found, String name) throws BadArchiveException {
        if (stated.isPresent() && !stated.get().equals("sha256:" + found)) {
            throw new BadArchiveException("has a layer with another digest than it says: " + shown(name));
        }
    }

    static BadArchiveException lacks(String member) {
        return new BadArchiveException("has a manifest without " + member);
    }

    static String shown(String text) {
        return RawPath.of(text).shown();
    }
}
