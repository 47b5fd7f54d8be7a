package dev.freshpyc.indexer.environment;

import dev.freshpyc.core.path.EnvironmentVariables;
import dev.freshpyc.core.path.JavaPath;
import dev.freshpyc.core.path.RawPath;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Finds a program: a name with a slash is a file; any other name is looked up along PATH, where a file without execute permission is
 * ignored, as execvp(3) does. A relative entry of PATH, and an empty one, are left out: they depend on the current directory, which
 * may belong to another user. The search is not left to the system, so that messages and results can name the program that ran.
 *
 * @param path the value of PATH
 */
record ExecutableSearch(String path) {

    /** PATH of execvp if the variable is not set. */
    private static final String DEFAULT_PATH = "/bin:/usr/bin";

    private static final Pattern SEPARATOR = Pattern.compile(Pattern.quote(File.pathSeparator));

    /** On Windows, users leave the extension of a program out. */
    private static final List<String> EXTENSIONS = File.separatorChar == '/' ? List.of("") : List.of("", ".exe");

    static ExecutableSearch ofThisProcess() {
        return new ExecutableSearch(EnvironmentVariables.get("PATH").orElse(DEFAULT_PATH));
    }

    /** The path of {@code name}; the result always holds a slash, so that the system does not search again. */
    String find(String name) throws InterpreterException {
        List<RawPath> candidates = candidates(name);
        for (RawPath candidate : candidates) {
            if (Files.isRegularFile(JavaPath.of(candidate)) && Files.isExecutable(JavaPath.of(candidate))) {
                return candidate.toPython();
            }
        }
        for (RawPath candidate : candidates) {
            if (Files.exists(JavaPath.of(candidate))) {
                throw InterpreterException.notExecutable(candidate.toPython());
            }
        }
        throw isInRelativeEntry(name)
                ? InterpreterException.inRelativeEntry(name)
                : InterpreterException.notFound(name);
    }

    private List<RawPath> candidates(String name) {
        if (name.isEmpty()) {
            return List.of();
        }
        return isPath(name) ? candidates("", name).toList() : onPath(name, true).toList();
    }

    private boolean isInRelativeEntry(String name) {
        return !name.isEmpty()
                && !isPath(name)
                && onPath(name, false).anyMatch(candidate -> Files.exists(JavaPath.of(candidate)));
    }

    private static boolean isPath(String name) {
        return name.contains("/") || name.contains(File.separator);
    }

    /** The files of a name in the entries of PATH that are absolute, or in those that are not. */
    private Stream<RawPath> onPath(String name, boolean absolute) {
        return Stream.of(SEPARATOR.split(path, -1))
                .map(directory -> directory.isEmpty() ? "." : directory)
                .flatMap(directory -> candidates(directory, name))
                .filter(candidate -> JavaPath.of(candidate).isAbsolute() == absolute);
    }

    private static Stream<RawPath> candidates(String directory, String name) {
        List<RawPath> files = EXTENSIONS.stream()
                .map(extension -> RawPath.of(directory).resolve(name + extension))
                .toList();
        try {
            files.forEach(JavaPath::of);
            return files.stream();
        } catch (InvalidPathException noSuchFile) {
            return Stream.of();
        }
    }
}
