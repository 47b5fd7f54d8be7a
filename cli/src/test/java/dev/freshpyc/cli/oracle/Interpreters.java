package dev.freshpyc.cli.oracle;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Finds the interpreters that the build unpacked and those that are installed on the machine. */
public final class Interpreters {
    /** Relative to the working directory, which is the directory of the module. */
    private static final Path UNPACKED = Path.of("target", "cpython").toAbsolutePath();

    private static final Path INSIDE_THE_JAR = Path.of("org", "bytedeco", "cpython", "linux-x86_64");

    private static final Pattern NAME = Pattern.compile("(python|pypy|graalpy)(\\d(\\.\\d+)?t?)?");

    private Interpreters() {}

    /** Holds the interpreters. They are searched once per process, because the search starts each of them. */
    private static final class Found {
        static final List<Interpreter> INTERPRETERS = find();
    }

    /** One interpreter of each version; interpreters of the build come first. */
    public static List<Interpreter> all() {
        return Found.INTERPRETERS;
    }

    /** One interpreter of each minor version, in the order of their names. */
    public static List<Interpreter> ofEachMinorVersion() {
        return List.copyOf(all().stream()
                .collect(Collectors.toMap(
                        Interpreter::minorVersion, Function.identity(), (first, _) -> first, TreeMap::new))
                .values());
    }

    /** The first interpreter whose headers contain flags. A machine without such an interpreter fails the test. */
    public static Interpreter withFlags() {
        return all().stream().filter(Interpreter::hasFlags).findFirst().orElseThrow();
    }

    /**
     * The interpreter of a minor version that the build provides. A missing interpreter fails the test.
     *
     * @param minorVersion as in {@link Interpreter#minorVersion}
     */
    public static Interpreter required(String minorVersion) {
        return of(minorVersion).orElseThrow();
    }

    /** The interpreter of a minor version. A missing interpreter skips the test. */
    public static Interpreter assumed(String minorVersion) {
        Optional<Interpreter> found = of(minorVersion);
        assumeTrue(found.isPresent(), "NOT RUN: no " + minorVersion);
        return found.orElseThrow();
    }

    private static Optional<Interpreter> of(String minorVersion) {
        return all().stream()
                .filter(python -> python.minorVersion().equals(minorVersion))
                .findFirst();
    }

    private static List<Interpreter> find() {
        var byExecutable = new LinkedHashMap<Path, Launcher>();
        Stream.of(unpacked(), onPath(), ofPyenv())
                .flatMap(found -> found)
                .forEach(launcher -> byExecutable.putIfAbsent(real(launcher.executable()), launcher));
        var byName = new LinkedHashMap<String, Interpreter>();
        byExecutable.values().parallelStream()
                .map(Interpreter::at)
                .flatMap(Optional::stream)
                .toList()
                .forEach(python -> byName.putIfAbsent(python.name(), python));
        return List.copyOf(byName.values());
    }

    /**
     * The interpreters of the unpacked jars {@code org.bytedeco:cpython}, with or without the folders of the jars. A
     * jar stores neither execute permissions nor a library path.
     */
    private static Stream<Launcher> unpacked() {
        return list(UNPACKED)
                .flatMap(version -> Stream.of(version, version.resolve(INSIDE_THE_JAR)))
                .flatMap(home -> list(home.resolve("bin"))
                        .filter(file -> isInterpreter(file) && file.toFile().setExecutable(true))
                        .map(file -> new Launcher(file, Map.of("LD_LIBRARY_PATH", home.toString()))));
    }

    /** The shims of pyenv are slow scripts that start the interpreters of {@link #ofPyenv}. */
    private static Stream<Launcher> onPath() {
        Path shims = pyenv().resolve("shims");
        return Stream.of(variable("PATH", "").split(File.pathSeparator, -1))
                .filter(directory -> !directory.isEmpty())
                .map(Path::of)
                .filter(directory -> !directory.equals(shims))
                .flatMap(Interpreters::executables);
    }

    private static Stream<Launcher> ofPyenv() {
        return list(pyenv().resolve("versions")).flatMap(version -> executables(version.resolve("bin")));
    }

    private static Path pyenv() {
        return Path.of(variable("PYENV_ROOT", System.getProperty("user.home") + "/.pyenv"));
    }

    /** The interpreters in a directory. Each gets the PATH, because an interpreter may be a script that needs it. */
    private static Stream<Launcher> executables(Path directory) {
        return list(directory)
                .filter(file -> isInterpreter(file) && Files.isExecutable(file))
                .map(file -> new Launcher(file, Map.of("PATH", variable("PATH", ""))));
    }

    private static boolean isInterpreter(Path file) {
        return Files.isRegularFile(file)
                && NAME.matcher(file.getFileName().toString()).matches();
    }

    private static Stream<Path> list(Path directory) {
        try (var files = Files.list(directory)) {
            return files.sorted().toList().stream();
        } catch (IOException e) {
            return Stream.empty();
        }
    }

    private static Path real(Path file) {
        try {
            return file.toRealPath();
        } catch (IOException e) {
            return file;
        }
    }

    private static String variable(String name, String otherwise) {
        return Optional.ofNullable(System.getenv(name)).orElse(otherwise);
    }
}
