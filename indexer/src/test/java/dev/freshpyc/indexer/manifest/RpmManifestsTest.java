package dev.freshpyc.indexer.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.freshpyc.core.manifest.DigestAlgorithm;
import dev.freshpyc.core.manifest.ExpectedDigest;
import dev.freshpyc.core.manifest.Manifests;
import dev.freshpyc.core.manifest.WantedFiles;
import dev.freshpyc.core.path.JavaPath;
import dev.freshpyc.core.path.RawPath;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Reads RPM's database from each directory where RPM keeps the database. The test database was written by RPM 4.18 and
 * has 15 packages: one package owns the source {@code split.py}, and another package owns the bytecode of this source.
 */
class RpmManifestsTest {
    private static final String SITE = "usr/lib/python3.11/site-packages";
    private static final RawPath SOURCE = RawPath.of("alpha/mod00.py");
    private static final RawPath PYC = RawPath.of("alpha/__pycache__/mod00.cpython-311.pyc");
    private static final Manifests.Tally NOTHING = new Manifests.Tally(0, 0, 0, 0, 0);
    private static final Manifests.Tally REFUSED = new Manifests.Tally(0, 1, 0, 0, 0);
    private static final Manifests.Tally ALL = new Manifests.Tally(15, 0, 76, 0, 64);

    @TempDir
    Path temporary;

    private Path root = Path.of("");

    @BeforeEach
    void makeRoot() throws IOException {
        root = Files.createDirectory(temporary.resolve("root"));
        Files.createDirectories(root.resolve(SITE));
    }

    @ParameterizedTest
    @ValueSource(strings = {"usr/lib/sysimage/rpm", "usr/share/rpm", "var/lib/rpm"})
    void eachPackageIsOneManifest(String directory) throws IOException {
        Path database = database(directory);
        Manifests manifests = read();

        assertThat(manifests.tally()).isEqualTo(ALL);
        Manifests.DigestPair pair = manifests.pair(SOURCE, PYC).orElseThrow();
        assertThat(pair.isWeak()).isFalse();
        assertThat(pair.source().manifest()).isEqualTo(JavaPath.toRaw(Path.of(database.toRealPath() + "#15")));
        assertThat(manifests.pair(RawPath.of("legacy/old0.py"), RawPath.of("legacy/__pycache__/old0.cpython-311.pyc")))
                .hasValueSatisfying(old -> assertThat(old.isWeak()).isTrue());
    }

    @Test
    void aSourceAndItsPycFromDifferentPackagesAreNoPair() throws IOException {
        database("var/lib/rpm");
        RawPath source = RawPath.of("split.py");
        RawPath pyc = RawPath.of("__pycache__/split.cpython-311.pyc");
        Manifests manifests = read();

        assertThat(manifests.expected(source)).isPresent();
        assertThat(manifests.expected(pyc)).isPresent();
        assertThat(manifests.pair(source, pyc)).isEmpty();
    }

    @Test
    void theFirstOfTwoDatabasesIsRead() throws IOException {
        database("var/lib/rpm");
        Path first = Files.createDirectories(root.resolve("usr/lib/sysimage/rpm"));
        assertThat(read().tally()).isEqualTo(ALL);

        Files.writeString(first.resolve("Packages"), "not a database");
        assertThat(read().tally()).isEqualTo(REFUSED);
    }

    @Test
    void theManifestsOfDpkgAndRpmAreBothRead() throws IOException {
        database("var/lib/rpm");
        Path info = Files.createDirectories(root.resolve("var/lib/dpkg/info"));
        Files.writeString(info.resolve("x.md5sums"), "0".repeat(32) + "  " + SITE + "/other.py\n");

        assertThat(read().tally()).isEqualTo(new Manifests.Tally(16, 0, 77, 0, 65));
        assertThat(read().expected(RawPath.of("other.py")).map(ExpectedDigest::algorithm))
                .contains(DigestAlgorithm.MD5);
        assertThat(read().pair(SOURCE, PYC)).isPresent();
    }

    /** Fedora links {@code var/lib/rpm} to the database in {@code usr/lib/sysimage/rpm}. */
    @Test
    @DisabledOnOs(OS.WINDOWS)
    void aLinkThatStaysInsideTheRootIsFollowed() throws IOException {
        database("usr/lib/sysimage/elsewhere");
        Files.createDirectories(root.resolve("var/lib"));
        Files.createSymbolicLink(root.resolve("var/lib/rpm"), Path.of("../../usr/lib/sysimage/elsewhere"));
        assertThat(read().tally()).isEqualTo(ALL);

        Files.createSymbolicLink(root.resolve("usr/lib/sysimage/rpm"), Path.of("elsewhere"));
        assertThat(read().tally()).isEqualTo(ALL);
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void anEntryReachedThroughALinkHasItsManifests() throws IOException {
        database("var/lib/rpm");
        Files.createSymbolicLink(root.resolve("lib"), Path.of("usr/lib"));

        assertThat(read(root.resolve("lib/python3.11/site-packages")).pair(SOURCE, PYC))
                .isPresent();
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void aDatabaseOutsideTheRootIsNotRead() throws IOException {
        Path outside = Files.move(database("outside"), temporary.resolve("rpmdb.sqlite"));
        Files.createDirectories(root.resolve("var/lib"));
        Files.createSymbolicLink(root.resolve("var/lib/rpm"), temporary);
        assertThat(read().tally()).isEqualTo(REFUSED);

        Files.delete(root.resolve("var/lib/rpm"));
        Files.createDirectory(root.resolve("var/lib/rpm"));
        Files.createSymbolicLink(root.resolve("var/lib/rpm/rpmdb.sqlite"), outside);
        assertThat(read().tally()).isEqualTo(REFUSED);
    }

    @Test
    void aDatabaseThatIsTooLargeIsNotRead() throws IOException {
        Path database = database("var/lib/rpm");
        lengthen(database, RpmDatabaseFile.MAX_SIZE + 1);
        assertThat(read().tally()).isEqualTo(REFUSED);

        lengthen(database, RpmDatabaseFile.MAX_SIZE);
        assertThat(read().tally()).isEqualTo(ALL);
    }

    /** Committed changes may be in the write-ahead log only: without its log, the database may be outdated. */
    @Test
    void aDatabaseWithAnUnreadableLogIsNotRead() throws IOException {
        Path log = database("var/lib/rpm").resolveSibling("rpmdb.sqlite-wal");
        Files.createFile(log);
        assertThat(read().tally()).isEqualTo(ALL);

        Files.delete(log);
        Files.createDirectory(log);
        assertThat(read().tally()).isEqualTo(REFUSED);

        Files.delete(log);
        lengthen(log, RpmDatabaseFile.MAX_LOG_SIZE + 1);
        assertThat(read().tally()).isEqualTo(REFUSED);
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void aFifoDoesNotBlock() throws IOException, InterruptedException {
        Path fifo = Files.createDirectories(root.resolve("var/lib/rpm")).resolve("Packages");
        assumeTrue(new ProcessBuilder("mkfifo", fifo.toString()).start().waitFor() == 0);

        assertTimeoutPreemptively(
                Duration.ofSeconds(20), () -> assertThat(read().tally()).isEqualTo(REFUSED));
    }

    @Test
    void aSystemWithoutRpmHasNoManifests() throws IOException {
        assertThat(read().tally()).isEqualTo(NOTHING);
        Files.createDirectories(root.resolve("var/lib/rpm"));
        assertThat(read().tally()).isEqualTo(NOTHING);
    }

    private Path database(String directory) throws IOException {
        Path database = Files.createDirectories(root.resolve(directory)).resolve("rpmdb.sqlite");
        try (InputStream packed =
                new GZIPInputStream(Objects.requireNonNull(getClass().getResourceAsStream("rpmdb.sqlite.gz")))) {
            Files.copy(packed, database);
        }
        return database;
    }

    private static void lengthen(Path path, long size) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
            file.setLength(size);
        }
    }

    private Manifests read() {
        return read(root.resolve(SITE));
    }

    private Manifests read(Path directory) {
        return ManifestReader.of(JavaPath.toRaw(root), JavaPath.toRaw(directory), WantedFiles.ALL);
    }
}
