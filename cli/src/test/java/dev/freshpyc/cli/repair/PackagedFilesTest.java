package dev.freshpyc.cli.repair;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshpyc.cli.CommandLineRun;
import dev.freshpyc.cli.Pairs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * A repair reports the changed files whose digests stand in a package's records, since a verification of the package
 * will complain about them.
 */
@EnabledOnOs(OS.LINUX)
class PackagedFilesTest {

    private static final String SITE = "usr/lib/python3/dist-packages";
    private static final String A = Pairs.cached("pkg/a");
    private static final String B = Pairs.cached("pkg/b");

    @TempDir
    private Path directory;

    private Path site = Path.of("");

    /** Makes three modules with bytecode. Each test writes a record with the digest of one pyc. */
    @BeforeEach
    void install() throws IOException {
        site = new MatchingTree(directory.resolve("system").resolve(SITE))
                .pair("pkg/a")
                .pair("pkg/b")
                .pair("pkg/c")
                .root();
    }

    @Test
    void theRecordOfAWheelIsRead() throws Exception {
        String digest = Base64.getUrlEncoder().withoutPadding().encodeToString(digest("SHA-256", A));
        Path info = Files.createDirectories(site.resolve("pkg-1.0.dist-info"));
        Files.writeString(info.resolve("RECORD"), A + ",sha256=" + digest + ",\n" + B + ",,\n");

        requireThatAIsReported();
    }

    @Test
    void theChecksumsOfDpkgAreRead() throws Exception {
        Path info = Files.createDirectories(directory.resolve("system/var/lib/dpkg/info"));
        String sum = HexFormat.of().formatHex(digest("MD5", A));
        Files.writeString(info.resolve("python3-pkg.md5sums"), sum + "  " + SITE + "/" + A + "\n");

        requireThatAIsReported();
    }

    /** The checksum of {@code b} is that of another file, so nothing is protected by keeping {@code b}. */
    @Test
    void onlyFilesWithTheChecksumsOfDpkgAreKept() throws Exception {
        Path info = Files.createDirectories(directory.resolve("system/var/lib/dpkg/info"));
        String sum = HexFormat.of().formatHex(digest("MD5", A));
        Files.writeString(
                info.resolve("python3-pkg.md5sums"),
                sum + "  " + SITE + "/" + A + "\n" + sum + "  " + SITE + "/" + B + "\n");

        CommandLineRun run = CommandLineRun.of(
                "clean",
                "--keep-records",
                "--foreign",
                "--expect",
                "cpython-312",
                "--root",
                directory.resolve("system"),
                "--index",
                directory.resolve("index"),
                "/" + SITE);

        assertThat(run.code()).as(run.out() + run.err()).isZero();
        assertThat(run.out())
                .contains("removed: 2 files", "package records list other contents for 1 of the files", "1 file left");
        assertThat(site.resolve(A)).exists();
        assertThat(site.resolve(B)).doesNotExist();
    }

    @Test
    void aCleanReportsThePackagedFilesThatItRemoves() throws Exception {
        String digest = Base64.getUrlEncoder().withoutPadding().encodeToString(digest("SHA-256", A));
        Path info = Files.createDirectories(site.resolve("pkg-1.0.dist-info"));
        Files.writeString(info.resolve("RECORD"), A + ",sha256=" + digest + ",\n" + B + ",,\n");

        assertThat(clean("--dry-run").out())
                .contains(
                        "would be removed: 3 files",
                        "package records list 1 of the files and would no longer be true; --format json names the files");
        assertThat(clean("--dry-run", "--format", "json").out())
                .contains("\"packaged\":1,\"packaged_files\":[\"" + site.resolve(A) + "\"]");
        assertThat(clean("--format", "jsonl").lines())
                .filteredOn(line -> line.contains("\"packaged\":true"))
                .singleElement()
                .asString()
                .contains(A);
    }

    private CommandLineRun clean(String... options) {
        return CommandLineRun.of(
                "clean", "--foreign", "--expect", "cpython-312", "--index", directory.resolve("index"), site, options);
    }

    @Test
    void withoutARecordNoFileIsReported() {
        assertThat(repair("-v").out()).contains("restamped: 3").doesNotContain("record");
    }

    private void requireThatAIsReported() {
        assertThat(repair("--dry-run").out())
                .contains("the package records of 1 changed file would no longer be true; -v names the files");
        assertThat(repair("--dry-run", "--format", "jsonl").lines())
                .filteredOn(line -> line.contains("\"packaged\":true"))
                .singleElement()
                .asString()
                .contains(A);
        assertThat(repair("--dry-run", "--format", "json").out())
                .contains("\"packaged\":1,\"packaged_files\":[\"" + site.resolve(A) + "\"]");

        CommandLineRun run = repair("-v");

        assertThat(run.out()).contains("restamped: 3");
        assertThat(run.lines())
                .endsWith("the package records of 1 changed file are no longer true:", "  " + site.resolve(A));
    }

    private CommandLineRun repair(String... options) {
        CommandLineRun run = CommandLineRun.of(
                "repair",
                "--to",
                "checked-hash",
                "--root",
                directory.resolve("system"),
                "--index",
                directory.resolve("index"),
                "/" + SITE,
                options);
        assertThat(run.code()).as(run.out() + run.err()).isZero();
        return run;
    }

    private byte[] digest(String algorithm, String file) throws IOException, NoSuchAlgorithmException {
        return MessageDigest.getInstance(algorithm).digest(Files.readAllBytes(site.resolve(file)));
    }
}
