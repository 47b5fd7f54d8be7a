package dev.freshpyc.indexer.environment;

import dev.freshpyc.core.path.JavaPath;
import dev.freshpyc.core.path.WorkingDirectory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A shim of pyenv: a script that starts the interpreter of the version that PYENV_VERSION names, else the nearest {@code
 * .python-version} above the working directory, else {@code $PYENV_ROOT/version}. The script takes five times as long as the
 * interpreter, and may start another one in another directory, so the interpreter is started directly where one plain name
 * says which.
 *
 * @param program the interpreter that the shim would start
 */
record PyenvShim(String program) {

    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._+-]*");
    private static final Pattern PYTHON = Pattern.compile("(python|pypy)(\\d(\\.\\d+)?)?");
    private static final int LONGEST = 4096;

    /** The shim at a path; empty for other programs, and where the choice is not as plain as that. */
    static Optional<PyenvShim> of(String executable, Map<String, String> environment) {
        try {
            Path shim = JavaPath.of(executable);
            Optional<Path> root = root(environment);
            Path name = shim.getFileName();
            if (root.isEmpty()
                    || name == null
                    || !root.get().resolve("shims").equals(shim.getParent())
                    || environment.containsKey("PYENV_DIR")
                    || !PYTHON.matcher(name.toString()).matches()) {
                return Optional.empty();
            }
            return version(root.get(), environment)
                    .map(version -> root.get()
                            .resolve("versions")
                            .resolve(version)
                            .resolve("bin")
                            .resolve(name))
                    .filter(program -> Files.isRegularFile(program) && Files.isExecutable(program))
                    .map(program -> new PyenvShim(JavaPath.toRaw(program).toPython()));
        } catch (InvalidPathException noPath) {
            return Optional.empty();
        }
    }

    private static Optional<Path> root(Map<String, String> environment) {
        return Optional.ofNullable(environment.get("PYENV_ROOT"))
                .or(() -> Optional.ofNullable(environment.get("HOME")).map(home -> home + "/.pyenv"))
                .map(JavaPath::of)
                .filter(Path::isAbsolute);
    }

    private static Optional<String> version(Path root, Map<String, String> environment) {
        @Nullable String named = environment.get("PYENV_VERSION");
        if (named != null && !named.isEmpty()) {
            return plain(named);
        }
        for (@Nullable Path above = JavaPath.of(WorkingDirectory.path()); above != null; above = above.getParent()) {
            Path file = above.resolve(".python-version");
            if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
                return read(file);
            }
        }
        return read(root.resolve("version"));
    }

    private static Optional<String> read(Path file) {
        try {
            return Files.isRegularFile(file) && Files.size(file) <= LONGEST
                    ? plain(Files.readString(file, StandardCharsets.ISO_8859_1).strip())
                    : Optional.empty();
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }

    /** A name of one version; not a list, a comment or {@code system}. */
    private static Optional<String> plain(String text) {
        return Optional.of(text).filter(name -> PLAIN.matcher(name).matches() && !name.equals("system"));
    }
}
