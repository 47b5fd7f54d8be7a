package dev.freshpyc.indexer.interpreter;

import dev.freshpyc.core.path.JavaPath;
import dev.freshpyc.core.pyc.PythonVersion;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Lists the executable files that may be the wanted interpreter, the most likely first. Nothing is started.
 *
 * @param environment the environment variables of the process
 */
record InterpreterCandidates(Map<String, String> environment) {

    private static final Pattern SEPARATOR = Pattern.compile(Pattern.quote(File.pathSeparator));

    /** A directory of pyenv that is named after a Python version; a virtual environment there has any name. */
    private static final Pattern NUMBERED = Pattern.compile("\\d+\\.\\d+.*|\\D+\\d+\\.\\d+-\\d.*");

    /**
     * In order: the usual names on PATH, the versions of pyenv, the active virtual environment. A shim of pyenv on PATH is a script that
     * starts one of pyenv's versions and takes as long as compiling a hundred files. So the versions take the place of the shim: they come
     * before the programs that the shim hides from the user.
     */
    Stream<Path> likely(Optional<PythonVersion> version) {
        List<Path> pyenv = ofPyenv(version).toList();
        return Stream.of(
                        names(version)
                                .flatMap(this::onPath)
                                .flatMap(program -> isShim(program) ? pyenv.stream() : Stream.of(program)),
                        pyenv.stream(),
                        Stream.of("VIRTUAL_ENV").flatMap(name -> python(variable(name))))
                .flatMap(found -> found);
    }

    /**
     * The programs of that name on PATH. Relative directories, and the empty one, are left out: they depend on the current
     * directory, which may belong to another user.
     */
    Stream<Path> onPath(String name) {
        return Stream.of(SEPARATOR.split(environment.getOrDefault("PATH", ""), -1))
                .flatMap(directory -> path(directory).stream())
                .filter(Path::isAbsolute)
                .flatMap(directory -> program(directory.resolve(name)));
    }

    private static Stream<String> names(Optional<PythonVersion> version) {
        return version.map(InterpreterCandidates::names)
                .orElseGet(() -> Stream.of("python3", "python", "pypy3", "graalpy", "python2"));
    }

    private static Stream<String> names(PythonVersion version) {
        Stream<String> usual = Stream.of("python" + version.major(), "python");
        String full = version.major() + "." + version.minor();
        return switch (version.implementation()) {
            case CPYTHON -> Stream.concat(Stream.of("python" + full), usual);
            case PYPY -> Stream.concat(Stream.of("pypy" + full, "pypy" + version.major(), "pypy"), usual);
            case GRAALPY -> Stream.concat(Stream.of("graalpy" + full, "graalpy"), usual);
        };
    }

    /** Directories that are named after the version, then directories whose names hold no version. */
    private Stream<Path> ofPyenv(Optional<PythonVersion> version) {
        List<Path> all = list(pyenv().map(root -> root.resolve("versions")));
        Stream<Path> spelled = all.stream().filter(home -> spells(home, version));
        Stream<Path> unknown = all.stream()
                .filter(home -> !NUMBERED.matcher(home.getFileName().toString()).matches());
        return Stream.concat(spelled, unknown).flatMap(home -> python(Optional.of(home)));
    }

    private boolean isShim(Path program) {
        return pyenv().map(root -> root.resolve("shims"))
                .filter(shims -> shims.equals(program.getParent()))
                .isPresent();
    }

    private Optional<Path> pyenv() {
        return variable("PYENV_ROOT").or(() -> variable("HOME").map(home -> home.resolve(".pyenv")));
    }

    private static boolean spells(Path home, Optional<PythonVersion> version) {
        String name = home.getFileName().toString();
        if (!NUMBERED.matcher(name).matches()) {
            return false;
        }
        return version.map(wanted -> Pattern.compile("(\\D*)" + wanted.major() + "\\." + wanted.minor() + "\\b.*")
                        .matcher(name)
                        .matches())
                .orElse(true);
    }

    private static Stream<Path> python(Optional<Path> home) {
        return home.stream()
                .flatMap(directory -> Stream.of("bin", "Scripts").map(directory::resolve))
                .flatMap(directory -> program(directory.resolve("python")));
    }

    private static Stream<Path> program(Path file) {
        List<String> extensions = File.separatorChar == '/' ? List.of("") : List.of("", ".exe");
        return extensions.stream()
                .map(extension -> file.resolveSibling(file.getFileName() + extension))
                .filter(program -> Files.isRegularFile(program) && Files.isExecutable(program));
    }

    private static List<Path> list(Optional<Path> directory) {
        if (directory.isEmpty()) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(directory.get())) {
            return files.sorted().toList();
        } catch (IOException absent) {
            return List.of();
        }
    }

    private Optional<Path> variable(String name) {
        return path(environment.getOrDefault(name, "")).filter(Path::isAbsolute);
    }

    private static Optional<Path> path(String text) {
        try {
            return Optional.of(JavaPath.of(text));
        } catch (InvalidPathException noPath) {
            return Optional.empty();
        }
    }
}
