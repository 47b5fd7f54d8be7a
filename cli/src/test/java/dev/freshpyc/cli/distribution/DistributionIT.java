package dev.freshpyc.cli.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshpyc.cli.repair.Shell;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The distribution works wherever it is put, and takes an AOT cache only for the image that the cache was made for. */
@EnabledOnOs(OS.LINUX)
class DistributionIT {

    /** A text of {@code --help} that stands in a class of the AOT cache. */
    private static final String TEXT = "Brings the index up to date. Installers";

    private static final String OTHER_TEXT = "Brought by another image. It installers";

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
        requireWork();
        assertThat(copy.run("refresh", "--help")).contains(TEXT);
        assertThat(copy.wasCached()).isTrue();
    }

    @Test
    void aMovedDistributionUsesItsCaches() throws Exception {
        assertThat(copy.run("--version")).startsWith("freshpyc ");
        Path moved = Files.move(copy.home(), directory.resolve("moved"));
        copy = new DistributionCopy(moved, copy.log());
        requireWork();
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
        assertThat(copy.name()).isEqualTo(copy.rightName());
        assertThat(names("lib", ".aot"))
                .containsExactly("freshpyc-" + copy.name() + ".aot", "index-" + copy.name() + ".aot");
    }

    /** The classes of the cache would be those of the other image: the JVM compares nothing but the size of its modules. */
    @Test
    void theCachesOfAnotherImageOfTheSameSizeAreNotUsed() throws Exception {
        copy.replaceInModules(TEXT, OTHER_TEXT);
        assertThat(copy.run("refresh", "--help"))
                .as("the JVM alone does not see it: if this fails, it checks more now")
                .contains(TEXT);
        assertThat(copy.wasCached()).isTrue();

        copy.nameImage();
        assertThat(copy.run("refresh", "--help")).contains(OTHER_TEXT);
        assertThat(copy.wasCached()).isFalse();
        requireWork();
    }

    @Test
    void anImageWithoutANameUsesNoCache() throws Exception {
        Files.delete(copy.release());
        requireWork();
        assertThat(copy.wasCached()).isFalse();
    }

    @Test
    void missingCachesAreNoError() throws Exception {
        for (String name : names("lib", ".aot")) {
            Files.delete(copy.home().resolve("lib").resolve(name));
        }
        requireWork();
        assertThat(copy.wasCached()).isFalse();
    }

    /** Nothing stands on the class path, whose jars the JVM does not check; the user's own CLASSPATH is none of the program's. */
    @Test
    void noJarIsLoaded() throws Exception {
        assertThat(names("lib", ".jar")).isEmpty();
        ProcessBuilder program = new ProcessBuilder(copy.launcher().toString(), "--version").redirectErrorStream(true);
        program.environment().put("CLASSPATH", "/nowhere/planted.jar");
        Process process = program.start();
        assertThat(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .startsWith("freshpyc ");
        assertThat(process.waitFor()).isZero();
        assertThat(copy.wasCached()).isTrue();
    }

    @Test
    void theServiceLoadsTheOneLibraryOfSqliteThatLiesUnpackedInIt() throws Exception {
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

    private void requireWork() throws Exception {
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
