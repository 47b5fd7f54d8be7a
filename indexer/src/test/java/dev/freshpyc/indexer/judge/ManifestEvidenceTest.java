package dev.freshpyc.indexer.judge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshpyc.core.manifest.Manifests;
import dev.freshpyc.core.manifest.WantedFiles;
import dev.freshpyc.core.path.JavaPath;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.indexer.scan.PathEntry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManifestEvidenceTest {

    private static final RawPath EXPECTED = RawPath.of("a/__pycache__/m.pyc");
    private static final RawPath OTHER = RawPath.of("b/m.pyc");

    @TempDir
    private Path temporary;

    private PathEntry entry;
    private RawPath site;

    @BeforeEach
    void makeTree() throws IOException {
        Path directory = temporary.toRealPath().resolve("site");
        Path info = Files.createDirectories(directory.resolve("x-1.dist-info"));
        String hash = ",sha256=" + "00".repeat(32) + ",1\n";
        Files.writeString(info.resolve("RECORD"), EXPECTED + hash + OTHER + hash);
        site = JavaPath.toRaw(directory);
        entry = new PathEntry.Directory(site, 0);
    }

    @Test
    void onlyTheDigestsOfExpectedFilesAreKept() {
        ManifestEvidence manifests = expecting("a");

        assertThat(manifests.listed(entry, EXPECTED)).hasSize(1);

        assertThat(tally(manifests)).isEqualTo(new Manifests.Tally(1, 0, 2, 0, 1));
    }

    @Test
    void theManifestsAreReadAgainWhenAnotherFileIsAskedFor() {
        ManifestEvidence manifests = expecting("a");

        assertThat(manifests.listed(entry, EXPECTED)).hasSize(1);
        assertThat(manifests.listed(entry, OTHER)).hasSize(1);
        assertThat(manifests.listed(entry, EXPECTED)).hasSize(1);

        assertThat(tally(manifests)).isEqualTo(new Manifests.Tally(1, 0, 2, 0, 2));
    }

    private ManifestEvidence expecting(String directory) {
        return new ManifestEvidence(Optional.of(site)).expecting(WantedFiles.in(Set.of(RawPath.of(directory))));
    }

    private Manifests.Tally tally(ManifestEvidence manifests) {
        return manifests.read().getOrDefault(site, new Manifests.Tally(0, 0, 0, 0, 0));
    }
}
