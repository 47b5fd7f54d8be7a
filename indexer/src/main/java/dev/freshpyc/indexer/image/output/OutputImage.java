package dev.freshpyc.indexer.image.output;

import dev.freshpyc.core.digest.Sha256;
import dev.freshpyc.core.path.JavaPath;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.pyc.PycHeader;
import dev.freshpyc.indexer.image.archive.Image;
import dev.freshpyc.indexer.image.archive.Json;
import dev.freshpyc.indexer.image.archive.LayerCopy;
import dev.freshpyc.indexer.image.archive.StoredLayer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/** Writes an image with one layer more. Everything else of the image stays as it is. */
public final class OutputImage {

    private static final String BLOBS = "blobs/sha256/";
    private static final String OCI = "application/vnd.oci.image.";
    private static final String DOCKER_MANIFEST = "application/vnd.docker.distribution.manifest.v2+json";
    private static final String DOCKER_LAYER = "application/vnd.docker.image.rootfs.diff.tar.gzip";

    private final Image image;
    private final ImageOutput output;

    private OutputImage(Image image, ImageOutput output) {
        this.image = image;
        this.output = output;
    }

    /**
     * Writes the image with new headers; without a further layer where there are none.
     *
     * @param input where the image was read from
     * @param target a name that ends with {@code .tar} becomes an archive, any other a directory; there is no such file yet
     * @param headers the new headers by the paths of the files in the image
     */
    public static void write(RawPath input, Image image, RawPath target, SortedMap<RawPath, PycHeader.Intact> headers)
            throws IOException {
        Path path = JavaPath.of(target);
        try (ImageOutput output = target.endsWith(".tar") ? new ArchiveOutput(path) : new DirectoryOutput(path)) {
            new OutputImage(image, output).write(input, headers);
            output.commit();
        }
    }

    private void write(RawPath input, SortedMap<RawPath, PycHeader.Intact> headers) throws IOException {
        write("oci-layout", members("imageLayoutVersion", text("1.0.0")));
        LayerCopy.run(input, image, (digest, content, size) -> output.write(BLOBS + digest, content, size));
        List<Json> layers = new ArrayList<>();
        image.storedLayers().forEach(layer -> layers.add(descriptor(layer)));
        Json config = image.config();
        if (!headers.isEmpty()) {
            try (HeaderLayer layer = HeaderLayer.of(image.tree(), headers)) {
                output.write(BLOBS + layer.digest(), layer.stream(), layer.size());
                layers.add(descriptor(layerType(), layer.digest().toString(), layer.size()));
                config = withLayer(config, layer.unpacked(), headers.size());
            }
        }
        String configDigest = write(config);
        Json manifest = manifest(configDigest, config.toBytes().length, layers);
        String manifestDigest = write(manifest);
        write("index.json", index(manifest, manifestDigest));
        if (output.isArchive()) {
            write("manifest.json", dockerList(configDigest, layers));
        }
    }

    private boolean isDocker() {
        return image.manifest().flatMap(manifest -> manifest.text("mediaType")).equals(Optional.of(DOCKER_MANIFEST));
    }

    private String layerType() {
        return isDocker() ? DOCKER_LAYER : OCI + "layer.v1.tar+gzip";
    }

    /** The configuration with the layer's digest, and with a step of the history where there is one. */
    private static Json withLayer(Json config, Sha256 unpacked, int files) {
        Map<String, Json> changed = members(config);
        Json rootfs = config.get("rootfs").orElse(new Json.Nothing());
        Map<String, Json> root = members(rootfs);
        root.put("diff_ids", appended(rootfs.items("diff_ids"), text("sha256:" + unpacked)));
        changed.put("rootfs", new Json.Members(root));
        if (config.get("history").isPresent()) {
            Map<String, Json> step = new LinkedHashMap<>();
            config.get("created").ifPresent(time -> step.put("created", time));
            step.put("created_by", text("freshpyc repair --image"));
            step.put("comment", text("new headers of bytecode files: " + files));
            changed.put("history", appended(config.items("history"), new Json.Members(step)));
        }
        return new Json.Members(changed);
    }

    private Json manifest(String config, long configSize, List<Json> layers) {
        Map<String, Json> changed = new LinkedHashMap<>();
        changed.put("schemaVersion", new Json.Digits("2"));
        changed.put("mediaType", text(OCI + "manifest.v1+json"));
        image.manifest().ifPresent(known -> changed.putAll(members(known)));
        Optional<Json> known = image.manifest().flatMap(manifest -> manifest.get("config"));
        Map<String, Json> descriptor = known.map(OutputImage::members).orElseGet(LinkedHashMap::new);
        descriptor.putIfAbsent("mediaType", text(OCI + "config.v1+json"));
        descriptor.put("digest", text("sha256:" + config));
        descriptor.put("size", new Json.Digits(Long.toString(configSize)));
        changed.put("config", new Json.Members(descriptor));
        changed.put("layers", new Json.Items(List.copyOf(layers)));
        return new Json.Members(changed);
    }

    private Json index(Json manifest, String digest) {
        Map<String, Json> descriptor = members(descriptor(
                manifest.text("mediaType").orElse(OCI + "manifest.v1+json"), digest, manifest.toBytes().length));
        Map<String, Json> annotations =
                image.annotations().map(OutputImage::members).orElseGet(LinkedHashMap::new);
        image.names().stream().findFirst().ifPresent(name -> {
            annotations.putIfAbsent("io.containerd.image.name", text(name));
            annotations.putIfAbsent(
                    "org.opencontainers.image.ref.name", text(name.substring(name.lastIndexOf(':') + 1)));
        });
        if (!annotations.isEmpty()) {
            descriptor.put("annotations", new Json.Members(annotations));
        }
        Map<String, Json> index = members(members("schemaVersion", new Json.Digits("2")));
        index.put("mediaType", text(OCI + "index.v1+json"));
        index.put("manifests", new Json.Items(List.of(new Json.Members(descriptor))));
        return new Json.Members(index);
    }

    /** What {@code docker load} reads; it takes names with a tag alone. */
    private Json dockerList(String config, List<Json> layers) {
        Map<String, Json> one = new LinkedHashMap<>();
        one.put("Config", text(BLOBS + config));
        one.put(
                "RepoTags",
                new Json.Items(image.names().stream()
                        .filter(name -> name.indexOf(':') > 0)
                        .map(OutputImage::text)
                        .toList()));
        one.put(
                "Layers",
                new Json.Items(layers.stream()
                        .map(layer ->
                                text(BLOBS + layer.text("digest").orElseThrow().substring("sha256:".length())))
                        .toList()));
        return new Json.Items(List.of(new Json.Members(one)));
    }

    private static Json descriptor(StoredLayer layer) {
        return layer.descriptor()
                .orElseGet(() -> descriptor(OCI + "layer.v1.tar" + layer.suffix(), layer.digest(), layer.size()));
    }

    private static Json descriptor(String type, String digest, long size) {
        Map<String, Json> descriptor = new LinkedHashMap<>();
        descriptor.put("mediaType", text(type));
        descriptor.put("digest", text("sha256:" + digest));
        descriptor.put("size", new Json.Digits(Long.toString(size)));
        return new Json.Members(descriptor);
    }

    /** Writes a document as a part; returns its digest. */
    private String write(Json document) throws IOException {
        String digest = Sha256.of(Sha256.newDigest().digest(document.toBytes())).toString();
        write(BLOBS + digest, document);
        return digest;
    }

    private void write(String name, Json document) throws IOException {
        byte[] bytes = document.toBytes();
        output.write(name, new ByteArrayInputStream(bytes), bytes.length);
    }

    private static Json appended(List<Json> items, Json more) {
        List<Json> all = new ArrayList<>(items);
        all.add(more);
        return new Json.Items(all);
    }

    private static Map<String, Json> members(Json json) {
        return json instanceof Json.Members(Map<String, Json> known)
                ? new LinkedHashMap<>(known)
                : new LinkedHashMap<>();
    }

    private static Json members(String name, Json value) {
        return new Json.Members(Map.of(name, value));
    }

    private static Json text(String text) {
        return new Json.Text(text);
    }
}
