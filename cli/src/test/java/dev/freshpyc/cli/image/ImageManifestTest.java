package dev.freshpyc.cli.image;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshpyc.cli.CommandLineRun;
import dev.freshpyc.cli.image.SavedImage.LayerBuilder;
import dev.freshpyc.cli.repair.Shell;
import dev.freshpyc.core.digest.Sha256;
import dev.freshpyc.core.manifest.DigestAlgorithm;
import dev.freshpyc.core.manifest.Manifests;
import dev.freshpyc.core.manifest.WantedFiles;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.indexer.image.ImageManifestFiles;
import dev.freshpyc.indexer.image.archive.ArchiveLimits;
import dev.freshpyc.indexer.image.archive.Image;
import dev.freshpyc.indexer.manifest.ManifestReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * The manifests in an image prove or contradict its files, as the manifests of a directory do: a wheel's RECORD, dpkg's
 * md5sums and RPM's database. In these images all mtimes are lost, and the bytecode of {@code b} is compiled from other
 * code, so that only a manifest can prove {@code b}.
 */
@EnabledOnOs(OS.LINUX)
class ImageManifestTest {

    private static final String SITE = "usr/lib/python3/dist-packages/";
    private static final String RPM_SITE = "usr/lib/python3.11/site-packages";
    private static final String RPM_DATABASE = "usr/lib/sysimage/rpm/rpmdb.sqlite";
    private static final long OLD = 1_600_000_000;
    private static final long NEW = 1_700_000_000;

    @TempDir
    private Path directory = Path.of("");

    private Path compiled = Path.of("");

    @BeforeEach
    void compileModules() throws IOException {
        directory = directory.toRealPath();
        compiled = CompiledModules.make(directory.resolve("compiled"), OLD, "a", "b");
        Files.writeString(compiled.resolve("b.py"), "x = 'c'\n"); // has the size in the header of its bytecode
    }

    @Test
    void theRecordOfAWheelProvesTheListedPairs() throws IOException {
        Path image =
                save(new LayerBuilder().tree(SITE, NEW, compiled).file(SITE + "x-1.dist-info/RECORD", NEW, record()));

        assertThat(evidence(image)).containsOnly("needless manifest");
        assertRepaired(image);
    }

    @Test
    void theMd5sumsOfDpkgProveFilesOfAnyLayer() throws IOException {
        Path image = save(
                new LayerBuilder().file("var/lib/dpkg/info/x.md5sums", NEW, md5sums()),
                new LayerBuilder().tree(SITE, NEW, compiled));

        assertThat(evidence(image)).containsOnly("needless manifest");
        assertRepaired(image);
    }

    @Test
    void aManifestThatALaterLayerRemovesOrReplacesProvesNothing() throws IOException {
        LayerBuilder lower =
                new LayerBuilder().tree(SITE, NEW, compiled).file("var/lib/dpkg/info/x.md5sums", NEW, md5sums());
        Path removed = save(lower, new LayerBuilder().file("var/lib/dpkg/info/.wh.x.md5sums", NEW, ""));
        assertThat(evidence(removed)).containsOnly("stale header");

        lower = new LayerBuilder().tree(SITE, NEW, compiled).file("var/lib/dpkg/info/x.md5sums", NEW, md5sums());
        Path replaced = save(lower, new LayerBuilder().file("var/lib/dpkg/info/x.md5sums", NEW, "\n"));
        assertThat(evidence(replaced)).containsOnly("stale header");
    }

    @Test
    void aManifestDoesNotProveASourceOfALaterLayer() throws IOException {
        Path image = save(
                new LayerBuilder().tree(SITE, NEW, compiled).file("var/lib/dpkg/info/x.md5sums", NEW, md5sums()),
                new LayerBuilder().file(SITE + "b.py", NEW, "x = 'd'\n"));

        assertThat(evidence(image)).containsExactly("needless manifest", "stale header");
    }

    @Test
    void aManifestOverridesAMatchingHash() throws IOException {
        Path pyc = pyc("b");
        String listed = record();
        CommandLineRun.of("repair", "-q", "--index", index(), "--to", "checked-hash", "--assume-matching", compiled);
        assertThat(Files.readAllBytes(pyc)[4]).as("a checked hash").isEqualTo((byte) 3);
        LayerBuilder layer = new LayerBuilder().tree(SITE, NEW, compiled);
        Path without = save(layer);
        assertThat(repair(without, "--to", "unchecked-hash", "--dry-run").out())
                .contains("would get new headers: 2; 0 as wanted; 0 left");

        Path image =
                save(new LayerBuilder().tree(SITE, NEW, compiled).file(SITE + "x-1.dist-info/RECORD", NEW, listed));
        CommandLineRun contradicted = repair(image, "--to", "unchecked-hash", "--dry-run");

        assertThat(contradicted.out())
                .contains("would get new headers: 1; 0 as wanted; 1 left", "b." + tag() + ".pyc  left: impostor");
    }

    @Test
    void aProfileThatRequiresMoreThanAManifestComparesTheCode() throws IOException {
        Path image =
                save(new LayerBuilder().tree(SITE, NEW, compiled).file(SITE + "x-1.dist-info/RECORD", NEW, record()));

        assertThat(repair(image, "--profile", "oci", "--dry-run").out())
                .contains("would get new headers: 1; 0 as wanted; 1 left", "b." + tag() + ".pyc  left: stale");
    }

    /** One layer has the database; another layer has the log of the database and the modules. */
    @Test
    void theDatabaseOfRpmProvesThePairsOfItsPackages() throws Exception {
        LayerBuilder lower = new LayerBuilder();
        LayerBuilder upper = new LayerBuilder();
        Path system = unpackedSystem();
        lower.file(RPM_DATABASE, OLD, Files.readAllBytes(system.resolve(RPM_DATABASE)));
        Files.delete(system.resolve(RPM_DATABASE));
        Path image = save(lower, upper.tree("", OLD, system));

        requireProofsOfTheDatabase(image);
    }

    /**
     * In an ostree image, the database is a hard link to an object. The name of an object does not identify a database.
     */
    @Test
    void aLargeDatabaseAmongTheObjectsOfOstreeIsFound() throws Exception {
        Path system = unpackedSystem();
        Path object = Files.createDirectories(system.resolve("sysroot/ostree/repo/objects/0a"))
                .resolve("1b.file");
        Files.move(system.resolve(RPM_DATABASE), object);
        try (RandomAccessFile database = new RandomAccessFile(object.toFile(), "rw")) {
            database.setLength(5 << 20); // the database of an installed system has some 10 MB
        }
        Files.createLink(system.resolve(RPM_DATABASE), object);
        Files.write(object.resolveSibling("00.file"), new byte[5 << 20]); // a large file of another kind
        Path layer = directory.resolve("layer.tar");
        Shell.run("tar", "-C", system, "--mtime=@" + OLD, "-cf", layer, "sysroot", "usr");
        Path image = new SavedImage().add(layer).save(directory.resolve("image.tar"));

        requireProofsOfTheDatabase(image);
    }

    /** Unpacks the system of {@code RpmManifestTest}. */
    private Path unpackedSystem() throws IOException {
        Path system = directory.resolve("system");
        InputStream packed =
                Objects.requireNonNull(getClass().getResourceAsStream("/dev/freshpyc/cli/repair/rpm-image.zip.gz"));
        try (ZipInputStream files = new ZipInputStream(new GZIPInputStream(packed))) {
            for (ZipEntry file = files.getNextEntry(); file != null; file = files.getNextEntry()) {
                Path unpacked = system.resolve(file.getName());
                Files.createDirectories(unpacked.resolveSibling("."));
                Files.copy(files, unpacked);
            }
        }
        return system;
    }

    private static void requireProofsOfTheDatabase(Path image) {
        CommandLineRun audit =
                CommandLineRun.of("audit", "-v", "--no-index", "--image", image, "--format", "jsonl", "/" + RPM_SITE);

        assertThat(evidence(audit).filter("needless manifest"::equals)).hasSize(30);
        assertThat(evidence(audit).filter("stale header"::equals)).hasSize(2);
        assertThat(audit.err()).contains("15 manifests read");
    }

    @Test
    void aManifestAboveTheSizeLimitProvesNothing() throws IOException {
        LayerBuilder layer =
                new LayerBuilder().tree(SITE, NEW, compiled).file(SITE + "x-1.dist-info/RECORD", NEW, record());
        RawPath file = RawPath.of(save(layer).toString());
        ArchiveLimits all = ArchiveLimits.DEFAULT;
        ArchiveLimits few =
                new ArchiveLimits(all.members(), all.unpacked(), all.ratio(), all.kept(), record().length() - 1);

        assertThat(manifests(file, few)).isEqualTo(new Manifests.Tally(0, 1, 0, 0, 0));
        assertThat(manifests(file, all)).isEqualTo(new Manifests.Tally(1, 0, 4, 0, 4));
    }

    private static Manifests.Tally manifests(RawPath file, ArchiveLimits limits) throws IOException {
        try (Image image = Image.read(file, limits)) {
            return ManifestReader.of(
                            new ImageManifestFiles(image.tree()),
                            RawPath.of("/" + SITE).normalized(),
                            WantedFiles.ALL)
                    .tally();
        }
    }

    private void assertRepaired(Path image) {
        Path output = directory.resolve("repaired.tar");
        CommandLineRun run = repair(image, "--output", output);

        assertThat(run.out()).contains("2 seen; new headers: 2; 0 as wanted; 0 left");
        assertThat(CommandLineRun.of("audit", "--no-index", "--image", output, "/" + SITE)
                        .out())
                .contains("2 pycs: 2 fresh");
    }

    private Path save(LayerBuilder... layers) throws IOException {
        SavedImage image = new SavedImage();
        for (LayerBuilder layer : layers) {
            image.add(layer);
        }
        return image.save(directory.resolve("image.tar"));
    }

    private static List<String> evidence(Path image) {
        return evidence(CommandLineRun.of(
                        "audit", "-q", "--no-index", "--image", image, "--format", "jsonl", "/" + SITE))
                .toList();
    }

    private static Stream<String> evidence(CommandLineRun audit) {
        return audit.lines().stream()
                .map(line -> line.replaceFirst(".*\"verdict\":\"([^\"]+)\".*\"evidence\":\"([^\"]+)\".*", "$1 $2"));
    }

    private CommandLineRun repair(Path image, Object... more) {
        return CommandLineRun.of("repair", "--index", index(), "--image", image, "/" + SITE, more);
    }

    private Path index() {
        return directory.resolve("index");
    }

    private Path pyc(String module) {
        return compiled.resolve("__pycache__/" + module + "." + tag() + ".pyc");
    }

    private static String tag() {
        return "cpython-" + CompiledModules.PYTHON.minorVersion().replaceFirst("cpython 3\\.", "3");
    }

    private String record() throws IOException {
        StringBuilder lines = new StringBuilder();
        for (Path file : List.of(compiled.resolve("a.py"), pyc("a"), compiled.resolve("b.py"), pyc("b"))) {
            byte[] digest = Sha256.newDigest().digest(Files.readAllBytes(file));
            lines.append(compiled.relativize(file))
                    .append(",sha256=")
                    .append(Base64.getUrlEncoder().withoutPadding().encodeToString(digest))
                    .append(',')
                    .append(Files.size(file))
                    .append('\n');
        }
        return lines.toString();
    }

    private String md5sums() throws IOException {
        StringBuilder lines = new StringBuilder();
        for (Path file : List.of(compiled.resolve("a.py"), pyc("a"), compiled.resolve("b.py"), pyc("b"))) {
            byte[] digest = DigestAlgorithm.MD5.newDigest().digest(Files.readAllBytes(file));
            lines.append(HexFormat.of().formatHex(digest))
                    .append("  " + SITE)
                    .append(compiled.relativize(file))
                    .append('\n');
        }
        return lines.toString();
    }
}
