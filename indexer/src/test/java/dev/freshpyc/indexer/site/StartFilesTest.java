package dev.freshpyc.indexer.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.pyc.PythonVersion;
import dev.freshpyc.indexer.site.PathFinding.Oddity;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The rules of CPython 3.15 for {@code .pth} and {@code .start} files, as in PEP 829 and {@code site.py}. */
class StartFilesTest {

    private static final SiteFiles FILES = new HostSiteFiles(Optional.empty());

    @TempDir
    private Path site = Path.of("");

    @BeforeEach
    void resolve() throws IOException {
        site = site.toRealPath();
        Files.createDirectories(site.resolve("sub"));
        Files.createDirectories(site.resolve("other"));
    }

    @Test
    void theSourceOfSiteDecidesWhetherStartFilesAreKnown() {
        byte[] source = "names with \".start\" and not name.startswith(\".\")".getBytes(StandardCharsets.UTF_8);
        assertThat(SiteRules.of(PythonVersion.cpython(3, 14), Optional.of(source))
                        .startFiles())
                .isTrue();
        assertThat(SiteRules.of(PythonVersion.cpython(3, 15), Optional.empty()).startFiles())
                .isTrue();
        assertThat(SiteRules.of(PythonVersion.cpython(3, 14), Optional.empty()).startFiles())
                .isFalse();
    }

    @Test
    void linesAreStrippedOnBothSides() throws IOException {
        Files.writeString(site.resolve("a.pth"), "  sub  \n   # no\n\t import os\n");

        assertThat(path(3, 15).entries()).containsExactly(at(""), at("sub"));
        assertThat(path(3, 15).findings())
                .containsExactly(new PathFinding(Oddity.IMPORT_LINE, at("a.pth"), 3, RawPath.of("import os")));
        assertThat(path(3, 14).entries()).containsExactly(at(""));
    }

    @Test
    void evenAnEmptyStartFileSuppressesTheImportLinesOfItsPthFile() throws IOException {
        Files.writeString(site.resolve("a.pth"), "import os\nsub\n");
        Files.writeString(site.resolve("b.pth"), "import os\n");
        Files.writeString(site.resolve("a.start"), "");

        assertThat(path(3, 15).findings())
                .extracting(PathFinding::kind, PathFinding::file)
                .containsExactly(tuple(Oddity.SUPPRESSED_IMPORT, at("a.pth")), tuple(Oddity.IMPORT_LINE, at("b.pth")));
        assertThat(path(3, 14).findings()).extracting(PathFinding::kind).containsOnly(Oddity.IMPORT_LINE);
        assertThat(path(3, 15).entries()).contains(at("sub"));
    }

    @Test
    void entriesOfStartFilesAreReportedAndNeverAddedToThePath() throws IOException {
        Files.writeString(site.resolve("a.start"), "# no\n\n pkg.mod:start \nsub\n");
        Files.writeString(site.resolve(".hidden.start"), "evil:run\n");

        assertThat(path(3, 15).entries()).containsExactly(at(""));
        assertThat(path(3, 15).findings())
                .containsExactly(
                        new PathFinding(Oddity.START_ENTRY, at("a.start"), 3, RawPath.of("pkg.mod:start")),
                        new PathFinding(Oddity.START_ENTRY, at("a.start"), 4, RawPath.of("sub")));
        assertThat(path(3, 14).findings()).isEmpty();
    }

    @Test
    void aBadLineDoesNotEndItsFile() throws IOException {
        Files.writeString(site.resolve("a.pth"), "su\0b\nsub\n");

        assertThat(path(3, 15).entries()).containsExactly(at(""), at("sub"));
        assertThat(path(3, 7).entries()).containsExactly(at(""));
        assertThat(path(3, 7).findings()).extracting(PathFinding::kind).containsExactly(Oddity.BAD_LINE);
    }

    @Test
    void aMissingDirectoryIsReportedOnceForAllFiles() throws IOException {
        Files.writeString(site.resolve("a.pth"), "missing\nmissing\n");
        Files.writeString(site.resolve("b.pth"), "missing\n");

        assertThat(path(3, 15).findings()).extracting(PathFinding::kind).containsExactly(Oddity.DANGLING);
        assertThat(path(3, 14).findings()).hasSize(3);
    }

    private SitePath path(int major, int minor) {
        SiteRules rules = SiteRules.of(PythonVersion.cpython(major, minor), Optional.empty());
        SitePath path = new SitePath(FILES, rules, List.of());
        path.addSite(RawPath.of(site.toString()));
        return path;
    }

    private RawPath at(String name) {
        return name.isEmpty()
                ? RawPath.of(site.toString())
                : RawPath.of(site.resolve(name).toString());
    }
}
