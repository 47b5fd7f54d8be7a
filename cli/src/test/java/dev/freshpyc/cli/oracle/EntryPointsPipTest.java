package dev.freshpyc.cli.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.freshpyc.core.metadata.Distribution;
import dev.freshpyc.core.metadata.MetadataRules;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.store.StoreEvents;
import dev.freshpyc.core.verdict.RacyWindow;
import dev.freshpyc.indexer.metadata.EntryPointCache;
import dev.freshpyc.indexer.metadata.EntryPointCache.Belief;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The cache of entry points follows every install, upgrade and removal by pip, although it holds each earlier answer.
 */
class EntryPointsPipTest {

    @TempDir
    private Path scratch = Path.of("");

    private Path site = Path.of("");

    @Test
    void theCacheFollowsPip() throws Exception {
        Optional<Path> python = pythonWithPip();
        assumeTrue(python.isPresent(), "NOT RUN: no interpreter makes an environment with pip");
        Path pip = environment(python.get());

        assertThat(answer()).isEmpty();
        pip(pip, "install", wheel("1.0", "old"));
        assertThat(answer()).containsExactly("old 1.0");
        pip(pip, "install", wheel("2.0", "new"));
        assertThat(answer()).containsExactly("new 2.0");
        pip(pip, "install", "--force-reinstall", wheel("2.0", "newer"));
        assertThat(answer()).containsExactly("newer 2.0");
        pip(pip, "uninstall", "-y", "the-tool");
        assertThat(answer()).isEmpty();
    }

    /**
     * Name and version of every entry point of the group. The racy window of the cache is zero, so that it keeps every
     * answer at once.
     */
    private List<String> answer() {
        EntryPointCache cache = new EntryPointCache(
                Optional.of(scratch.resolve("index")),
                Optional.empty(),
                StoreEvents.NONE,
                new RacyWindow(Duration.ZERO),
                InstantSource.system());
        RawPath entry = RawPath.of(site.toString());
        List<String> found = answer(cache, entry, Belief.STAT);
        assertThat(answer(cache, entry, Belief.ASSUMED)).isEqualTo(found);
        return found;
    }

    private static List<String> answer(EntryPointCache cache, RawPath entry, Belief belief) {
        List<String> found = new ArrayList<>();
        for (Distribution distribution : cache.metadata(entry, belief).distributions(MetadataRules.LISTED)) {
            distribution.entryPoints().stream()
                    .filter(point -> point.group().equals("the.group"))
                    .forEach(point -> found.add(
                            point.name() + " " + distribution.version().orElse("?")));
        }
        return found;
    }

    private static Optional<Path> pythonWithPip() {
        return Interpreters.all().stream()
                .filter(Interpreter::isInstalled)
                .map(Interpreter::executable)
                .filter(python -> succeeds(python.toString(), "-I", "-c", "import venv, ensurepip"))
                .findFirst();
    }

    private Path environment(Path python) throws IOException {
        Path home = scratch.resolve("venv");
        run(python.toString(), "-I", "-m", "venv", home.toString());
        try (Stream<Path> libraries = Files.list(home.resolve("lib"))) {
            site = libraries.findFirst().orElseThrow().resolve("site-packages");
        }
        return home.resolve("bin/python");
    }

    private static void pip(Path python, String... words) {
        List<String> command = new ArrayList<>(List.of(python.toString(), "-I", "-m", "pip", "--no-input"));
        command.addAll(List.of(words));
        if (words[0].equals("install")) {
            command.addAll(List.of("--no-index", "--no-deps", "--no-compile", "--disable-pip-version-check"));
        }
        run(command.toArray(String[]::new));
    }

    private String wheel(String version, String entryPoint) throws IOException {
        Path directory = Files.createTempDirectory(scratch, "wheel");
        Path file = directory.resolve("the_tool-" + version + "-py3-none-any.whl");
        String info = "the_tool-" + version + ".dist-info/";
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            put(zip, "the_tool.py", "");
            put(zip, info + "METADATA", "Metadata-Version: 2.1\nName: the-tool\nVersion: " + version + "\n");
            put(zip, info + "WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n");
            put(zip, info + "entry_points.txt", "[the.group]\n" + entryPoint + " = the_tool\n");
            put(
                    zip,
                    info + "RECORD",
                    "the_tool.py,,\n" + info + "METADATA,,\n" + info + "WHEEL,,\n" + info + "entry_points.txt,,\n"
                            + info + "RECORD,,\n");
        }
        return file.toString();
    }

    private static void put(ZipOutputStream zip, String name, String text) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(text.getBytes(StandardCharsets.UTF_8));
        zip.closeEntry();
    }

    private static boolean succeeds(String... command) {
        try {
            run(command);
            return true;
        } catch (AssertionError unable) {
            return false;
        }
    }

    private static void run(String... command) {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getOutputStream().close();
            String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor())
                    .as(String.join(" ", command) + "\n" + out)
                    .isZero();
        } catch (IOException failed) {
            throw new AssertionError(failed);
        } catch (InterruptedException failed) {
            Thread.currentThread().interrupt();
            throw new AssertionError(failed);
        }
    }
}
