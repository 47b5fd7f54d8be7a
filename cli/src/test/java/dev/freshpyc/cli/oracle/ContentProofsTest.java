package dev.freshpyc.cli.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshpyc.cli.CommandLineRun;
import dev.freshpyc.cli.SettledRefresh;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Arrays;
import java.util.Base64;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * A proof about a source and its bytecode also holds for copies of the two files at another path, with other times and
 * on another machine, and for no other files. Imports by a real interpreter show which code runs.
 */
@EnabledOnOs(OS.LINUX)
class ContentProofsTest {

    private static final FileTime ZERO = FileTime.fromMillis(0);

    @TempDir(cleanup = CleanupMode.ALWAYS)
    private Path directory = Path.of("");

    private static final Interpreter PYTHON = CompiledModule.PYTHON;

    private Path lib = Path.of("");
    private Path copy = Path.of("");
    private Path index = Path.of("");

    @BeforeEach
    void proveAndCopyAModule() throws Exception {
        lib = directory.toRealPath().resolve("lib");
        copy = lib.resolveSibling("copy");
        index = directory.resolve("index");
        CompiledModule.make(lib, "VALUE = 'first'\n", 1_600_000_000_000L);
        CompiledModule.assumeProven(lib);
        SettledRefresh.run(index, lib);
        copy(lib, copy);
    }

    @Test
    void aCopyWithoutItsTimesIsNeedless() {
        assertThat(run("audit", "--no-index", copy).out()).contains("1 stale");

        assertThat(run("audit", "--index", index, copy).out()).contains("1 needless");
        assertThat(run("explain", "--index", index, copy.resolve("m0.py")).out())
                .contains("needless (mtime)")
                .contains("evidence: proof, the same two contents were proven (header) in " + lib);
    }

    @Test
    void aRepairOfTheCopyCompilesNothing() throws Exception {
        byte[] before = Files.readAllBytes(pyc(copy));

        assertThat(run("repair", "--to", "unchecked-hash", "--format", "json", "--index", index, copy)
                        .out())
                .contains("\"restamped\":1", "\"recompiled\":0");

        byte[] after = Files.readAllBytes(pyc(copy));
        assertThat(Arrays.copyOfRange(after, 16, after.length))
                .isEqualTo(Arrays.copyOfRange(before, 16, before.length));
        assertThat(value()).isEqualTo("first");
    }

    @Test
    void aBodyWithWeakerEvidenceThanRequiredIsCompiledAndCompared() throws Exception {
        assertThat(wouldRepair("index")).contains("would be compiled and compared: 1");
        byte[] before = Files.readAllBytes(pyc(copy));

        run(
                "repair",
                "--require",
                "recompiled",
                "--to",
                "checked-hash",
                "--index",
                index,
                "--python",
                PYTHON.executable(),
                copy);

        byte[] after = Files.readAllBytes(pyc(copy));
        assertThat(Arrays.copyOfRange(after, 16, after.length))
                .isEqualTo(Arrays.copyOfRange(before, 16, before.length));
        assertThat(run("audit", "--no-index", "--format", "jsonl", "--all", copy)
                        .out())
                .contains("\"verdict\":\"fresh\"", "\"evidence\":\"hash-header\"");
    }

    /** A proof is no stronger than the evidence that it rests on, and neither is an index that records it. */
    @Test
    void aProofByHeaderIsNoStrongerThanAHeader() throws Exception {
        assertThat(wouldRepair("header")).contains("would be restamped: 1");
        assertThat(wouldRepair("manifest")).contains("would be compiled and compared: 1");
        assertThat(wouldRepair("proof")).contains("would be compiled and compared: 1");
        SettledRefresh.run(index, copy);
        assertThat(wouldRepair("manifest")).contains("would be compiled and compared: 1");
        Files.setLastModifiedTime(copy.resolve("m0.py"), FileTime.fromMillis(1_700_000_000_000L));
        SettledRefresh.run(index, copy);
        assertThat(run("audit", "--index", index, "--format", "jsonl", copy).out())
                .contains("\"evidence\":\"index\"");
        assertThat(wouldRepair("header")).contains("would be restamped: 1");
        assertThat(wouldRepair("manifest")).contains("would be compiled and compared: 1");
        assertThat(wouldRepair("index")).contains("would be compiled and compared: 1");
    }

    @Test
    void aProofByComparisonSatisfiesTheProfilesOfImages() {
        run("audit", "--verify", "--python", PYTHON.executable(), "--index", index, lib);

        assertThat(wouldRepair("proof")).contains("would be restamped: 1");
        assertThat(run("repair", "--dry-run", "--profile", "ostree", "--index", index, copy)
                        .out())
                .contains("would be restamped: 1");
    }

    private String wouldRepair(String required) {
        return run("repair", "--dry-run", "--require", required, "--to", "checked-hash", "--index", index, copy)
                .out();
    }

    /** Once the copy is in the index, later runs need neither the original nor the proofs. */
    @Test
    void theIndexOfTheCopyRecordsTheProof() throws Exception {
        SettledRefresh.run(index, copy);
        try (Stream<Path> files = Files.list(index)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                if (file.toString().endsWith(".table")) {
                    Files.delete(file);
                }
            }
        }
        Files.setLastModifiedTime(copy.resolve("m0.py"), FileTime.fromMillis(1_700_000_000_000L));

        assertThat(run("audit", "--index", index, "--format", "jsonl", copy).out())
                .contains("\"verdict\":\"needless\"", "\"evidence\":\"index\"");
    }

    @Test
    void anotherBodyIsNotProven() throws Exception {
        byte[] bytes = Files.readAllBytes(pyc(copy));
        String text = new String(bytes, StandardCharsets.ISO_8859_1).replace("first", "wrong");
        Files.write(pyc(copy), text.getBytes(StandardCharsets.ISO_8859_1));

        assertThat(run("audit", "--index", index, copy).out()).contains("1 stale");
        run("repair", "--to", "unchecked-hash", "--index", index, "--python", PYTHON.executable(), copy);
        assertThat(value()).isEqualTo("first");
    }

    @Test
    void anotherSourceIsNotProven() throws Exception {
        Files.writeString(copy.resolve("m0.py"), "VALUE = 'other'\n");
        Files.setLastModifiedTime(copy.resolve("m0.py"), ZERO);

        assertThat(run("audit", "--index", index, copy).out()).contains("1 stale");
        run("repair", "--to", "unchecked-hash", "--index", index, "--python", PYTHON.executable(), copy);
        assertThat(value()).isEqualTo("other");
    }

    @Test
    void anotherMachineImportsTheProofsFromAFile() {
        Path file = directory.resolve("build.proofs");
        assertThat(run("proofs", "export", "--index", index, file).out()).contains("1 proofs");
        Path otherIndex = directory.resolve("other");

        assertThat(run("audit", "--index", otherIndex, copy).out()).contains("1 stale");
        assertThat(run("proofs", "import", "--index", otherIndex, file).out()).contains("1 proofs imported");

        assertThat(run("audit", "--index", otherIndex, copy).out()).contains("1 needless");
        assertThat(run("explain", "--index", otherIndex, copy.resolve("m0.py")).out())
                .contains("were proven (header) in build.proofs: " + lib);
        assertThat(run("proofs", "stats", "--index", otherIndex).out())
                .contains("1 proof,", "  header: 1", "  build.proofs: " + lib + ": 1");
    }

    @Test
    void theProofsOfAFileAreCountedWithoutAnImport() throws Exception {
        Path file = directory.resolve("build.proofs");
        run("proofs", "export", "--index", index, file);
        Path nowhere = directory.resolve("nowhere");

        CommandLineRun text = run("proofs", "stats", "--index", nowhere, file);
        CommandLineRun json = run("proofs", "stats", "--format", "json", "--index", nowhere, file);

        assertThat(text.out())
                .startsWith("1 proof, ")
                .contains("  header: 1\nfor\n", " (magic " + PYTHON.magicNumber() + "): 1\nfrom\n  " + lib + ": 1\n");
        assertThat(json.out())
                .contains(
                        "\"proofs\":1,\"refuted\":0,\"bytes\":" + Files.size(file),
                        "\"magics\":{\"" + PYTHON.magicNumber() + "\":1},\"origins\":{\"" + lib + "\":1}");
        assertThat(nowhere).doesNotExist();
    }

    @Test
    void aFileThatAnImportWouldRefuseIsNotCounted() throws Exception {
        Path file = directory.resolve("build.proofs");
        run("proofs", "export", "--index", index, file);
        byte[] whole = Files.readAllBytes(file);
        byte[] damaged = whole.clone();
        damaged[damaged.length / 2] ^= 1;
        Files.write(file, damaged);
        assertThat(CommandLineRun.of("proofs", "stats", file).complaint(3)).contains(file.toString());
        assertThat(file).as("the file of the user stays").exists();

        Files.write(file, whole);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-rw-"));
        assertThat(CommandLineRun.of("proofs", "stats", file).complaint(3)).contains(file.toString(), "not trusted");
        assertThat(CommandLineRun.of("proofs", "stats", "--trust", file, "--index", index)
                        .complaint(2))
                .contains("--trust is for proofs import FILE and proofs stats FILE");
        assertThat(CommandLineRun.of("proofs", "stats", directory.resolve("absent"))
                        .complaint(3))
                .contains("no such file");
    }

    @Test
    void anImportRefusesAFileThatOthersMayWrite() throws Exception {
        Path file = directory.resolve("build.proofs");
        run("proofs", "export", "--index", index, file);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-rw-"));

        String complaint = CommandLineRun.of("proofs", "import", "--index", directory.resolve("other"), file)
                .complaint(3);

        assertThat(complaint).contains(file.toString(), "not trusted");
    }

    /** Without an error, the directory would seem to have no proofs. */
    @Test
    void proofsThatOthersMayWriteAreNeitherCountedNorExported() throws Exception {
        Path file = directory.resolve("build.proofs");
        Files.setPosixFilePermissions(index, PosixFilePermissions.fromString("rwxrwxr-x"));

        assertThat(CommandLineRun.of("proofs", "stats", "--index", index).complaint(3))
                .contains(index.toString(), "not trusted");
        assertThat(CommandLineRun.of("proofs", "export", "--index", index, file).complaint(3))
                .contains(index.toString(), "not trusted");
        assertThat(file).doesNotExist();
    }

    @Test
    void anImportBelievesASignedFileThatOthersMayWrite() throws Exception {
        KeyPair keys = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        Path secret = pem("PRIVATE", keys.getPrivate().getEncoded());
        Path known = pem("PUBLIC", keys.getPublic().getEncoded());
        Path file = directory.resolve("build.proofs");
        run("proofs", "export", "--sign", secret, "--index", index, file);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-rw-"));
        Path otherIndex = directory.resolve("other");

        assertThat(run("proofs", "import", "--trust", known, "--index", otherIndex, file)
                        .out())
                .contains("1 proofs imported");
        assertThat(run("audit", "--index", otherIndex, copy).out()).contains("1 needless");
    }

    @Test
    void anImportRefusesAFileThatChangedAfterItsSignature() throws Exception {
        KeyPair keys = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        Path known = pem("PUBLIC", keys.getPublic().getEncoded());
        Path file = directory.resolve("build.proofs");
        run("proofs", "export", "--sign", pem("PRIVATE", keys.getPrivate().getEncoded()), "--index", index, file);
        Path otherIndex = directory.resolve("other");
        run("proofs", "export", "--index", otherIndex, file);

        String complaint = CommandLineRun.of("proofs", "import", "--trust", known, "--index", otherIndex, file)
                .complaint(3);

        assertThat(complaint).contains("build.proofs.sig", "not the signature of this file");
    }

    private Path pem(String kind, byte[] key) throws IOException {
        String body = Base64.getMimeEncoder().encodeToString(key);
        return Files.writeString(
                directory.resolve(kind + ".pem"),
                "-----BEGIN " + kind + " KEY-----\n" + body + "\n-----END " + kind + " KEY-----\n");
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Path target = to.resolve(from.relativize(file));
                Files.copy(file, target);
                if (Files.isRegularFile(target)) {
                    Files.setLastModifiedTime(target, ZERO);
                }
            }
        }
    }

    private static Path pyc(Path tree) throws IOException {
        return CompiledModule.pyc(tree);
    }

    private String value() {
        return CompiledModule.value(copy);
    }

    private static CommandLineRun run(Object... words) {
        CommandLineRun run = CommandLineRun.of(words);
        assertThat(run.code()).as(run.err()).isLessThan(2);
        return run;
    }
}
