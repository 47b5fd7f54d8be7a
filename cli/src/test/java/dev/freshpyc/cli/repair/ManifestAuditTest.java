package dev.freshpyc.cli.repair;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshpyc.cli.CommandLineRun;
import dev.freshpyc.cli.Pairs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Base64;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A package manager's manifest is evidence for the audit as well as for a repair. */
@EnabledOnOs(OS.LINUX)
class ManifestAuditTest {

    private static final FileTime MOVED = FileTime.from(Instant.ofEpochSecond(1_600_000_000));

    @TempDir
    private Path directory;

    private Path lib = Path.of("");
    private Path source = Path.of("");
    private Path pyc = Path.of("");

    @BeforeEach
    void installAWheel() throws Exception {
        lib = new Caches(directory.resolve("lib")).pair("pkg/m").root();
        source = lib.resolve("pkg/m.py");
        pyc = lib.resolve(Pairs.cached("pkg/m"));
        Path info = Files.createDirectories(lib.resolve("pkg-1.0.dist-info"));
        Files.writeString(info.resolve("RECORD"), row(source) + row(pyc) + "pkg-1.0.dist-info/RECORD,,\n");
        Files.setLastModifiedTime(source, MOVED);
    }

    @Test
    void aPairThatTheManifestVouchesForIsNeedless() {
        assertThat(audit())
                .contains("\"verdict\":\"needless\",\"interpreter\":\"recompiles\",\"reason\":\"mtime\","
                        + "\"evidence\":\"manifest\"");
    }

    @Test
    void aPairWithAnotherBodyIsStale() throws IOException {
        byte[] changed = Files.readAllBytes(pyc);
        changed[changed.length - 1]++;
        Files.write(pyc, changed);

        assertThat(audit()).contains("\"verdict\":\"stale\"").doesNotContain("manifest");
    }

    @Test
    void aPairWithAnotherSourceIsStale() throws IOException {
        String text = Files.readString(source);
        Files.writeString(source, text.replace('x', 'y'));
        Files.setLastModifiedTime(source, MOVED);

        assertThat(audit()).contains("\"verdict\":\"stale\"").doesNotContain("manifest");
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
