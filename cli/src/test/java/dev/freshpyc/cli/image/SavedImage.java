package dev.freshpyc.cli.image;

import dev.freshpyc.core.digest.Sha256;
import dev.freshpyc.core.image.TarMember;
import dev.freshpyc.core.image.TarMember.MemberType;
import dev.freshpyc.core.image.TarWriter;
import dev.freshpyc.core.path.RawPath;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Builds an image in the format of {@code docker save}, layer by layer. */
public final class SavedImage {

    private final List<byte[]> layers = new ArrayList<>();
    private UnaryOperator<byte[]> packing = UnaryOperator.identity();

    /** Builds the tar archive of one layer. */
    public static final class LayerBuilder {

        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private final TarWriter tar = new TarWriter(bytes);

        LayerBuilder file(String name, long mtime, byte[] content) throws IOException {
            tar.begin(new TarMember(
                    RawPath.of(name),
                    MemberType.REGULAR,
                    0644,
                    0,
                    0,
                    mtime,
                    0,
                    content.length,
                    RawPath.EMPTY,
                    List.of()));
            bytes.write(content);
            tar.end(content.length);
            return this;
        }

        LayerBuilder file(String name, long mtime, String content) throws IOException {
            return file(name, mtime, content.getBytes(StandardCharsets.UTF_8));
        }

        /** Adds the files below a directory, in the order of their names, all with one mtime. */
        public LayerBuilder tree(String name, long mtime, Path directory) throws IOException {
            try (Stream<Path> files = Files.walk(directory)) {
                for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                    file(name + directory.relativize(file), mtime, Files.readAllBytes(file));
                }
            }
            return this;
        }

        private byte[] finished() throws IOException {
            tar.finish();
            return bytes.toByteArray();
        }
    }

    /** Sets how the layers are compressed in the archive. */
    SavedImage packed(UnaryOperator<byte[]> compression) {
        packing = compression;
        return this;
    }

    public SavedImage add(LayerBuilder layer) throws IOException {
        layers.add(layer.finished());
        return this;
    }

    /** Adds a layer that another program made. */
    SavedImage add(Path layer) throws IOException {
        layers.add(Files.readAllBytes(layer));
        return this;
    }

    /** Writes the archive. The list of the layers follows the layers, as in an archive of Docker. */
    public Path save(Path archive) throws IOException {
        LayerBuilder all = new LayerBuilder();
        for (int at = 0; at < layers.size(); at++) {
            all.file(at + "/VERSION", 0, "1.0").file(name(at), 0, packing.apply(layers.get(at)));
        }
        String digests = layers.stream()
                .map(layer -> "\"sha256:" + Sha256.of(Sha256.newDigest().digest(layer)) + "\"")
                .collect(Collectors.joining(","));
        String steps = IntStream.range(0, layers.size())
                .mapToObj(at -> "{\"created_by\":\"step " + at + "\"}")
                .collect(Collectors.joining(","));
        String names = IntStream.range(0, layers.size())
                .mapToObj(at -> "\"" + name(at) + "\"")
                .collect(Collectors.joining(","));
        all.file("config.json", 0, """
                {"architecture":"amd64","os":"linux","created":"2024-01-01T00:00:00Z","rootfs":{"type":"layers","diff_ids":[%s]},\
                "history":[%s]}""".formatted(digests, steps));
        all.file("manifest.json", 0, """
                [{"Config":"config.json","RepoTags":["fixture:1"],"Layers":[%s]}]""".formatted(names));
        Files.write(archive, all.finished());
        return archive;
    }

    private static String name(int layer) {
        return layer + "/layer.tar";
    }
}
