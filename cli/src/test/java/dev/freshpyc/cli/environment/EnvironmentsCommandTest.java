package dev.freshpyc.cli.environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.freshpyc.cli.CommandLineRun;
import dev.freshpyc.cli.Pairs;
import dev.freshpyc.cli.oracle.Interpreter;
import dev.freshpyc.cli.oracle.Interpreters;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Runs {@code environments} and the commands that take whole environments on virtual environments and images. */
@Timeout(300)
class EnvironmentsCommandTest {

    private static final Pattern ENTRY = Pattern.compile("\"path\":\"([^\"]+)\",\"pycs\"");

    @TempDir
    private Path directory = Path.of("");

    @BeforeEach
    void resolveDirectory() throws IOException {
        directory = directory.toRealPath();
    }

    @Test
    void aVirtualEnvironmentIsListedWithItsFindings() throws Exception {
        CountedPython python = environment();
        Path sources = Files.createDirectories(directory.resolve("sources"));
        Path site = python.site();
        Files.writeString(site.resolve("more.pth"), sources + "\nnot-there\n");
        Files.createSymbolicLink(directory.resolve("again"), sources);
        Files.writeString(site.resolve("twice.pth"), directory.resolve("again") + "\n");
        Files.writeString(site.resolve("old.egg-link"), sources + "\n.\n");
        Files.writeString(site.resolve("ed.pth"), "import sys; __editable___ed_finder = 0\n");
        Files.writeString(
                site.resolve("__editable___ed_finder.py"), "MAPPING: dict[str, str] = {'ed': '" + sources + "/ed'}\n");
        Path info = Files.createDirectories(site.resolve("counter-1.5.dist-info"));
        Files.writeString(
                info.resolve("RECORD"), "count.pth,sha256=47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU,0\nRECORD,,\n");
        new Pairs(sources).stale("m");

        String json = json("--venv", python.venv());

        assertThat(json)
                .contains("\"environments\":[{\"python\":\"" + python.executable() + "\",\"version\":\"3.")
                .contains("\"prefix\":\"" + python.venv() + "\"")
                .contains("{\"path\":\"" + sources + "\",\"kind\":\"directory\",\"pycs\":1}")
                .contains("\"kind\":\"missing\",\"pycs\":0}")
                .contains("{\"kind\":\"import-line\",\"file\":\"" + site
                        + "/count.pth\",\"line\":1,\"text\":\"import os;")
                .contains("\"distribution\":\"counter-1.5\"}")
                .contains("{\"kind\":\"dangling\",\"file\":\"" + site
                        + "/more.pth\",\"line\":2,\"text\":\"not-there\",\"distribution\":null}")
                .contains("{\"kind\":\"editable\",\"file\":\"" + site
                        + "/__editable___ed_finder.py\",\"line\":null,\"text\":\"ed from " + sources + "/ed\"")
                .contains("{\"kind\":\"egg-link\",\"file\":\"" + site + "/old.egg-link\",\"line\":null,\"text\":\""
                        + sources)
                .contains("{\"kind\":\"twice\",\"file\":\"" + directory.resolve("again") + "\"");
        assertThat(CommandLineRun.of("environments", "--index", index(), "--venv", python.venv())
                        .out())
                .contains(sources + ": 1 pyc\n", "(counter-1.5) runs code at every start: import os;");
    }

    @Test
    void aTreeThatEnvironmentsShareIsAuditedOnce() throws Exception {
        CountedPython python = environment();
        Path sources = Files.createDirectories(directory.resolve("sources"));
        new Pairs(sources).stale("m");
        Files.writeString(python.site().resolve("more.pth"), sources + "\n");
        Path second = Files.createDirectories(directory.resolve("second")).resolve("venv");
        copy(python.venv(), second);

        List<String> audited = entries(CommandLineRun.of(
                        "audit", "--no-index", "--format", "json", "-q", "--venv", python.venv(), "--venv", second)
                .out());

        assertThat(audited).doesNotHaveDuplicates().containsOnlyOnce(sources.toString());
        assertThat(audited)
                .contains(
                        python.site().toString(),
                        second.resolve(python.venv().relativize(python.site())).toString());
    }

    @Test
    void repairAndLookupTakeAWholeVirtualEnvironment() throws Exception {
        CountedPython python = environment();
        new Pairs(python.site()).stale("m");
        Files.writeString(
                python.venv().resolve("pyvenv.cfg"),
                "home = " + python.executable().toRealPath().getParent() + "\n");

        CommandLineRun plan = CommandLineRun.of(
                "repair", "--index", index(), "--dry-run", "--format", "jsonl", "-q", "--venv", python.venv());
        assertThat(plan.out()).contains("m.cpython-");
        CommandLineRun.of("refresh", "--index", index(), "-q", "--venv", python.venv());
        assertThat(CommandLineRun.of(
                                "lookup",
                                "--index",
                                index(),
                                "--venv",
                                python.venv(),
                                python.site().resolve("m.py"))
                        .code())
                .isZero();
    }

    @Test
    void thePathOfAnImageIsComputedInsideTheImage() throws IOException {
        Path image = Files.createDirectories(directory.resolve("image"));
        Path library = Files.createDirectories(image.resolve("usr/lib/python3.11"));
        Files.writeString(library.resolve("os.py"), "");
        Files.writeString(library.resolve("site.py"), "\"dist-packages\"\n");
        Files.createDirectories(library.resolve("lib-dynload"));
        Path packages = Files.createDirectories(image.resolve("usr/lib/python3/dist-packages"));
        Files.createDirectories(image.resolve("srv/code"));
        Files.createDirectories(image.resolve("usr/bin"));
        Files.writeString(image.resolve("usr/bin/python3.11"), "never run");
        Files.createSymbolicLink(image.resolve("usr/bin/python3"), Path.of("/usr/bin/python3.11"));
        Files.createSymbolicLink(packages.resolve("linked.pth"), Path.of("/etc/linked.pth"));
        Files.createDirectories(image.resolve("etc"));
        Files.writeString(image.resolve("etc/linked.pth"), "/srv/code\n/../srv/code\nimport os\n" + directory + "\n");
        new Pairs(image.resolve("srv/code")).stale("m");

        String json = json("--root", image);

        assertThat(json)
                .contains(
                        "\"python\":\"/usr/bin/python3\",\"version\":\"3.11\",\"tag\":\"cpython-311\",\"magic\":3495,\"prefix\":\"/usr\"")
                .contains("{\"path\":\"/usr/lib/python3/dist-packages\",\"kind\":\"directory\",\"pycs\":0}")
                .contains("{\"path\":\"/srv/code\",\"kind\":\"directory\",\"pycs\":1}")
                .contains("\"kind\":\"import-line\"")
                .contains("{\"kind\":\"dangling\",\"file\":\"/usr/lib/python3/dist-packages/linked.pth\",\"line\":4");
        assertThat(json.split("\"python\"", -1)).hasSize(2);
        assertThat(entries(CommandLineRun.of("audit", "--no-index", "--format", "json", "-q", "--root", image)
                        .out()))
                .containsExactly(
                        library.toString(),
                        library.resolve("lib-dynload").toString(),
                        packages.toString(),
                        image.resolve("srv/code").toString());
    }

    /** The wrapper sets the variables of a user, whose own packages count. */
    @Test
    void codeInTheUserSiteAndOnPythonpathIsReported() throws Exception {
        Interpreter python = installed();
        Path home = Files.createDirectories(directory.resolve("home"));
        Path first = Files.createDirectories(directory.resolve("first"));
        Files.writeString(first.resolve("sitecustomize.py"), "");
        Path wrapper =
                wrapper("HOME='" + home + "' PYTHONPATH='" + first + "' exec '" + python.executable() + "' \"$@\"");
        Path site = Path.of(run(wrapper, "import site; print(site.USER_SITE)").strip());
        Files.createDirectories(site);
        Files.writeString(site.resolve("evil.pth"), "import os\nnot-there\n");
        Files.writeString(site.resolve("usercustomize.py"), "");
        Files.writeString(site.resolve("dev.egg-link"), "/nowhere\n.\n");

        String json = json("--python", wrapper);

        assertThat(json)
                .contains("{\"kind\":\"import-line\",\"file\":\"" + site + "/evil.pth\",\"line\":1")
                .contains("{\"kind\":\"dangling\",\"file\":\"" + site + "/evil.pth\",\"line\":2")
                .contains("{\"kind\":\"egg-link\",\"file\":\"" + site + "/dev.egg-link\"")
                .contains("{\"kind\":\"customize\",\"file\":\"" + site + "/usercustomize.py\"")
                .contains("{\"kind\":\"customize\",\"file\":\"" + first + "/sitecustomize.py\"");
        assertThat(json("-I", "--python", wrapper)).doesNotContain(site.toString(), first.toString());
    }

    @Test
    void anEnvironmentWithoutUserPackagesNeverImportsUsercustomize() throws Exception {
        CountedPython python = environment();
        Path user = Files.writeString(python.site().resolve("usercustomize.py"), "");
        Files.writeString(python.site().resolve("sitecustomize.py"), "");
        // Debian has a sitecustomize of its own, which comes first.
        String imported = run(
                        python.venv().resolve("bin/python"), "import sitecustomize; print(sitecustomize.__file__)")
                .strip();

        for (String json : List.of(json("--venv", python.venv()), json("--root", "/", "--venv", python.venv()))) {
            assertThat(json).contains(imported).doesNotContain(user.toString());
        }
    }

    /** With {@code -S}, no {@code .pth} file is read and nothing is imported at the start. */
    @Test
    void anInterpreterWithoutSiteIsListed() throws Exception {
        CountedPython python = environment();
        Files.writeString(python.site().resolve("sitecustomize.py"), "");
        Path wrapper = wrapper("PYTHONPATH='" + python.site() + "' exec '" + python.executable() + "' -S \"$@\"");
        assertThat(json("--python", wrapper)).contains("\"version\":\"3.").doesNotContain("customize\"", "import-line");
    }

    /** The path of a PyPy is never taken from the library of a CPython that happens to lie there. */
    @Test
    void aVirtualEnvironmentOfPypyIsAsked() throws Exception {
        Optional<Interpreter> pypy = Interpreters.all().stream()
                .filter(python -> python.name().startsWith("pypy 3"))
                .findFirst();
        assumeTrue(pypy.isPresent(), "NOT RUN: no PyPy 3");
        Path venv = directory.resolve("venv");
        PythonRun.of(pypy.get(), directory).output(List.of("-m", "venv", "--without-pip", venv.toString()));
        Path site = Path.of(run(venv.resolve("bin/python"), "import site; print(site.getsitepackages()[0])")
                .strip());
        Files.writeString(site.resolve("e.pth"), "import os\n");

        assertThat(json("--venv", venv))
                .contains("\"tag\":\"pypy", "{\"kind\":\"import-line\",\"file\":\"" + site + "/e.pth\"")
                .doesNotContain("/lib/python3");
        CommandLineRun elsewhere = CommandLineRun.of("environments", "--index", index(), "--root", "/", "--venv", venv);
        assertThat(elsewhere.code()).isEqualTo(3);
        assertThat(elsewhere.err()).contains("only PyPy and GraalPy themselves know their path");
        assertThat(elsewhere.out()).doesNotContain("cpython");
    }

    /** A program of another architecture, for example. Here the file is no program at all. */
    @Test
    void aPathThatCanBeComputedIsOfferedWhereTheInterpreterCannotBeStarted() throws Exception {
        Path library = Files.createDirectories(directory.resolve("there/lib/python3.11"));
        Files.writeString(library.resolve("os.py"), "");
        Path python = Files.createDirectories(directory.resolve("there/bin")).resolve("python3.11");
        Files.writeString(python, "touch " + directory.resolve("ran") + "\n");
        assertThat(python.toFile().setExecutable(true)).isTrue();

        for (String command : List.of("audit", "entry-points", "refresh", "repair")) {
            assertThat(CommandLineRun.of(command, "--index", index(), "--python", python)
                            .complaint(3))
                    .as(command)
                    .contains("it is no program", "with --root / its path is computed from files");
            assertThat(CommandLineRun.of(command, "--index", index(), "--root", "/", "--python", python)
                            .code())
                    .as(command)
                    .isZero();
        }
        assertThat(directory.resolve("ran")).doesNotExist();
    }

    @Test
    void theMessageSaysFromWhereAStandardLibraryWasSearched() throws Exception {
        Path bin = Files.createDirectories(directory.resolve("image/usr/bin"));
        Files.writeString(bin.resolve("python3.11"), "never run");
        CommandLineRun run =
                CommandLineRun.of("environments", "--index", index(), "--root", directory.resolve("image"));
        assertThat(run.err())
                .contains(
                        "/usr/bin/python3.11 belongs to another system, and no standard library was found from /usr/bin");
    }

    @Test
    void aDirectoryThatIsNoVirtualEnvironmentIsRefused() {
        assertThat(CommandLineRun.of("environments", "--venv", directory).complaint(2))
                .contains("no virtual environment: it has no bin/python");
    }

    @Test
    void aProgramThatIsNoPythonIsNamed() throws IOException {
        CommandLineRun run = CommandLineRun.of("environments", "--index", index(), "--python", "/bin/false");

        assertThat(run.code()).isEqualTo(3);
        assertThat(run.err()).startsWith("freshpyc: left out: /bin/false failed with exit status 1");
    }

    private CountedPython environment() throws Exception {
        var made = CountedPython.in(directory);
        assumeTrue(made.isPresent(), "NOT RUN: no CPython 3");
        return made.get();
    }

    private static Interpreter installed() {
        var found = Interpreters.all().stream()
                .filter(python -> python.isInstalled() && python.name().startsWith("cpython 3"))
                .findFirst();
        assumeTrue(found.isPresent(), "NOT RUN: no CPython 3");
        return found.get();
    }

    private Path wrapper(String line) throws IOException {
        Path wrapper = Files.writeString(directory.resolve("wrapper"), "#!/bin/sh\n" + line + "\n");
        assertThat(wrapper.toFile().setExecutable(true)).isTrue();
        return wrapper;
    }

    private String run(Path python, String script) throws Exception {
        return new PythonRun(python, Map.of()).output(List.of("-c", script));
    }

    private String json(Object... options) {
        CommandLineRun run = CommandLineRun.of(
                Stream.concat(Stream.of("environments", "--index", index(), "--format", "json"), Stream.of(options))
                        .toArray());
        assertThat(run.code()).as(run.err()).isZero();
        return run.out();
    }

    private static List<String> entries(String json) {
        return ENTRY.matcher(json).results().map(found -> found.group(1)).toList();
    }

    private static void copy(Path from, Path to) throws IOException, InterruptedException {
        assertThat(new ProcessBuilder("cp", "-a", from.toString(), to.toString())
                        .start()
                        .waitFor())
                .isZero();
    }

    private Path index() {
        return directory.resolve("index");
    }
}
