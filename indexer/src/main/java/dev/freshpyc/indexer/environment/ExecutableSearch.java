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
 * Finds a program as execvp(3) does: a name with a slash is a file; any other name is looked up along PATH, where an empty
 * entry is the current directory and a file without execute permission is ignored. The search is not left to the system, so
 * that messages and results can name the program that ran.
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
        throw InterpreterException.notFound(name);
    }

    private List<RawPath> candidates(String name) {
        if (name.isEmpty()) {
            return List.of();
        }
        if (name.contains("/") || name.contains(File.separator)) {
            return candidates("", name).toList();
        }
        return Stream.of(SEPARATOR.split(path, -1))
                .flatMap(directory -> candidates(directory.isEmpty() ? "." : directory, name))
                .toList();
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
