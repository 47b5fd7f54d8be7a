package dev.freshpyc.indexer.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.freshpyc.core.manifest.ExpectedDigest;
import dev.freshpyc.core.manifest.Manifests;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.indexer.fs.JavaPath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The manifests that this machine's package managers keep, against the files that they installed. */
class RealManifestTest {
    private static final Path PACKAGES = Path.of("/var/lib/dpkg/info");

    @Test
    void whatDpkgInstalledIsAsItSays() throws IOException {
        Path entry = Path.of("/usr/lib/python3/dist-packages");
        assumeFalse(!Files.isDirectory(PACKAGES) || !Files.isDirectory(entry), "NOT RUN: dpkg installed no modules");
        check(entry);
    }

    @Test
    void whatPipInstalledIsAsItSays() throws IOException {
        List<Path> entries = new ArrayList<>();
        Path home = Path.of(System.getProperty("user.home"), ".pyenv/versions");
        for (Path above : List.of(Path.of("/usr/local"), home)) {
            entries.addAll(sitePackages(above));
        }
        assumeFalse(entries.isEmpty(), "NOT RUN: no site-packages with a distribution");
        for (Path entry : entries) {
            check(entry);
        }
    }

    /** Most, and not all: whoever administers a machine may have changed a file. */
    private static void check(Path entry) throws IOException {
        RawPath raw = JavaPath.toRaw(entry);
        long begun = System.nanoTime();
        Manifests manifests = ManifestReader.of(raw);
        long millis = (System.nanoTime() - begun) / 1_000_000;
        int[] counts = new int[3];
        try (Stream<Path> files = Files.walk(entry)) {
            for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
                Optional<ExpectedDigest> expected =
                        RawPath.of(file.toString()).relativeTo(raw).flatMap(manifests::expected);
                if (expected.isPresent()) {
                    byte[] digest = expected.get().algorithm().newDigest().digest(Files.readAllBytes(file));
                    counts[expected.get().matches(digest) ? 0 : 1]++;
                } else {
                    counts[2]++;
                }
            }
        }
        System.out.printf(
                "%s: %s in %d ms; %d files match, %d differ, %d not vouched for%n",
                entry, manifests.tally(), millis, counts[0], counts[1], counts[2]);
        assertThat(manifests.tally().badRows()).isZero();
        assertThat(counts[0]).isGreaterThan(20 * counts[1]);
    }

    private static List<Path> sitePackages(Path above) throws IOException {
        if (!Files.isDirectory(above)) {
            return List.of();
        }
        try (Stream<Path> found =
                Files.find(above, 5, (path, _) -> path.endsWith("site-packages") && hasDistribution(path))) {
            return found.sorted().limit(4).toList();
        }
    }

    private static boolean hasDistribution(Path entry) {
        try (Stream<Path> children = Files.list(entry)) {
            return children.anyMatch(child -> Files.isRegularFile(child.resolve("RECORD")));
        } catch (IOException unreadable) {
            return false;
        }
    }
}
