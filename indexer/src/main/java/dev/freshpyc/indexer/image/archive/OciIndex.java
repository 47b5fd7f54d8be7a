package dev.freshpyc.indexer.image.archive;

import dev.freshpyc.core.image.BadArchiveException;
import dev.freshpyc.indexer.image.archive.Blob.Document;
import dev.freshpyc.indexer.image.archive.Manifest.ManifestPart;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Finds the image of an OCI image layout. An index may lead to further indexes: one for each platform, for example. Of the images
 * of several platforms, the one for Linux on this machine's processor is taken.
 */
final class OciIndex {

    /** How deep indexes may be nested; two levels are in use. */
    private static final int DEEPEST = 4;

    private static final int MOST_MANIFESTS = 1000;
    private static final Pattern DIGEST = Pattern.compile("sha256:[0-9a-f]{64}");

    private final Blobs blobs;
    private final List<Candidate> candidates = new ArrayList<>();
    private int looked;

    /** One image of the index. */
    private record Candidate(Json descriptor, Json manifest) {

        String platform() {
            Json platform = descriptor.get("platform").orElse(new Json.Nothing());
            return platform.text("os").orElse("?") + "/"
                    + platform.text("architecture").orElse("?");
        }

        Optional<String> name() {
            return descriptor
                    .get("annotations")
                    .flatMap(all -> all.text("io.containerd.image.name")
                            .or(() -> all.text("org.opencontainers.image.ref.name")));
        }
    }

    private OciIndex(Blobs blobs) {
        this.blobs = blobs;
    }

    static Manifest image(Blobs blobs, Json index) throws IOException {
        OciIndex search = new OciIndex(blobs);
        search.collect(index, 0);
        return search.manifest(search.chosen());
    }

    private void collect(Json index, int depth) throws IOException {
        for (Json descriptor : index.items("manifests")) {
            if (depth == DEEPEST || ++looked > MOST_MANIFESTS) {
                throw new BadArchiveException("has an index that leads to too many others");
            }
            Optional<Document> document = blobs.document(name(digest(descriptor)));
            if (document.isEmpty() || isNoImage(descriptor)) {
                continue; // a layout need not have the images of all platforms
            }
            check(descriptor, document.get());
            Json json = document.get().json();
            if (json.get("manifests").isPresent()) {
                collect(json, depth + 1);
            } else if (json.get("layers").isPresent() && json.get("config").isPresent()) {
                candidates.add(new Candidate(descriptor, json));
            }
        }
    }

    /** A builder's attestation of an image stands in the index like an image for an unknown platform. */
    private static boolean isNoImage(Json descriptor) {
        return descriptor
                .get("platform")
                .flatMap(platform -> platform.text("os"))
                .equals(Optional.of("unknown"));
    }

    private Candidate chosen() throws BadArchiveException {
        List<Candidate> here = candidates.size() <= 1
                ? candidates
                : candidates.stream()
                        .filter(one -> one.platform().equals("linux/" + processor()))
                        .toList();
        if (here.size() == 1) {
            return here.getFirst();
        }
        if (candidates.isEmpty()) {
            throw new BadArchiveException("has an index without an image");
        }
        List<String> words = candidates.stream()
                .map(one -> one.name().map(name -> name + " ").orElse("") + one.platform())
                .toList();
        throw new BadArchiveException(
                "holds " + candidates.size() + " images" + Manifest.named(words) + ": copy one alone");
    }

    private Manifest manifest(Candidate image) throws IOException {
        Json json = image.manifest();
        Json configDescriptor = json.get("config").orElseThrow(() -> Manifest.lacks("config"));
        Document config = blobs.document(name(digest(configDescriptor)))
                .orElseThrow(() -> new BadArchiveException("lacks its configuration"));
        check(configDescriptor, config);
        List<ManifestPart> layers = new ArrayList<>();
        for (Json layer : json.items("layers")) {
            String digest = digest(layer);
            layers.add(new ManifestPart(name(digest), Optional.of(digest), Optional.of(layer)));
        }
        return new Manifest(
                Optional.of(json),
                image.descriptor().get("annotations"),
                image.name().stream().toList(),
                config.json(),
                layers);
    }

    private static void check(Json descriptor, Document document) throws BadArchiveException {
        String stated = digest(descriptor);
        if (!stated.equals("sha256:" + document.digest())) {
            throw new BadArchiveException("has a document with another digest than it says: " + stated);
        }
    }

    private static String digest(Json descriptor) throws BadArchiveException {
        String digest = descriptor.text("digest").orElseThrow(() -> Manifest.lacks("digest"));
        if (!DIGEST.matcher(digest).matches()) {
            throw new BadArchiveException("names a part by something else than SHA-256: " + Manifest.shown(digest));
        }
        return digest;
    }

    private static String name(String digest) {
        return "blobs/" + digest.replace(':', '/');
    }

    private static String processor() {
        return switch (System.getProperty("os.arch").toLowerCase(Locale.ROOT)) {
            case "amd64", "x86_64" -> "amd64";
            case "aarch64" -> "arm64";
            case String other -> other;
        };
    }
}
