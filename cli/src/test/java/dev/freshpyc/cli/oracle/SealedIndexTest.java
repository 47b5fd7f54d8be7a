package dev.freshpyc.cli.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshpyc.cli.CommandLineRun;
import dev.freshpyc.cli.StoredIndex;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** An index that is sealed in a root directory also holds for every copy of the root. */
@EnabledOnOs(OS.LINUX)
class SealedIndexTest {

    private static final String INSIDE = "/usr/lib/py";

    @TempDir(cleanup = CleanupMode.ALWAYS)
    private static Path sealed = Path.of("");

    private static Path root = Path.of("");

    @TempDir(cleanup = CleanupMode.ALWAYS)
    private Path directory = Path.of("");

    private Path copy = Path.of("");

    /** Seals the index once for all tests, because sealing waits until the files are older than the racy window. */
    @BeforeAll
    static void sealARoot() throws Exception {
        root = sealed.toRealPath().resolve("root");
        CompiledModule.make(lib(root), "VALUE = 'first'\n", 1_600_000_000_500L);
        CompiledModule.assumeProven(lib(root));
        assertThat(run("refresh", "--seal", "--root", root, INSIDE).out())
                .contains("sealed for copies of the tree: 1 path entry, in " + root.resolve("usr/lib/freshpyc"));
    }

    @BeforeEach
    void copyTheRoot() throws Exception {
        copy = directory.toRealPath().resolve("copy");
        pack(root, copy);
    }

    /** A copy through a ustar archive keeps only the whole seconds of the mtimes; device, inode and ctime are new. */
    @Test
    void aCopyMatchesTheIndexByItsPortableStamps() {
        assertThat(run("audit", "--no-index", "--format", "jsonl", "--all", lib(copy))
                        .out())
                .as("without the index")
                .contains("\"evidence\":null");

        assertThat(audit()).contains("\"verdict\":\"fresh\"", "\"evidence\":\"index\"");
    }

    /**
     * A change that leaves size and mtime alone is not detected: this is the limit of a sealed index. With {@code
     * --no-trust-ctime}, an audit reads all contents.
     */
    @Test
    void contentsAreReadOnlyIfTheStampDiffers() throws Exception {
        CompiledModule.plant(pyc(copy), "first", "wrong");

        assertThat(audit()).contains("\"verdict\":\"fresh\"");
        assertThat(audit("--no-trust-ctime")).contains("\"verdict\":\"impostor\"", "\"reason\":\"code\"");
        Files.setLastModifiedTime(pyc(copy), FileTime.fromMillis(1_600_000_100_000L));
        assertThat(audit()).contains("\"verdict\":\"impostor\"", "\"reason\":\"code\"");
    }

    @Test
    void aCopyWithoutTimesMatchesTheIndexByItsContents() throws Exception {
        Files.setLastModifiedTime(lib(copy).resolve("m0.py"), FileTime.fromMillis(0));
        Files.setLastModifiedTime(pyc(copy), FileTime.fromMillis(0));

        assertThat(audit()).contains("\"verdict\":\"needless\"", "\"reason\":\"mtime\"", "\"evidence\":\"index\"");

        Files.writeString(lib(copy).resolve("m0.py"), "VALUE = 'other'\n");
        Files.setLastModifiedTime(lib(copy).resolve("m0.py"), FileTime.fromMillis(0));
        assertThat(audit()).contains("\"verdict\":\"stale\"");
    }

    /** A repair relies on contents only, so it restamps once the proofs beside the sealed index are imported. */
    @Test
    void aRepairOfACopyCompilesNothingOnceItsProofsAreImported() throws Exception {
        Files.setLastModifiedTime(lib(copy).resolve("m0.py"), FileTime.fromMillis(0));
        Path ownIndex = directory.resolve("own");
        assertThat(repair(ownIndex)).contains("\"restamped\":0", "\"compared\":1");

        run("proofs", "import", "--index", ownIndex, proofs());

        assertThat(repair(ownIndex)).contains("\"restamped\":1", "\"compared\":0");
    }

    /** An index of this machine knows the ctime of each file, so the audit finds what the sealed index cannot show. */
    @Test
    void aRefreshTurnsASealedIndexIntoAnIndexOfThisMachine() throws Exception {
        Path index = copy.resolve("usr/lib/freshpyc");

        assertThat(run("refresh", "--index", index, lib(copy)).code()).isZero();

        assertThat(run("index", "verify", "--index", index).code()).isZero();
        assertThat(audit()).contains("\"verdict\":\"fresh\"", "\"evidence\":\"index\"");
        CompiledModule.plant(pyc(copy), "first", "wrong");
        assertThat(audit()).contains("\"verdict\":\"impostor\"", "\"reason\":\"code\"");
    }

    /** The image owns its files: a run that reads them reports damage and renames nothing. */
    @Test
    void aDamagedSealedIndexIsReportedAndStays() throws Exception {
        Path place = copy.resolve("usr/lib/freshpyc");
        List<String> before = names(place);
        StoredIndex.in(place).damageRecords();

        CommandLineRun audit = run("audit", "--no-trust-ctime", "--root", copy, "--index", place, INSIDE);
        CommandLineRun verify = run("index", "verify", "--index", place);

        assertThat(audit.code()).isEqualTo(3);
        assertThat(audit.err()).contains("not a usable index", "left in place since this run only reads the directory");
        assertThat(verify.code()).isEqualTo(3);
        assertThat(names(place)).isEqualTo(before);
    }

    @Test
    void damagedSealedProofsAreReportedAndStay() throws Exception {
        Path place = copy.resolve("usr/lib/freshpyc");
        List<String> before = names(place);
        byte[] bytes = Files.readAllBytes(proofs());
        bytes[20] ^= 1;
        Files.write(proofs(), bytes);
        Files.delete(StoredIndex.in(place).file());
        Files.setLastModifiedTime(lib(copy).resolve("m0.py"), FileTime.fromMillis(0));

        CommandLineRun audit = run("audit", "--root", copy, "--index", place, INSIDE);

        assertThat(audit.err()).contains("not a usable file of proofs", "left in place");
        assertThat(names(place))
                .containsExactlyElementsOf(
                        before.stream().filter(name -> !name.endsWith(".index")).toList());
    }

    private static List<String> names(Path place) throws IOException {
        try (Stream<Path> files = Files.list(place)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void sealingRefusesOptionsThatReadOnlyPartOfTheTree() {
        for (String option : List.of("--stat-only", "--changed-from=-")) {
            CommandLineRun refused = run("refresh", "--seal", option, "--root", root, INSIDE);
            assertThat(refused.code()).isEqualTo(2);
            assertThat(refused.err()).contains("--seal reads the whole tree");
        }
    }

    private String repair(Path ownIndex) {
        return run("repair", "--dry-run", "--to", "unchecked-hash", "--format", "json", "--index", ownIndex, lib(copy))
                .out();
    }

    private String audit(String... options) {
        return run(
                        "audit",
                        "--all",
                        "--format",
                        "jsonl",
                        options,
                        "--root",
                        copy,
                        "--index",
                        copy.resolve("usr/lib/freshpyc"),
                        INSIDE)
                .out();
    }

    private Path proofs() throws IOException {
        try (Stream<Path> files = Files.list(copy.resolve("usr/lib/freshpyc"))) {
            return files.filter(file -> file.toString().endsWith(".table"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static void pack(Path from, Path to) throws Exception {
        Files.createDirectories(to);
        String script = "tar --format=ustar -C '" + from + "' -cf - . | tar -C '" + to + "' -xf -";
        assertThat(new ProcessBuilder("sh", "-c", script).inheritIO().start().waitFor())
                .isZero();
    }

    private static Path lib(Path top) {
        return top.resolve("usr/lib/py");
    }

    private static Path pyc(Path top) throws IOException {
        return CompiledModule.pyc(lib(top));
    }

    private static CommandLineRun run(Object... args) {
        return CommandLineRun.of(args);
    }
}
