package dev.freshpyc.cli.repair;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshpyc.cli.CommandLineRun;
import dev.freshpyc.cli.option.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * Tests {@code repair --profile} on trees that are built in different directories, at different times, and compiled in
 * different ways.
 */
@EnabledOnOs(OS.LINUX)
class SealProfileTest {

    private static final String PYTHON = "/usr/bin/python3";
    private static final String LIB = "usr/lib/app";

    @TempDir
    private Path directory = Path.of("");

    @BeforeEach
    void requirePython() throws IOException {
        Shell.require("python3", "diff");
        directory = directory.toRealPath();
    }

    @Test
    void treesOfTwoBuildsHaveTheSameBytesAfterTheReproducibleProfile() throws Exception {
        Path one = build("one", 1_600_000_000);
        Path two = build("a/longer/path/two", 1_700_000_000);
        Shell.run(PYTHON, "-m", "compileall", "-q", one.resolve(LIB));
        Shell.run(PYTHON, "-c", """
                import sys; sys.path.insert(0, sys.argv[1]); sys.dont_write_bytecode = False
                import pkg.mod, pkg.other""", two.resolve(LIB));
        assertThat(Shell.succeeds("diff", "-r", one, two)).isFalse();

        repair(one, "--profile", "reproducible");
        repair(two, "--profile", "reproducible");

        assertThat(Shell.run("diff", "-r", one, two)).isEmpty();
        assertThat(repair(one, "--profile", "reproducible").out()).contains("restamped: 0, recompiled: 0; 3 as-wanted");
    }

    @Test
    void aDryRunPrintsTheOptionsThatEachProfileSets() throws Exception {
        Path root = build("root", 1_600_000_000);
        Shell.run(PYTHON, "-m", "compileall", "-q", root.resolve(LIB));

        for (String profile : List.of(
                "ostree sets --to unchecked-hash --require proof --hardlinks refuse",
                "oci sets --to unchecked-hash --require proof",
                "erofs sets --to unchecked-hash --require proof --share",
                "reproducible sets --to checked-hash --renew --update-records")) {
            String name = profile.substring(0, profile.indexOf(' '));
            assertThat(repair(root, "--profile", name, "--dry-run").lines().getFirst())
                    .isEqualTo("profile " + profile);
        }
        assertThat(repair(root, "--profile", "oci", "--to", "checked-hash", "--dry-run")
                        .out())
                .contains("; given instead: --to");
        assertThat(CommandLineRun.of("repair", "--profile", "zip", "x").complaint(ExitCode.USAGE))
                .contains("ostree, oci, erofs, reproducible");
    }

    @Test
    void aDryRunReportsWhetherAProfileCompilesEveryFile() throws Exception {
        Path root = build("root", 1_600_000_000);
        Shell.run(PYTHON, "-m", "compileall", "-q", root.resolve(LIB));

        assertThat(repair(root, "--profile", "reproducible", "--dry-run").out())
                .contains("3 will be compiled; each file is written unless it already has the same bytes")
                .doesNotContain("only its header");
        assertThat(repair(root, "--profile", "oci", "--dry-run").out())
                .contains("3 have no proof: each is compiled, and only its header is written if the code is equal");
    }

    @Test
    void theProfileOfContainerImagesWritesUncheckedHashes() throws Exception {
        Path root = build("root", 1_600_000_000);
        Shell.run(PYTHON, "-m", "compileall", "-q", root.resolve(LIB));

        repair(root, "--profile", "oci");

        assertThat(CommandLineRun.of("audit", "--no-index", "--all", "--format", "jsonl", root.resolve(LIB))
                        .lines())
                .hasSize(3)
                .allMatch(line -> line.contains("\"kind\":\"unchecked-hash\""));
    }

    private Path build(String name, long time) throws IOException {
        Path root = directory.resolve(name);
        Path pkg = Files.createDirectories(root.resolve(LIB).resolve("pkg"));
        source(pkg.resolve("__init__.py"), "", time);
        source(pkg.resolve("mod.py"), "def f(a, b=(1, 2)):\n    return a, b, 'text', 'text'\nx = 'name'\n", time);
        source(
                pkg.resolve("other.py"),
                "class C:\n    name = 'name'\n    def g(self):\n        return self.name\n",
                time);
        return root;
    }

    private static void source(Path file, String text, long time) throws IOException {
        Files.writeString(file, text);
        Files.setLastModifiedTime(file, FileTime.fromMillis(time * 1000));
    }

    private CommandLineRun repair(Path root, String... more) {
        Object[] first = {"repair", "--index", directory.resolve("index"), "--root", root, "/" + LIB};
        Object[] words = Stream.concat(Stream.of(first), Stream.of(more)).toArray();
        CommandLineRun run = CommandLineRun.of(words);
        assertThat(run.code()).as(run.err() + run.out()).isZero();
        return run;
    }
}
