package dev.freshpyc.cli.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshpyc.cli.CommandLineRun;
import dev.freshpyc.cli.repair.Shell;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * In a real virtual environment, {@code bench --entry-points} measures the scripts that can run and reports why the
 * others are not measured.
 */
@EnabledOnOs(OS.LINUX)
class ScriptBenchTest {

    @TempDir
    Path home = Path.of("");

    private Path venv = Path.of("");
    private Path site = Path.of("");

    @BeforeEach
    void makeEnvironment() throws Exception {
        venv = home.resolve("venv");
        Process made = new ProcessBuilder("python3", "-m", "venv", "--without-pip", venv.toString())
                .inheritIO()
                .start();
        assertThat(made.waitFor()).isZero();
        try (Stream<Path> versions = Files.list(venv.resolve("lib"))) {
            site = versions.findFirst().orElseThrow().resolve("site-packages");
        }
        module("shop", "import sys\ndef main():\n    print(sys.argv[1:])\n");
        module("broken", "def main():\n    raise SystemExit('no\\x1b[2J terminal')\n");
        distribution("Shop", "shop = shop:main", "hidden = shop:main", "absent = shop:main");
        distribution("Broken", "broken = broken:main", "../../outside = broken:main");
        script("shop", "from shop import main\nmain()\n");
        script("broken", "from broken import main\nmain()\n");
        Files.setPosixFilePermissions(
                script("hidden", "from shop import main\nmain()\n"), PosixFilePermissions.fromString("rw-r--r--"));
        Files.setPosixFilePermissions(
                Files.writeString(home.resolve("outside"), "#!/bin/sh\ntouch '" + home + "/ran'\n"),
                PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    @Test
    void aFailingScriptIsReportedAndTheOthersAreMeasured() {
        CommandLineRun run = CommandLineRun.of("bench", "--entry-points", "--python", python(), "--timeout", "50");

        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.lines().getFirst()).containsSubsequence("saved", "as-is", "repaired", "script", "package");
        assertThat(run.lines().get(1)).matches(" +\\d+\\.\\d ms +\\d+\\.\\d ms +\\d+\\.\\d ms  shop +Shop 1\\.5");
        assertThat(run.lines().subList(2, run.lines().size()))
                .containsExactly(
                        "not measured:",
                        "  absent (Shop 1.5): " + venv + "/bin/absent: is no executable file",
                        "  broken (Broken 1.5): " + venv + "/bin/broken: ended with status 1: no\\x1b[2J terminal",
                        "  hidden (Shop 1.5): " + venv + "/bin/hidden: is no executable file");
        assertThat(home.resolve("ran")).doesNotExist();
    }

    @Test
    void theDocumentListsTheScriptsAndTheBytecodeStaysAsItWas() throws IOException {
        Map<Path, String> before = bytecode();
        CommandLineRun run = CommandLineRun.of("bench", "--format", "json", "--venv", venv, "--entry-points");

        JsonNode json = JsonMapper.shared().readTree(run.out());
        JsonNode shop = json.at("/scripts/0");
        assertThat(shop.at("/script").asString()).isEqualTo("shop");
        assertThat(shop.at("/dist").asString()).isEqualTo("Shop");
        assertThat(shop.at("/file").asString()).isEqualTo(venv + "/bin/shop");
        assertThat(shop.at("/as_is_ms/median").asDouble()).isPositive();
        assertThat(json.at("/runs").asInt()).isEqualTo(6);
        assertThat(json.at("/not_measured")
                        .valueStream()
                        .map(script -> script.at("/script").asString()))
                .containsExactly("absent", "broken", "hidden");
        assertThat(bytecode()).hasSize(2).isEqualTo(before);
    }

    @Test
    void contradictoryOptionsAreRefused() {
        assertThat(CommandLineRun.of("bench", "--entry-points", "gui_scripts", "--python", python())
                        .complaint(3))
                .contains("has an entry point of the group 'gui_scripts'");
        assertThat(CommandLineRun.of("bench", "--entry-points", "--", "pip").complaint(2))
                .contains("--entry-points takes no COMMAND");
        assertThat(CommandLineRun.of("bench", "--html", "x", "--entry-points").complaint(2))
                .contains("--entry-points takes no --html");
        assertThat(CommandLineRun.of("bench", "--entry-points", "--python", python(), "--venv", venv)
                        .complaint(2))
                .contains("give one environment");
        assertThat(CommandLineRun.of("bench").complaint(2)).contains("give the command to measure after --");
        assertThat(CommandLineRun.of("bench", "--python", python(), "--", "pip").complaint(2))
                .contains("--python needs --entry-points");
    }

    private Path python() {
        return venv.resolve("bin/python");
    }

    /** Makes a module with a stale pyc: the mtime of the source changes after the compilation. */
    private void module(String name, String text) throws Exception {
        Path source = Files.writeString(site.resolve(name + ".py"), text);
        Process compiled = new ProcessBuilder(python().toString(), "-m", "py_compile", source.toString())
                .inheritIO()
                .start();
        assertThat(compiled.waitFor()).isZero();
        Files.setLastModifiedTime(source, FileTime.fromMillis(0));
    }

    private Map<Path, String> bytecode() throws IOException {
        Map<Path, String> contents = new TreeMap<>();
        try (Stream<Path> files = Files.list(site.resolve("__pycache__"))) {
            for (Path file : files.toList()) {
                contents.put(file, Arrays.toString(Files.readAllBytes(file)));
            }
        }
        return contents;
    }

    private void distribution(String name, String... scripts) throws IOException {
        Path directory = Files.createDirectory(site.resolve(name.toLowerCase(Locale.ROOT) + "-1.5.dist-info"));
        Files.writeString(directory.resolve("METADATA"), "Metadata-Version: 2.1\nName: " + name + "\nVersion: 1.5\n");
        Files.write(
                directory.resolve("entry_points.txt"),
                Stream.concat(Stream.of("[console_scripts]"), Stream.of(scripts))
                        .toList(),
                StandardCharsets.UTF_8);
    }

    private Path script(String name, String program) throws IOException {
        return Shell.writeScript(venv.resolve("bin").resolve(name), "#!" + python() + "\n" + program);
    }
}
