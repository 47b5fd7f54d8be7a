package dev.freshpyc.indexer.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.freshpyc.core.manifest.DigestAlgorithm;
import dev.freshpyc.core.manifest.Manifests;
import dev.freshpyc.core.manifest.WantedFiles;
import dev.freshpyc.core.path.JavaPath;
import dev.freshpyc.core.path.RawPath;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Reads the manifests of pip and dpkg from a tree of temporary files. */
class ManifestReaderTest {
    private static final RawPath SOURCE = RawPath.of("a.py");
    private static final RawPath PYC = RawPath.of("__pycache__/a.cpython-311.pyc");

    @TempDir
    Path temporary;

    private Path root = Path.of("");
    private Path entry = Path.of("");

    @BeforeEach
    void makeTree() throws IOException {
        root = Files.createDirectory(temporary.resolve("root"));
        entry = Files.createDirectories(root.resolve("usr/lib/python3"));
        Files.writeString(entry.resolve("a.py"), "a = 1\n");
        Files.createDirectory(entry.resolve("__pycache__"));
        Files.writeString(entry.resolve(PYC.toPython()), "bytecode");
    }

    @Test
    void aRecordGivesTheDigestOfEachRowThatHasADigest() throws IOException {
        record("x-1.dist-info", "a.py," + sha256("a.py") + ",6\n" + PYC + ",,\n../../bin/x,," + "\nbad row\n");

        Manifests manifests = read();
        assertThat(manifests.expected(SOURCE)).isNotEmpty();
        assertThat(manifests.expected(PYC)).isEmpty();
        assertThat(manifests.tally()).isEqualTo(new Manifests.Tally(1, 0, 3, 1, 1));
    }

    @Test
    void aRecordThatListsAPycProvesThePair() throws IOException {
        record(
                "x-1.dist-info",
                "a.py," + sha256("a.py") + ",6\n" + entry.resolve(PYC.toPython()) + "," + sha256(PYC.toPython())
                        + ",8\n");

        assertThat(proves(read(), DigestAlgorithm.SHA256)).isTrue();
        Files.writeString(entry.resolve("a.py"), "a = 2\n");
        assertThat(proves(read(), DigestAlgorithm.SHA256)).isFalse();
    }

    @Test
    void aDpkgPackageThatListsAPycProvesThePair() throws IOException {
        md5sums(
                "x.md5sums",
                md5("a.py") + "  usr/lib/python3/a.py\n" + md5(PYC.toPython()) + "  usr/lib/python3/" + PYC + "\n"
                        + md5("a.py") + "  usr/lib/other/a.py\n");

        assertThat(proves(read(), DigestAlgorithm.MD5)).isTrue();
        assertThat(read().tally()).isEqualTo(new Manifests.Tally(1, 0, 3, 0, 2));
    }

    /** {@code /lib} is a link to {@code usr/lib}, and packages name files by either path. */
    @Test
    @DisabledOnOs(OS.WINDOWS)
    void anEntryReachedThroughALinkHasItsManifests() throws IOException {
        Files.createSymbolicLink(root.resolve("lib"), Path.of("usr/lib"));
        md5sums(
                "x.md5sums",
                md5("a.py") + "  usr/lib/python3/a.py\n" + md5(PYC.toPython()) + "  lib/python3/" + PYC + "\n");

        assertThat(proves(read(root.resolve("lib/python3")), DigestAlgorithm.MD5))
                .isTrue();
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void manifestsBehindALinkAreNotRead() throws IOException {
        Path outside = Files.createDirectory(temporary.resolve("outside"));
        Files.writeString(outside.resolve("RECORD"), "a.py," + sha256("a.py") + ",6\n");
        Files.createSymbolicLink(entry.resolve("x-1.dist-info"), outside);
        Path info = Files.createDirectory(entry.resolve("y-1.dist-info"));
        Files.createSymbolicLink(info.resolve("RECORD"), outside.resolve("RECORD"));
        Files.writeString(outside.resolve("x.md5sums"), md5("a.py") + "  usr/lib/python3/a.py\n");
        Path dpkg = Files.createDirectories(root.resolve("var/lib/dpkg"));
        Files.createSymbolicLink(dpkg.resolve("info"), outside);

        assertThat(read().expected(SOURCE)).isEmpty();
        assertThat(read().tally()).isEqualTo(new Manifests.Tally(0, 3, 0, 0, 0));
    }

    @Test
    void onlyRegularFilesOfABoundedSizeAreRead() throws IOException {
        Files.createDirectories(entry.resolve("x-1.dist-info/RECORD"));
        Files.createDirectory(entry.resolve("y-1.dist-info"));
        Path large = Files.createDirectory(entry.resolve("z-1.dist-info")).resolve("RECORD");
        Files.writeString(large, "a.py," + sha256("a.py") + ",6\n");
        try (RandomAccessFile file = new RandomAccessFile(large.toFile(), "rw")) {
            file.setLength(ManifestFile.MAX_SIZE + 1);
        }

        assertThat(read().tally()).isEqualTo(new Manifests.Tally(0, 2, 0, 0, 0));
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void aFifoDoesNotBlock() throws IOException, InterruptedException {
        Path fifo = Files.createDirectory(entry.resolve("x-1.dist-info")).resolve("RECORD");
        assumeTrue(new ProcessBuilder("mkfifo", fifo.toString()).start().waitFor() == 0);

        assertTimeoutPreemptively(
                Duration.ofSeconds(20), () -> assertThat(read().tally()).isEqualTo(new Manifests.Tally(0, 1, 0, 0, 0)));
    }

    @Test
    void aMissingEntryHasNoManifests() {
        assertThat(read(root.resolve("none")).tally()).isEqualTo(new Manifests.Tally(0, 1, 0, 0, 0));
    }

    private void record(String info, String content) throws IOException {
        Files.writeString(Files.createDirectory(entry.resolve(info)).resolve("RECORD"), content);
    }

    private void md5sums(String name, String content) throws IOException {
        Files.writeString(
                Files.createDirectories(root.resolve("var/lib/dpkg/info")).resolve(name), content);
    }

    private Manifests read() {
        return read(entry);
    }

    private Manifests read(Path directory) {
        return ManifestReader.of(JavaPath.toRaw(root), JavaPath.toRaw(directory), WantedFiles.ALL);
    }

    private boolean proves(Manifests manifests, DigestAlgorithm algorithm) throws IOException {
        byte[] source = digest("a.py", algorithm);
        byte[] pyc = digest(PYC.toPython(), algorithm);
        return manifests
                .pair(SOURCE, PYC)
                .filter(pair -> pair.matches(source, pyc))
                .isPresent();
    }

    private String sha256(String name) throws IOException {
        return "sha256=" + Base64.getUrlEncoder().withoutPadding().encodeToString(digest(name, DigestAlgorithm.SHA256));
    }

    private String md5(String name) throws IOException {
        return HexFormat.of().formatHex(digest(name, DigestAlgorithm.MD5));
    }

    private byte[] digest(String name, DigestAlgorithm algorithm) throws IOException {
        return algorithm.newDigest().digest(Files.readAllBytes(entry.resolve(name)));
    }
}
