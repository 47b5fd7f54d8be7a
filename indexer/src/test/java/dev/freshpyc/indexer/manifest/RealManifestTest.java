package dev.freshpyc.indexer.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.freshpyc.core.manifest.ExpectedDigest;
import dev.freshpyc.core.manifest.Manifests;
import dev.freshpyc.core.path.JavaPath;
import dev.freshpyc.core.path.RawPath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Compares the manifests of this machine's package managers with the files that they installed. */
class RealManifestTest {
    private static final Path PACKAGES = Path.of("/var/lib/dpkg/info");

    @Test
    void filesOfDpkgMatchTheirManifests() throws IOException {
        Path entry = Path.of("/usr/lib/python3/dist-packages");
        assumeFalse(!Files.isDirectory(PACKAGES) || !Files.isDirectory(entry), "NOT RUN: dpkg installed no modules");
        assertMostFilesMatch(entry);
    }

    @Test
    void filesOfPipMatchTheirManifests() throws IOException {
        List<Path> entries = new ArrayList<>();
        Path home = Path.of(System.getProperty("user.home"), ".pyenv/versions");
        for (Path parent : List.of(Path.of("/usr/local"), home)) {
            entries.addAll(sitePackages(parent));
        }
        assumeFalse(entries.isEmpty(), "NOT RUN: no site-packages with a distribution");
        for (Path entry : entries) {
            assertMostFilesMatch(entry);
        }
    }

    /** Requires that nearly all files match; an administrator may have changed a few. */
    private static void assertMostFilesMatch(Path entry) throws IOException {
        RawPath raw = JavaPath.toRaw(entry);
        long begun = System.nanoTime();
        Manifests manifests = ManifestReader.of(raw);
        long millis = (System.nanoTime() - begun) / 1_000_000;
        int matching = 0;
        int differing = 0;
        int unlisted = 0;
        try (Stream<Path> files = Files.walk(entry)) {
            for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
                Optional<ExpectedDigest> expected =
                        RawPath.of(file.toString()).relativeTo(raw).flatMap(manifests::expected);
                if (expected.isPresent()) {
                    byte[] digest = expected.get().algorithm().newDigest().digest(Files.readAllBytes(file));
                    if (expected.get().matches(digest)) {
                        matching++;
                    } else {
                        differing++;
                    }
                } else {
                    unlisted++;
                }
            }
        }
        System.out.printf(
                "%s: %s in %d ms; %d files match, %d differ, %d are in no manifest%n",
                entry, manifests.tally(), millis, matching, differing, unlisted);
        assertThat(manifests.tally().badRows()).isZero();
        assertThat(matching).isGreaterThan(20 * differing);
    }

    private static List<Path> sitePackages(Path parent) throws IOException {
        if (!Files.isDirectory(parent)) {
            return List.of();
        }
        try (Stream<Path> found =
                Files.find(parent, 5, (path, _) -> path.endsWith("site-packages") && hasDistribution(path))) {
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
