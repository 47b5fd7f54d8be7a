package dev.freshpyc.indexer.inventory;

import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.indexer.site.SiteFiles;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The places where interpreters are: the directories of PATH, the active virtual environment, and where pyenv, uv and conda keep
 * them. Nothing is started.
 *
 * @param files of this system, or of another one
 * @param environment the variables of this process; those of another system are not known, and none of ours count there
 */
public record InterpreterPlaces(SiteFiles files, Map<String, String> environment) {

    private static final Pattern NAME = Pattern.compile("(python|pypy|graalpy)(\\d(\\.\\d{1,2})?t?)?");

    /** Where images have interpreters and virtual environments; a star is any one name. */
    private static final List<String> USUAL = List.of(
            "/usr/local/bin",
            "/usr/bin",
            "/bin",
            "/opt/*/bin",
            "/venv/bin",
            "/.venv/bin",
            "/app/venv/bin",
            "/app/.venv/bin",
            "/srv/*/venv/bin",
            "/home/*/venv/bin",
            "/home/*/.venv/bin",
            "/root/venv/bin",
            "/root/.venv/bin");

    private static final List<String> PYENV =
            List.of("/root/.pyenv", "/opt/pyenv", "/usr/local/pyenv", "/home/*/.pyenv");
    private static final List<String> UV = List.of(
            "/root/.local/share/uv/python",
            "/opt/uv/python",
            "/usr/local/share/uv/python",
            "/home/*/.local/share/uv/python");
    private static final List<String> CONDA =
            List.of("/opt/conda", "/opt/miniconda3", "/root/miniconda3", "/root/anaconda3", "/home/*/miniconda3");

    private static final int MOST_NAMES = 100_000;
    private static final int MOST_ENVIRONMENTS = 1 << 20;

    /** The places in another system, whose variables are not known. */
    public static InterpreterPlaces inRoot(SiteFiles files) {
        return new InterpreterPlaces(files, Map.of());
    }

    /**
     * The interpreters, the first on PATH first. A virtual environment or an installation has several names of one program; the
     * shortest name stands for all.
     */
    public List<RawPath> all() {
        Set<RawPath> known = new HashSet<>();
        return directories()
                .distinct()
                .flatMap(this::programs)
                .filter(program -> known.add(identity(program)))
                .toList();
    }

    /** The interpreter of a virtual environment. */
    public Optional<RawPath> ofVenv(RawPath venv) {
        return Stream.of("bin/python", "bin/python3", "bin/pypy3")
                .map(venv::resolve)
                .filter(files::isFile)
                .findFirst();
    }

    private Stream<RawPath> directories() {
        return Stream.of(path(), active(), pyenv(), uv(), conda()).flatMap(found -> found);
    }

    /** Relative directories of PATH are left out: they depend on the working directory, which may belong to another user. */
    private Stream<RawPath> path() {
        if (environment.isEmpty()) {
            return USUAL.stream().flatMap(this::expand);
        }
        Optional<RawPath> shims = pyenvRoots().findFirst().map(root -> root.resolve("shims"));
        return Arrays.stream(environment.getOrDefault("PATH", "").split(":", -1))
                .map(RawPath::of)
                .filter(RawPath::isAbsolute)
                .filter(directory -> !shims.equals(Optional.of(directory)));
    }

    private Stream<RawPath> active() {
        return Stream.of("VIRTUAL_ENV", "CONDA_PREFIX")
                .flatMap(name -> variable(name).stream())
                .map(directory -> directory.resolve("bin"));
    }

    private Stream<RawPath> pyenv() {
        return pyenvRoots()
                .map(root -> root.resolve("versions"))
                .flatMap(this::children)
                .flatMap(home -> Stream.concat(Stream.of(home), children(home.resolve("envs"))))
                .map(home -> home.resolve("bin"));
    }

    private Stream<RawPath> pyenvRoots() {
        return environment.isEmpty()
                ? PYENV.stream().flatMap(this::expand)
                : variable("PYENV_ROOT").or(() -> variable("HOME").map(home -> home.resolve(".pyenv"))).stream();
    }

    private Stream<RawPath> uv() {
        Stream<RawPath> roots = environment.isEmpty()
                ? UV.stream().flatMap(this::expand)
                : variable("UV_PYTHON_INSTALL_DIR")
                        .or(() -> variable("XDG_DATA_HOME").map(data -> data.resolve("uv/python")))
                        .or(() -> variable("HOME").map(home -> home.resolve(".local/share/uv/python")))
                        .stream();
        return roots.flatMap(this::children).map(home -> home.resolve("bin"));
    }

    /** The installations, their named environments, and those that conda lists in the home directory. */
    private Stream<RawPath> conda() {
        Stream<RawPath> roots = environment.isEmpty()
                ? CONDA.stream().flatMap(this::expand)
                : Stream.of(
                                variable("CONDA_EXE").map(RawPath::parent).map(RawPath::parent),
                                variable("HOME").map(home -> home.resolve("miniconda3")),
                                variable("HOME").map(home -> home.resolve("anaconda3")),
                                Optional.of(RawPath.of("/opt/conda")))
                        .flatMap(Optional::stream);
        Stream<RawPath> homes = roots.flatMap(root -> Stream.concat(Stream.of(root), children(root.resolve("envs"))));
        Stream<RawPath> listed = variable("HOME")
                .flatMap(home -> files.read(home.resolve(".conda/environments.txt"), MOST_ENVIRONMENTS))
                .map(bytes -> RawPath.of(bytes, 0, bytes.length).toPython())
                .stream()
                .flatMap(String::lines)
                .map(RawPath::of)
                .filter(RawPath::isAbsolute);
        return Stream.concat(homes, listed).map(home -> home.resolve("bin"));
    }

    private Stream<RawPath> programs(RawPath directory) {
        return files.list(directory, MOST_NAMES).orElse(List.of()).stream()
                .filter(name -> NAME.matcher(name.toPython()).matches())
                .sorted(Comparator.comparingInt(RawPath::length).thenComparing(Comparator.naturalOrder()))
                .map(directory::resolve)
                .filter(files::isFile);
    }

    /** Two programs are the same environment if they are the same file, in the same virtual environment if in one. */
    private RawPath identity(RawPath program) {
        RawPath home = program.parent().parent();
        boolean venv = files.isFile(home.resolve("pyvenv.cfg"));
        return venv ? files.real(home) : files.real(program);
    }

    private Stream<RawPath> expand(String pattern) {
        int star = pattern.indexOf('*');
        if (star < 0) {
            return Stream.of(RawPath.of(pattern));
        }
        String rest = pattern.substring(star + 1);
        return children(RawPath.of(pattern.substring(0, star - 1)))
                .map(child -> rest.isEmpty() ? child : child.resolve(rest.substring(1)));
    }

    private Stream<RawPath> children(RawPath directory) {
        return files.list(directory, MOST_NAMES).orElse(List.of()).stream()
                .sorted()
                .map(directory::resolve);
    }

    private Optional<RawPath> variable(String name) {
        return Optional.ofNullable(environment.get(name)).map(RawPath::of).filter(RawPath::isAbsolute);
    }
}
