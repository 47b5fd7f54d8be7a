package dev.freshpyc.cli.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.freshpyc.cli.CommandLineRun;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * A matching header is a proof only if the file system proves that the bytecode was written after its source. Imports
 * by a real interpreter show that the source's code runs in the end.
 */
@EnabledOnOs(OS.LINUX)
class EvidenceTest {

    private static final FileTime CLAMPED = FileTime.fromMillis(1_600_000_000_000L);
    private static final FileTime LATER = FileTime.fromMillis(1_700_000_000_000L);

    @TempDir(cleanup = CleanupMode.ALWAYS)
    private Path directory = Path.of("");

    private static final Interpreter PYTHON = Interpreters.withFlags();

    private Path lib = Path.of("");

    @BeforeEach
    void compileAModule() throws Exception {
        lib = Files.createDirectories(directory.toRealPath().resolve("lib"));
        write("first");
        compile();
        assumeTrue(
                audit(lib).contains("\"evidence\":\"header\""),
                "NOT RUN: the file system of the temporary directory records no birth times");
    }

    @Test
    void bytecodeThatAnInterpreterWroteInPlaceIsProven() {
        assertThat(audit(lib)).contains("\"verdict\":\"fresh\"", "\"evidence\":\"header\"");
        assertThat(run("audit", "--no-index", "--format", "json", lib).out()).contains("\"unproven\":0");
    }

    @Test
    void aCopyThatKeepsItsTimesIsNotProven() throws Exception {
        Path copy = directory.resolve("copy");
        assertThat(new ProcessBuilder("cp", "-a", lib.toString(), copy.toString())
                        .start()
                        .waitFor())
                .isZero();

        assertThat(audit(copy)).contains("\"interpreter\":\"loads\",\"reason\":\"match\",\"evidence\":null");
        assertThat(run("audit", "--no-index", copy).out()).contains("1 fresh (1 unproven)");
    }

    /**
     * At an upgrade, a package with clamped times replaces a source. The old bytecode stays and matches the new source.
     */
    @Test
    void aRepairCompilesASourceThatWasReplacedWithEqualSizeAndMtime() throws Exception {
        replace("other");
        assertThat(audit(lib)).contains("\"verdict\":\"fresh\"", "\"evidence\":null");

        repair("--to", "unchecked-hash");

        assertThat(value()).isEqualTo("other");
    }

    @Test
    void aRefreshDoesNotRecordAPairWithAReplacedSourceAsProven() throws Exception {
        replace("other");
        run("refresh", "--index", directory.resolve("index"), lib);
        Files.setLastModifiedTime(lib.resolve("m0.py"), LATER);

        assertThat(run("audit", "--index", directory.resolve("index"), lib).out())
                .contains("1 stale")
                .doesNotContain("needless");
        repair("--to", "unchecked-hash");
        assertThat(value()).isEqualTo("other");
    }

    @Test
    void anUnprovenBodyWithTheSourcesCodeIsKept() throws Exception {
        replace("first");
        byte[] before = Files.readAllBytes(pyc());

        assertThat(repair("--to", "checked-hash").out()).contains("1 ");

        byte[] after = Files.readAllBytes(pyc());
        assertThat(Arrays.copyOfRange(after, 16, after.length))
                .isEqualTo(Arrays.copyOfRange(before, 16, before.length));
        assertThat(value()).isEqualTo("first");
    }

    /** The index records another body for this source, so the matching header of the changed file proves nothing. */
    @Test
    void aRepairReplacesABodyThatChangedUnderItsHeader() throws Exception {
        run("refresh", "--index", directory.resolve("index"), lib);
        byte[] bytes = Files.readAllBytes(pyc());
        String text = new String(bytes, StandardCharsets.ISO_8859_1).replace("first", "wrong");
        Files.write(pyc(), text.getBytes(StandardCharsets.ISO_8859_1));
        assertThat(value()).as("the interpreter loads the changed file").isEqualTo("wrong");

        run("refresh", "--index", directory.resolve("index"), lib);
        run("refresh", "--index", directory.resolve("index"), lib);
        repair("--to", "unchecked-hash");

        assertThat(value()).isEqualTo("first");
    }

    /**
     * The manifest lists the digest of another body, so the matching header proves nothing, although the file was born
     * after its source.
     */
    @Test
    void aRepairReplacesABodyThatAManifestContradicts() throws Exception {
        record(lib.resolve("m0.py"), pyc());
        byte[] bytes = Files.readAllBytes(pyc());
        String text = new String(bytes, StandardCharsets.ISO_8859_1).replace("first", "wrong");
        Files.write(pyc(), text.getBytes(StandardCharsets.ISO_8859_1));
        assertThat(audit(lib)).contains("\"evidence\":\"header\"");

        run("refresh", "--index", directory.resolve("index"), lib);

        assertThat(run("audit", "--index", directory.resolve("index"), lib).out())
                .contains("1 fresh (1 unproven)");
        assertThat(run("audit", "--no-index", "--deep", lib).out()).contains("1 fresh (1 unproven)");
        repair("--to", "unchecked-hash");
        assertThat(value()).isEqualTo("first");
    }

    @Test
    void aSourceThatAManifestContradictsMakesItsBytecodeUnproven() throws Exception {
        record(lib.resolve("m0.py"));
        run("refresh", "--index", directory.resolve("index"), lib);
        assertThat(run("audit", "--index", directory.resolve("index"), lib).out())
                .contains("1 fresh")
                .doesNotContain("unproven");

        write("other");
        Files.delete(pyc());
        compile();
        run("refresh", "--index", directory.resolve("index"), lib);

        assertThat(run("audit", "--index", directory.resolve("index"), lib).out())
                .contains("1 fresh (1 unproven)");
        repair("--to", "unchecked-hash");
        assertThat(value()).isEqualTo("other");
        assertThat(run("audit", "--index", directory.resolve("index"), lib).out())
                .as("compiled and compared, which outweighs the manifest")
                .doesNotContain("unproven");
    }

    /** {@code mv v1/__pycache__ v2/}: the source was there before the bytecode, and has the size and mtime of the other. */
    @Test
    void theCacheOfAnotherDirectoryIsNotProven() throws Exception {
        Path other = Files.createDirectories(lib.resolveSibling("other"));
        Files.writeString(other.resolve("m0.py"), "VALUE = 'other'\n");
        Files.setLastModifiedTime(other.resolve("m0.py"), CLAMPED);
        Files.delete(pyc());
        compile();
        Files.move(lib.resolve("__pycache__"), other.resolve("__pycache__"));
        lib = other;

        run("refresh", "--index", directory.resolve("index"), lib);

        assertThat(run("audit", "--index", directory.resolve("index"), lib).out())
                .contains("1 fresh (1 unproven)");
        Files.setLastModifiedTime(lib.resolve("m0.py"), LATER);
        repair();
        assertThat(value()).isEqualTo("other");
    }

    /** A tree that was moved below a root directory: the path in the code is the end of the source's path. */
    @Test
    void codeThatNamesItsSourceBelowARootIsProven() throws Exception {
        Path staged = lib.resolveSibling("root").resolve(lib.getRoot().relativize(lib));
        Files.createDirectories(staged.getParent());
        Files.move(lib, staged);
        lib = staged;

        run("refresh", "--index", directory.resolve("index"), lib);

        assertThat(run("audit", "--index", directory.resolve("index"), lib).out())
                .contains("1 fresh")
                .doesNotContain("unproven");
    }

    @Test
    void aSourceBehindALinkIsNotProven() throws Exception {
        Path first = Files.createDirectories(lib.resolve("src")).resolve("first");
        Path other = Files.writeString(first.resolveSibling("other"), "VALUE = 'other'\n");
        Files.move(lib.resolve("m0.py"), first);
        Files.setLastModifiedTime(other, CLAMPED);
        Files.createSymbolicLink(lib.resolve("m0.py"), Path.of("src/first"));
        Files.delete(pyc());
        compile();
        Files.delete(lib.resolve("m0.py"));
        Files.createSymbolicLink(lib.resolve("m0.py"), Path.of("src/other"));
        assertThat(value())
                .as("the interpreter loads the bytecode of the first source")
                .isEqualTo("first");

        assertThat(audit(lib)).contains("\"verdict\":\"fresh\"", "\"evidence\":null");
        repair("--to", "unchecked-hash");
        assertThat(value()).isEqualTo("other");
    }

    @Test
    void bytecodeBehindALinkIsNotProven() throws Exception {
        Path cache = lib.resolve("__pycache__");
        Path elsewhere = lib.resolveSibling("elsewhere");
        Files.move(cache, elsewhere);
        Files.createSymbolicLink(cache, elsewhere);
        assertThat(audit(lib)).contains("\"verdict\":\"fresh\"", "\"evidence\":null");

        Files.delete(cache);
        Files.createDirectory(cache);
        Path file;
        try (Stream<Path> files = Files.list(elsewhere)) {
            file = files.findFirst().orElseThrow();
        }
        Files.createSymbolicLink(cache.resolve(file.getFileName()), file);
        assertThat(audit(lib)).contains("\"verdict\":\"fresh\"", "\"evidence\":null");
    }

    /** Another tree may have had this path when the bytecode was written. */
    @Test
    void bytecodeUnderACachePrefixIsNotProven() throws Exception {
        Path prefix = directory.resolve("prefix");
        Path mirrored = Files.createDirectories(prefix.resolve(lib.getRoot().relativize(lib)));
        Files.move(pyc(), mirrored.resolve(pyc().getFileName()));

        assertThat(run("audit", "--no-index", "--pycache-prefix", prefix, "--all", "--format", "jsonl", lib)
                        .out())
                .contains("\"verdict\":\"fresh\"", "\"evidence\":null");
    }

    /** A builder patched the source after the compilation, and listed both files then. */
    @Test
    void noManifestVouchesForABodyOfASourceOfAnotherSize() throws Exception {
        write("longer than first");
        Files.setLastModifiedTime(lib.resolve("m0.py"), LATER);
        record(lib.resolve("m0.py"), pyc());
        assertThat(audit(lib)).contains("\"verdict\":\"stale\",\"interpreter\":\"recompiles\",\"reason\":\"size\"");

        repair();

        assertThat(value()).isEqualTo("longer than first");
    }

    @Test
    void nobodyCanAssumeThatABodyOfASourceOfAnotherSizeMatches() throws Exception {
        write("longer than first");
        Files.setLastModifiedTime(lib.resolve("m0.py"), LATER);

        repair("--assume-matching");

        assertThat(value()).isEqualTo("longer than first");
    }

    @Test
    void laterRunsKnowThePairsThatARefreshProved() throws Exception {
        replace("first");
        assertThat(prove()).contains("1 proven, 0 wrong");
        assertThat(auditWithIndex()).contains("\"verdict\":\"fresh\"", "\"evidence\":\"index\"");
        assertThat(prove()).as("nothing is left to compile").contains("0 proven, 0 wrong");

        Files.setLastModifiedTime(lib.resolve("m0.py"), LATER);
        assertThat(auditWithIndex()).contains("\"verdict\":\"needless\"", "\"evidence\":\"index\"");
    }

    @Test
    void aRefreshProvesBytecodeWhoseSourceHasAnotherMtime() throws Exception {
        Files.setLastModifiedTime(lib.resolve("m0.py"), LATER);
        assertThat(prove()).contains("1 proven, 0 wrong");
        assertThat(auditWithIndex()).contains("\"verdict\":\"needless\"", "\"evidence\":\"index\"");
    }

    @Test
    void aRefreshThatComparesCodeFindsWrongCode() throws Exception {
        replace("other");
        assertThat(prove()).contains("0 proven, 1 wrong");
        assertThat(auditWithIndex())
                .contains(
                        "\"verdict\":\"impostor\",\"interpreter\":\"loads\",\"reason\":\"code\",\"evidence\":\"recompiled\"");
        assertThat(prove()).as("nothing is compiled twice").contains("0 proven, 0 wrong");

        Path copy = lib.resolve("__pycache__/copy");
        Files.copy(pyc(), copy);
        Files.move(copy, pyc(), StandardCopyOption.REPLACE_EXISTING);
        run("refresh", "--index", directory.resolve("index"), lib);
        assertThat(auditWithIndex())
                .as("the same code in a file that was born later")
                .contains("\"verdict\":\"impostor\"");

        repair("--to", "unchecked-hash");
        assertThat(value()).isEqualTo("other");
    }

    private String prove() throws Exception {
        return run("refresh", "--prove", "--python", PYTHON.executable(), "--index", directory.resolve("index"), lib)
                .out();
    }

    private String auditWithIndex() {
        return run("audit", "--all", "--format", "jsonl", "--index", directory.resolve("index"), lib)
                .out();
    }

    /** An undo restores the old bytes together with their old evidence. */
    @Test
    void afterAnUndoTheOldBodyIsNotProvenForTheNewSource() throws Exception {
        run("refresh", "--index", directory.resolve("index"), lib);
        replace("other");
        repair("--to", "unchecked-hash");
        assertThat(value()).isEqualTo("other");

        run("undo", "--index", directory.resolve("index"), lib);
        assertThat(value()).as("as before the repair").isEqualTo("first");
        repair("--to", "unchecked-hash");

        assertThat(value()).isEqualTo("other");
    }

    @Test
    void anUndoRestoresTheRecordInTheIndex() throws Exception {
        run("refresh", "--index", directory.resolve("index"), lib);
        replace("other");
        run("refresh", "--index", directory.resolve("index"), lib);
        String before = auditWithIndex();
        String byContent =
                "\"verdict\":\"impostor\",\"interpreter\":\"loads\",\"reason\":\"content\",\"evidence\":\"index\"";
        assertThat(before).contains(byContent);
        repair("--to", "unchecked-hash");
        assertThat(auditWithIndex()).contains("\"verdict\":\"fresh\"");

        run("undo", "--index", directory.resolve("index"), lib);

        assertThat(auditWithIndex())
                .as("as before, but for what the repair has learned by compiling")
                .isEqualTo(before.replace(
                        byContent, byContent.replace("content", "code").replace("index", "recompiled")));
        assertThat(run("lookup", "--index", directory.resolve("index"), lib.resolve("m0.py"))
                        .out())
                .contains("impostor");
    }

    /** The old header would match the new source by size and mtime, and old code would run. */
    @Test
    void anUndoLeavesAPycWhoseSourceHasChangedSince() throws Exception {
        repair("--to", "checked-hash");
        replace("other");
        assertThat(value()).as("compiled, since the hash differs").isEqualTo("other");

        CommandLineRun undo = CommandLineRun.of("undo", "--index", directory.resolve("index"), lib);

        assertThat(undo.code()).as(undo.err()).isOne();
        assertThat(undo.out() + undo.err()).contains("its source changed since the repair");
        assertThat(value()).isEqualTo("other");
    }

    @Test
    void autoLeavesFreshFilesAsTheyAre() throws Exception {
        replace("first");
        byte[] before = Files.readAllBytes(pyc());

        repair("--to", "auto");

        assertThat(Files.readAllBytes(pyc())).isEqualTo(before);
    }

    /** Only one source of the tree has another mtime than at the compilation. */
    @Test
    void autoWritesTimestampsWhereTheyCanBeTrusted() throws Exception {
        for (int i = 0; i < 30; i++) {
            Path source = Files.writeString(lib.resolve("more" + i + ".py"), "VALUE = " + i + "\n");
            Files.setLastModifiedTime(source, FileTime.fromMillis(1_650_000_000_000L + i * 1000L));
        }
        compile();
        run("refresh", "--index", directory.resolve("index"), lib);
        Files.setLastModifiedTime(lib.resolve("m0.py"), LATER);

        assertThat(repair("--format", "jsonl").out()).contains("\"evidence\":\"index\"");

        assertThat(audit(lib))
                .contains("{\"magic\":" + PYTHON.magicNumber() + ",\"kind\":\"timestamp\",\"mtime\":1700000000,")
                .doesNotContain("checked-hash");
        assertThat(Imports.of(PYTHON, lib).compiled()).isEmpty();
    }

    /**
     * The mtimes of the sources have changed, as in a checkout or a copy. The next checkout will change them again.
     */
    @Test
    void autoWritesHashesWhereTimesCannotBeTrusted() throws Exception {
        for (int i = 0; i < 30; i++) {
            Files.writeString(lib.resolve("more" + i + ".py"), "VALUE = " + i + "\n");
        }
        compile();
        run("refresh", "--index", directory.resolve("index"), lib);
        for (int i = 0; i < 30; i++) {
            FileTime moved = FileTime.fromMillis(1_650_000_000_000L + i * 1000L);
            Files.setLastModifiedTime(lib.resolve("more" + i + ".py"), moved);
        }

        repair("--to", "auto");

        assertThat(audit(lib)).contains("\"kind\":\"checked-hash\"");
        assertThat(Imports.of(PYTHON, lib).compiled()).isEmpty();
    }

    private void write(String word) throws IOException {
        Path file = Files.writeString(lib.resolve("m0.py"), "VALUE = '" + word + "'\n");
        Files.setLastModifiedTime(file, CLAMPED);
    }

    private void replace(String word) throws IOException {
        Path fresh = Files.writeString(lib.resolve("m0.py.dpkg-new"), "VALUE = '" + word + "'\n");
        Files.setLastModifiedTime(fresh, CLAMPED);
        Files.move(fresh, lib.resolve("m0.py"), StandardCopyOption.REPLACE_EXISTING);
    }

    /** Writes a RECORD with the digests of these files. */
    private void record(Path... files) throws Exception {
        StringBuilder rows = new StringBuilder();
        for (Path file : files) {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
            rows.append(lib.relativize(file))
                    .append(",sha256=")
                    .append(Base64.getUrlEncoder().withoutPadding().encodeToString(digest))
                    .append(",\n");
        }
        Path info = Files.createDirectories(lib.resolve("m-1.0.dist-info"));
        Files.writeString(info.resolve("RECORD"), rows);
    }

    private void compile() {
        PYTHON.launcher().run("modules.py", List.of(), List.of("compile", lib.toString()));
    }

    private Path pyc() throws IOException {
        try (Stream<Path> files = Files.list(lib.resolve("__pycache__"))) {
            return files.findFirst().orElseThrow();
        }
    }

    private String value() {
        return CompiledModule.value(lib);
    }

    private CommandLineRun repair(String... options) {
        return run("repair", "--index", directory.resolve("index"), "--python", PYTHON.executable(), lib, options);
    }

    private static String audit(Path tree) {
        return run("audit", "--no-index", "--all", "--format", "jsonl", tree).out();
    }

    private static CommandLineRun run(Object... words) {
        CommandLineRun run = CommandLineRun.of(words);
        assertThat(run.code()).as(run.err() + run.out()).isZero();
        return run;
    }
}
