package dev.freshpyc.cli.repair;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshpyc.cli.CommandLineRun;
import dev.freshpyc.cli.Pairs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Base64;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** An audit uses a package manager's manifest as evidence, as a repair does. */
@EnabledOnOs(OS.LINUX)
class ManifestAuditTest {

    private static final FileTime CHANGED_MTIME = FileTime.from(Instant.ofEpochSecond(1_600_000_000));

    @TempDir
    private Path directory;

    private Path lib = Path.of("");
    private Path source = Path.of("");
    private Path pyc = Path.of("");

    @BeforeEach
    void installAWheel() throws Exception {
        lib = new MatchingTree(directory.resolve("lib")).pair("pkg/m").root();
        source = lib.resolve("pkg/m.py");
        pyc = lib.resolve(Pairs.cached("pkg/m"));
        Path info = Files.createDirectories(lib.resolve("pkg-1.0.dist-info"));
        Files.writeString(info.resolve("RECORD"), row(source) + row(pyc) + "pkg-1.0.dist-info/RECORD,,\n");
        Files.setLastModifiedTime(source, CHANGED_MTIME);
    }

    @Test
    void aPairThatMatchesTheManifestIsNeedless() {
        assertThat(audit())
                .contains("\"verdict\":\"needless\",\"interpreter\":\"recompiles\",\"reason\":\"mtime\","
                        + "\"evidence\":\"manifest\"");
    }

    @Test
    void aPairWhoseBodyDiffersFromTheManifestIsStale() throws IOException {
        byte[] changed = Files.readAllBytes(pyc);
        changed[changed.length - 1]++;
        Files.write(pyc, changed);

        assertThat(audit()).contains("\"verdict\":\"stale\"").doesNotContain("manifest");
    }

    @Test
    void aPairWhoseSourceDiffersFromTheManifestIsStale() throws IOException {
        String text = Files.readString(source);
        Files.writeString(source, text.replace('x', 'y'));
        Files.setLastModifiedTime(source, CHANGED_MTIME);

        assertThat(audit()).contains("\"verdict\":\"stale\"").doesNotContain("manifest");
    }

    /** The RECORD is in the site-packages directory, above the package directory of the source. */
    @Test
    void explainFindsTheRecordAboveAPackage() {
        CommandLineRun run = CommandLineRun.of("explain", "-v", source);

        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.out()).contains("needless (mtime)").contains("manifest");
        assertThat(run.err()).contains("with digests of 2 files").contains("0 manifests could not be read");
    }

    /** Every user could write a RECORD to a world-writable directory. */
    @Test
    void aRecordInAWorldWritableDirectoryIsNotTrusted() throws Exception {
        Files.setPosixFilePermissions(lib, PosixFilePermissions.fromString("rwxrwxrwx"));

        CommandLineRun run = CommandLineRun.of("audit", "--no-index", "--format", "jsonl", lib.resolve("pkg"));

        assertThat(run.out()).contains("\"verdict\":\"stale\"").doesNotContain("manifest");
    }

    @Test
    void verboseAuditReportsUnreadableManifests() throws Exception {
        Path damaged = Files.createDirectories(lib.resolve("other-1.0.dist-info"));
        Files.createSymbolicLink(damaged.resolve("RECORD"), source);

        CommandLineRun run = CommandLineRun.of("audit", "-v", "--no-index", lib);

        assertThat(run.err())
                .contains(lib + ": ", "read, with digests of 2 files")
                .contains("1 manifest could not be read");
    }

    @Test
    void verboseAuditReportsThatNoManifestWasNeeded() throws Exception {
        Path fresh = new MatchingTree(directory.resolve("fresh")).pair("a").root();

        CommandLineRun run = CommandLineRun.of("audit", "-v", "--no-index", fresh);

        assertThat(run.err()).contains("no manifest was read");
    }

    private String audit() {
        CommandLineRun run = CommandLineRun.of("audit", "--no-index", "--format", "jsonl", lib);
        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.lines()).hasSize(1);
        return run.out();
    }

    private String row(Path file) throws IOException, NoSuchAlgorithmException {
        byte[] bytes = Files.readAllBytes(file);
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
        String encoded = Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
        return lib.relativize(file) + ",sha256=" + encoded + "," + bytes.length + "\n";
    }
}
