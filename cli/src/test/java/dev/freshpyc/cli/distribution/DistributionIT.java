package dev.freshpyc.cli.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshpyc.cli.repair.Shell;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.AbstractStringAssert;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * The distribution works in any directory and uses an AOT cache only with the runtime image that the cache was made
 * for.
 */
@EnabledOnOs(OS.LINUX)
class DistributionIT {

    /** A text of {@code --help} in a class of the AOT cache. */
    private static final String TEXT = "Brings the index up to date. Run";

    private static final String OTHER_TEXT = "Brought by another image now. It";

    @TempDir
    private Path directory;

    private DistributionCopy copy = new DistributionCopy(Path.of(""), Path.of(""));

    @BeforeEach
    void copy() throws Exception {
        copy = DistributionCopy.in(directory);
    }

    @Test
    void aCopyWithAllTimesAtZeroUsesItsCaches() throws Exception {
        Shell.run("find", copy.home(), "-exec", "touch", "-h", "-d", "@0", "{}", "+");
        requireWorkingProgram();
        assertThat(copy.run("refresh", "--help")).contains(TEXT);
        assertThat(copy.wasCached()).isTrue();
    }

    @Test
    void aMovedDistributionUsesItsCaches() throws Exception {
        assertThat(copy.run("--version")).startsWith("freshpyc ");
        Path moved = Files.move(copy.home(), directory.resolve("moved"));
        copy = new DistributionCopy(moved, copy.log());
        requireWorkingProgram();
        assertThat(copy.wasCached()).isTrue();
    }

    @Test
    void aLinkToTheLauncherUsesTheCaches() throws Exception {
        Path link = Files.createSymbolicLink(directory.resolve("freshpyc"), copy.launcher());
        assertThat(Shell.run(link, "--version")).startsWith("freshpyc ");
        assertThat(copy.wasCached()).isTrue();
    }

    @Test
    void aReadOnlyDistributionUsesItsCaches() throws Exception {
        Shell.requireRoot();
        Shell.require("unshare", "mount");
        String printed = Shell.run(
                "unshare",
                "-m",
                "sh",
                "-c",
                "mount --bind \"$0\" \"$0\" && mount -o remount,bind,ro \"$0\" && ! touch \"$0/lib/x\" 2>/dev/null"
                        + " && exec \"$0/bin/freshpyc\" --version",
                copy.home());
        assertThat(printed).startsWith("freshpyc ");
        assertThat(copy.wasCached()).isTrue();
    }

    @Test
    void theNameOfTheImageIsTheDigestOfItsModules() throws Exception {
        assertThat(copy.name()).isEqualTo(copy.expectedName());
        assertThat(names("lib", ".aot"))
                .containsExactly("freshpyc-" + copy.name() + ".aot", "index-" + copy.name() + ".aot");
    }

    /**
     * The JVM compares only the size of the modules file. It would load the classes of the other image from the cache.
     */
    @Test
    void theCachesOfAnotherImageOfTheSameSizeAreNotUsed() throws Exception {
        copy.replaceInModules(TEXT, OTHER_TEXT);
        assertThat(copy.run("refresh", "--help"))
                .as("the JVM alone does not notice the change: if this fails, the JVM now checks more")
                .contains(TEXT);
        assertThat(copy.wasCached()).isTrue();

        copy.nameImage();
        assertThat(copy.run("refresh", "--help")).contains(OTHER_TEXT);
        assertThat(copy.wasCached()).isFalse();
        requireWorkingProgram();
    }

    /** The machine that builds or installs the program may have no Python, or none of the versions in the training tree. */
    @Test
    void theTrainingRunsNeedNoPython() throws Exception {
        Path tree = Path.of("src/dist/training").toAbsolutePath();
        for (String cache : List.of("freshpyc", "index")) {
            Shell.run(
                    "env",
                    "-i",
                    "HOME=" + directory,
                    "PATH=" + Files.createDirectories(directory.resolve("no programs")),
                    copy.home().resolve("runtime/bin/java"),
                    "@" + copy.home().resolve("lib/java.options"),
                    "-m",
                    "dev.freshpyc/dev.freshpyc.cli.Training",
                    tree,
                    cache);
        }
    }

    @Test
    void anImageWithoutANameUsesNoCache() throws Exception {
        Files.delete(copy.release());
        requireWorkingProgram();
        assertThat(copy.wasCached()).isFalse();
    }

    @Test
    void missingCachesAreNoError() throws Exception {
        for (String name : names("lib", ".aot")) {
            Files.delete(copy.home().resolve("lib").resolve(name));
        }
        requireWorkingProgram();
        assertThat(copy.wasCached()).isFalse();
    }

    /** The class path is empty, since the JVM does not check its jars, and the program ignores the user's CLASSPATH. */
    @Test
    void noJarIsShippedAndTheUsersClassPathIsIgnored() throws Exception {
        assertThat(names("lib", ".jar")).isEmpty();
        ProcessBuilder program = new ProcessBuilder(copy.launcher().toString(), "--version").redirectErrorStream(true);
        program.environment().put("CLASSPATH", "/nowhere/planted.jar");
        Process process = program.start();
        assertThat(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .startsWith("freshpyc ");
        assertThat(process.waitFor()).isZero();
        assertThat(copy.wasCached()).isTrue();
    }

    /** The runtime prints its properties, so that a test sees the character set that it took from the locale. */
    @Test
    void theLocaleCBecomesUtf8AndTheCachesAreUsed() throws Exception {
        Files.writeString(
                copy.home().resolve("lib/java.options"), "-XshowSettings:properties\n", StandardOpenOption.APPEND);
        for (String locale : List.of("A=", "LC_ALL=C", "LC_ALL=POSIX", "LC_CTYPE=C", "LANG=C")) {
            assertThat(Shell.run(
                            "env",
                            "-u",
                            "LC_ALL",
                            "-u",
                            "LC_CTYPE",
                            "-u",
                            "LANG",
                            locale,
                            copy.launcher(),
                            "--version"))
                    .as(locale)
                    .contains("sun.jnu.encoding = UTF-8");
            assertThat(copy.wasCached()).as(locale).isTrue();
        }
    }

    @Test
    void aDeletedWorkingDirectoryIsReportedInOneLine() throws Exception {
        Path gone = Files.createDirectory(directory.resolve("gone"));

        assertThatShell("cd \"$2\" && rmdir \"$2\" && exec \"$1\" audit .", gone)
                .endsWith(
                        "freshpyc: the working directory was deleted: change to a directory that exists\nexit code 3\n")
                .doesNotContain("java");
    }

    @Test
    void tooSmallALimitOfAddressesIsReportedInOneLine() throws Exception {
        assertThatShell("ulimit -v 599999; exec \"$1\" audit \"$2\"", directory).isEqualTo("""
                        freshpyc: the limit of address space is 599999 KiB, and freshpyc needs 600000: see 'ulimit -v'
                        exit code 3
                        """);
    }

    @Test
    void anAuditRunsInTheSmallestLimitOfAddresses() throws Exception {
        assertThatShell("ulimit -v 600000; exec \"$1\" audit --no-index \"$2\"", directory)
                .endsWith("0 pycs judged, 0 findings.\nexit code 0\n");
    }

    /** The output and the exit code of a script, in which {@code $1} is the launcher and {@code $2} the argument. */
    private AbstractStringAssert<?> assertThatShell(String script, Path argument) throws Exception {
        Process process = new ProcessBuilder(
                        "sh", "-c", script, "sh", copy.launcher().toString(), argument.toString())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return assertThat(output + "exit code " + process.waitFor() + "\n");
    }

    @Test
    void theServiceLoadsTheUnpackedSqliteLibrary() throws Exception {
        try (Stream<Path> files = Files.walk(copy.home())) {
            assertThat(files.filter(file -> file.toString().matches(".*sqlitejdbc.*\\.(so|dll|dylib)")))
                    .containsExactly(copy.home().resolve("lib/libsqlitejdbc.so"));
        }
        Process process = new ProcessBuilder(
                        copy.launcher().toString(),
                        "serve",
                        "--listen",
                        "127.0.0.1:0",
                        "--index",
                        directory.resolve("index").toString(),
                        directory.toString())
                .redirectErrorStream(true)
                .start();
        try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
            assertThat(out.readLine()).startsWith("listening at ");
            assertThat(Files.readString(Path.of("/proc/" + process.pid() + "/maps")))
                    .contains(copy.home().toRealPath().resolve("lib/libsqlitejdbc.so") + "\n");
        } finally {
            process.destroyForcibly();
        }
    }

    private void requireWorkingProgram() throws Exception {
        assertThat(copy.run("--version")).startsWith("freshpyc ");
        Path tree = Path.of("src/dist/training").toAbsolutePath();
        Path index = directory.resolve("index");
        copy.run("refresh", "-q", "--index", index, tree);
        assertThat(copy.run("lookup", "--index", index, tree.resolve("sample/__init__.py")))
                .contains("cpython-311");
    }

    private List<String> names(String folder, String ending) throws IOException {
        try (Stream<Path> files = Files.list(copy.home().resolve(folder))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(ending))
                    .sorted()
                    .toList();
        }
    }
}
