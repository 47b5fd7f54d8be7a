package dev.freshpyc.cli.oracle;

import static dev.freshpyc.cli.oracle.ClampedModule.CLAMPED;
import static dev.freshpyc.cli.oracle.ClampedModule.LATER;
import static dev.freshpyc.cli.oracle.ClampedModule.run;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * A matching header is a proof only if the file system proves that the bytecode was written after its source, and only
 * if no manifest lists other contents. Imports by a real interpreter show that the source's code runs in the end.
 */
@EnabledOnOs(OS.LINUX)
class EvidenceTest {

    @TempDir(cleanup = CleanupMode.ALWAYS)
    private Path directory = Path.of("");

    private ClampedModule module = new ClampedModule(Path.of(""), Path.of(""));

    @BeforeEach
    void compileAModule() throws Exception {
        module = ClampedModule.make(directory);
    }

    @Test
    void bytecodeThatAnInterpreterWroteInPlaceIsProven() {
        assertThat(module.audit()).contains("\"verdict\":\"fresh\"", "\"evidence\":\"header\"");
        assertThat(run("audit", "--no-index", "--format", "json", module.lib()).out())
                .contains("\"unproven\":0");
    }

    @Test
    void aCopyThatKeepsItsTimesIsNotProven() throws Exception {
        Path copy = directory.resolve("copy");
        assertThat(new ProcessBuilder("cp", "-a", module.lib().toString(), copy.toString())
                        .start()
                        .waitFor())
                .isZero();

        assertThat(module.in(copy).audit())
                .contains("\"interpreter\":\"loads\",\"reason\":\"match\",\"evidence\":null");
        assertThat(run("audit", "--no-index", copy).out()).contains("1 fresh (1 unproven)");
    }

    /** {@code mv v1/__pycache__ v2/}: the source was there before the bytecode, and has the size and mtime of the other. */
    @Test
    void theCacheOfAnotherDirectoryIsNotProven() throws Exception {
        Path other = Files.createDirectories(module.lib().resolveSibling("other"));
        Files.writeString(other.resolve("m0.py"), "VALUE = 'other'\n");
        Files.setLastModifiedTime(other.resolve("m0.py"), CLAMPED);
        Files.delete(module.pyc());
        module.compile();
        Files.move(module.lib().resolve("__pycache__"), other.resolve("__pycache__"));
        module = module.in(other);

        module.refresh();

        assertThat(module.counts()).contains("1 fresh (1 unproven)");
        Files.setLastModifiedTime(module.source(), LATER);
        module.repair();
        assertThat(module.value()).isEqualTo("other");
    }

    /** A tree that was moved below a root directory: the path in the code is the end of the source's path. */
    @Test
    void codeThatNamesItsSourceBelowARootIsProven() throws Exception {
        Path staged = module.lib()
                .resolveSibling("root")
                .resolve(module.lib().getRoot().relativize(module.lib()));
        Files.createDirectories(staged.getParent());
        Files.move(module.lib(), staged);
        module = module.in(staged);

        module.refresh();

        assertThat(module.counts()).contains("1 fresh").doesNotContain("unproven");
    }

    @Test
    void aSourceBehindALinkIsNotProven() throws Exception {
        Path first = Files.createDirectories(module.lib().resolve("src")).resolve("first");
        Path other = Files.writeString(first.resolveSibling("other"), "VALUE = 'other'\n");
        Files.move(module.source(), first);
        Files.setLastModifiedTime(other, CLAMPED);
        Files.createSymbolicLink(module.source(), Path.of("src/first"));
        Files.delete(module.pyc());
        module.compile();
        Files.delete(module.source());
        Files.createSymbolicLink(module.source(), Path.of("src/other"));
        assertThat(module.value())
                .as("the interpreter loads the bytecode of the first source")
                .isEqualTo("first");

        assertThat(module.audit()).contains("\"verdict\":\"fresh\"", "\"evidence\":null");
        module.repair("--to", "unchecked-hash");
        assertThat(module.value()).isEqualTo("other");
    }

    @Test
    void bytecodeBehindALinkIsNotProven() throws Exception {
        Path cache = module.lib().resolve("__pycache__");
        Path elsewhere = module.lib().resolveSibling("elsewhere");
        Files.move(cache, elsewhere);
        Files.createSymbolicLink(cache, elsewhere);
        assertThat(module.audit()).contains("\"verdict\":\"fresh\"", "\"evidence\":null");

        Files.delete(cache);
        Files.createDirectory(cache);
        Path file;
        try (Stream<Path> files = Files.list(elsewhere)) {
            file = files.findFirst().orElseThrow();
        }
        Files.createSymbolicLink(cache.resolve(file.getFileName()), file);
        assertThat(module.audit()).contains("\"verdict\":\"fresh\"", "\"evidence\":null");
    }

    /** Another tree may have had this path when the bytecode was written. */
    @Test
    void bytecodeUnderACachePrefixIsNotProven() throws Exception {
        Path prefix = directory.resolve("prefix");
        Path mirrored =
                Files.createDirectories(prefix.resolve(module.lib().getRoot().relativize(module.lib())));
        Files.move(module.pyc(), mirrored.resolve(module.pyc().getFileName()));

        assertThat(run("audit", "--no-index", "--pycache-prefix", prefix, "--all", "--format", "jsonl", module.lib())
                        .out())
                .contains("\"verdict\":\"fresh\"", "\"evidence\":null");
    }

    /**
     * The manifest lists the digest of another body, so the matching header proves nothing, although the file was born
     * after its source.
     */
    @Test
    void aRepairReplacesABodyThatAManifestContradicts() throws Exception {
        record(module.source(), module.pyc());
        byte[] bytes = Files.readAllBytes(module.pyc());
        String text = new String(bytes, StandardCharsets.ISO_8859_1).replace("first", "wrong");
        Files.write(module.pyc(), text.getBytes(StandardCharsets.ISO_8859_1));
        assertThat(module.audit()).contains("\"evidence\":\"header\"");

        module.refresh();

        assertThat(module.counts()).contains("1 fresh (1 unproven)");
        assertThat(run("audit", "--no-index", "--deep", module.lib()).out()).contains("1 fresh (1 unproven)");
        module.repair("--to", "unchecked-hash");
        assertThat(module.value()).isEqualTo("first");
    }

    @Test
    void aSourceThatAManifestContradictsMakesItsBytecodeUnproven() throws Exception {
        record(module.source());
        module.refresh();
        assertThat(module.counts()).contains("1 fresh").doesNotContain("unproven");

        module.write("other");
        Files.delete(module.pyc());
        module.compile();
        module.refresh();

        assertThat(module.counts()).contains("1 fresh (1 unproven)");
        module.repair("--to", "unchecked-hash");
        assertThat(module.value()).isEqualTo("other");
        assertThat(module.counts())
                .as("compiled and compared, which outweighs the manifest")
                .doesNotContain("unproven");
    }

    /** A builder patched the source after the compilation, and listed both files then. */
    @Test
    void noManifestVouchesForABodyOfASourceOfAnotherSize() throws Exception {
        module.write("longer than first");
        Files.setLastModifiedTime(module.source(), LATER);
        record(module.source(), module.pyc());
        assertThat(module.audit()).contains("\"verdict\":\"stale\",\"interpreter\":\"recompiles\",\"reason\":\"size\"");

        module.repair();

        assertThat(module.value()).isEqualTo("longer than first");
    }

    /** Writes a RECORD with the digests of these files. */
    private void record(Path... files) throws Exception {
        StringBuilder rows = new StringBuilder();
        for (Path file : files) {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
            rows.append(module.lib().relativize(file))
                    .append(",sha256=")
                    .append(Base64.getUrlEncoder().withoutPadding().encodeToString(digest))
                    .append(",\n");
        }
        Path info = Files.createDirectories(module.lib().resolve("m-1.0.dist-info"));
        Files.writeString(info.resolve("RECORD"), rows);
    }
}
