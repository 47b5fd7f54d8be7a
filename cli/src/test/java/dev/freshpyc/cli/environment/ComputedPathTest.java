package dev.freshpyc.cli.environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.freshpyc.cli.oracle.Interpreter;
import dev.freshpyc.cli.oracle.Interpreters;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.indexer.site.ComputedPath;
import dev.freshpyc.indexer.site.ComputedPath.Start;
import dev.freshpyc.indexer.site.HostSiteFiles;
import dev.freshpyc.indexer.site.InterpreterLayout;
import dev.freshpyc.indexer.site.SiteFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * The path that is computed from files equals {@code sys.path}: for every interpreter, for its virtual environments and
 * for a link to the interpreter, with every option and variable that changes the path.
 */
class ComputedPathTest {

    private static final SiteFiles FILES = new HostSiteFiles(Optional.empty());

    @TempDir
    private Path scratch = Path.of("");

    @TestFactory
    Stream<DynamicTest> theComputedPathEqualsSysPath() throws IOException {
        scratch = scratch.toRealPath();
        List<Interpreter> pythons = PythonRun.interpreters(Interpreters.all().stream());
        assumeFalse(pythons.isEmpty(), "NOT RUN: no CPython 3");
        return pythons.stream().map(python -> DynamicTest.dynamicTest(python.toString(), () -> check(python)));
    }

    private void check(Interpreter python) throws Exception {
        Path own = Files.createDirectories(scratch.resolve(python.name().replace(' ', '-')));
        Path home = Files.createDirectories(own.resolve("home"));
        PythonRun run = PythonRun.of(python, home);
        compare(run, home);

        Path link = Files.createSymbolicLink(
                Files.createDirectories(own.resolve("bin")).resolve("any"), run.executable());
        compare(run.at(link), home);

        for (String packages : List.of("--system-site-packages", "--without-scm-ignore-files")) {
            Path venv = own.resolve("venv" + packages);
            boolean system = packages.startsWith("--system");
            run.output(
                    system
                            ? List.of("-m", "venv", "--without-pip", packages, venv.toString())
                            : List.of("-m", "venv", "--without-pip", venv.toString()));
            PythonRun inside = run.at(venv.resolve("bin/python"));
            RawPath site = path(inside).path().stream()
                    .filter(entry -> entry.toPython().startsWith(venv.toString()))
                    .findFirst()
                    .orElseThrow();
            Files.createDirectories(venv.resolve("extra"));
            Files.writeString(
                    Path.of(site.toPython()).resolve("more.pth"),
                    venv + "/extra\nmissing\nimport sys\n../../../extra/\n");
            compare(inside, home);
        }
        if (python.isInstalled()) { // others do not find their library through a link
            compareEnvironmentsOfOddShapes(run, own, link);
        }
    }

    /** An environment made through a link to the interpreter, one made in another, and one that names its {@code home} oddly. */
    private void compareEnvironmentsOfOddShapes(PythonRun run, Path own, Path link) throws Exception {
        Path outer = makeEnvironment(run, own.resolve("outer"));
        List<Path> made = new ArrayList<>(List.of(outer, makeEnvironment(run.at(link), own.resolve("of-link"))));
        Path inner = makeEnvironment(run.at(outer.resolve("bin/python")), own.resolve("inner"));
        made.addAll(List.of(inner, makeEnvironment(run.at(inner.resolve("bin/python")), own.resolve("third"))));
        Path slashed = makeEnvironment(run, own.resolve("slashed"));
        replaceHome(slashed, home -> home + "/");
        Path linkedHome = makeEnvironment(run, own.resolve("linked-home"));
        Path bin = Files.createDirectories(own.resolve("links/bin"));
        Files.createSymbolicLink(bin.resolve("python3"), run.executable());
        replaceHome(linkedHome, _ -> bin.toString());
        Path copied = makeEnvironment(run, own.resolve("copied"));
        Path python = copied.resolve("bin/python");
        byte[] program = Files.readAllBytes(python);
        try (Stream<Path> names = Files.list(copied.resolve("bin"))) {
            for (Path name : names.filter(Files::isSymbolicLink).toList()) {
                Files.delete(name);
            }
        }
        Files.write(python, program);
        assertThat(python.toFile().setExecutable(true)).isTrue();
        made.addAll(List.of(slashed, linkedHome, copied));
        for (Path venv : made) {
            PythonRun inside = run.at(venv.resolve("bin/python"));
            assertThat(path(inside).path()).as(inside + " -I").isEqualTo(inside.path("-I"));
        }
    }

    private static Path makeEnvironment(PythonRun run, Path venv) throws Exception {
        run.output(List.of("-m", "venv", "--without-pip", venv.toString()));
        return venv;
    }

    private static void replaceHome(Path venv, UnaryOperator<String> change) throws IOException {
        Path config = venv.resolve("pyvenv.cfg");
        List<String> lines = Files.readAllLines(config).stream()
                .map(line -> line.startsWith("home = ")
                        ? "home = " + change.apply(line.substring("home = ".length()))
                        : line)
                .toList();
        Files.write(config, lines);
    }

    private void compare(PythonRun run, Path home) throws Exception {
        assertThat(path(run).path()).as(run + " -I").isEqualTo(run.path("-I"));
        assertThat(path(run, new Start(List.of(), Optional.empty(), false)).path())
                .as(run + " -I -S")
                .isEqualTo(run.path("-I", "-S").stream().distinct().toList()); // 3.6 without site.py repeats an entry

        Optional<RawPath> base = Optional.of(RawPath.of(home + "/.local"));
        assertThat(path(run, new Start(List.of(), base, true)).path())
                .as(run + " of the user")
                .isEqualTo(run.path());

        InterpreterLayout layout = path(run).layout();
        String release =
                "python" + layout.version().major() + "." + layout.version().minor() + layout.abi();
        Path user = Files.createDirectories(home.resolve(".local/lib/" + release + "/site-packages"));
        Files.createDirectories(user.resolve("deep"));
        Files.write(user.resolve("u.pth"), "deep\r\n#no\r\ndeep/\r\n".getBytes(StandardCharsets.UTF_8));
        assertThat(path(run, new Start(List.of(), base, true)).path())
                .as(run + " with packages of the user")
                .isEqualTo(run.path());
        assertThat(path(run).path()).as(run + " -s").isEqualTo(run.path("-s"));

        List<RawPath> first = List.of(
                RawPath.of(home + "/a"),
                RawPath.of(home + "/../b/"),
                RawPath.of("//tmp"),
                RawPath.of(home + "/a"),
                RawPath.of(user.toString()));
        String variable = String.join(":", first.stream().map(RawPath::toPython).toList());
        assertThat(path(run, new Start(first, base, true)).path())
                .as(run + " with PYTHONPATH")
                .isEqualTo(run.with("PYTHONPATH", variable).path());
        assertThat(path(run, new Start(first, base, true)).path())
                .as(run + " with PYTHONPATH and a cache prefix")
                .isEqualTo(run.with("PYTHONPATH", variable)
                        .with("PYTHONPYCACHEPREFIX", home.toString())
                        .path());
        if (layout.version().atLeast(3, 11)) {
            assertThat(path(run, new Start(first, base, true)).path())
                    .as(run + " -P")
                    .isEqualTo(run.with("PYTHONPATH", variable).path("-P"));
        }
    }

    private static ComputedPath path(PythonRun run) {
        return path(run, Start.ISOLATED);
    }

    private static ComputedPath path(PythonRun run, Start start) {
        InterpreterLayout layout = InterpreterLayout.of(
                        FILES, RawPath.of(run.executable().toString()))
                .orElseThrow();
        return ComputedPath.of(FILES, layout, start);
    }
}
