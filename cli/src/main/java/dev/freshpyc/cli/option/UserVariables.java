package dev.freshpyc.cli.option;

import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.indexer.fs.CanonicalPath;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The user's environment variables that an interpreter obeys. Some name directories from which the interpreter runs code when it starts
 * ({@code sitecustomize}, {@code usercustomize} and {@code .pth} files by {@code site.py}, or the whole standard library).
 */
final class UserVariables {

    private static final String WORKING_DIRECTORY = ".";

    private final Map<String, String> environment;

    UserVariables(Map<String, String> environment) {
        this.environment = environment;
    }

    /** The directory in which the user keeps bytecode; empty for {@code __pycache__} directories. */
    Optional<String> cachePrefix() {
        return Optional.ofNullable(environment.get("PYTHONPYCACHEPREFIX"));
    }

    /** Whether an interpreter that is started with these variables may run code in the directories of {@code given}, or beside its files. */
    boolean leadInto(List<RawPath> given) {
        List<RawPath> searched =
                Stream.concat(listed("PYTHONPATH"), listed("PYTHONHOME")).toList();
        Optional<RawPath> base = userBase();
        return given.stream()
                .map(CanonicalPath::of)
                .map(path -> CanonicalPath.isDirectory(path) ? path : path.parent())
                .anyMatch(tree -> searched.stream().anyMatch(directory -> isWithin(directory, tree))
                        || base.filter(user -> isWithin(user, tree) || isWithin(tree, user))
                                .isPresent());
    }

    private Stream<RawPath> listed(String variable) {
        @Nullable String value = environment.get(variable);
        return value == null
                ? Stream.empty()
                : Arrays.stream(value.split(":", -1))
                        .map(entry -> canonical(entry.isEmpty() ? WORKING_DIRECTORY : entry));
    }

    /** The directory above the user's own site-packages ({@code site._getuserbase}). */
    private Optional<RawPath> userBase() {
        return Optional.ofNullable(environment.get("PYTHONUSERBASE"))
                .or(() -> Optional.ofNullable(environment.get("HOME")).map(home -> home + "/.local"))
                .map(UserVariables::canonical);
    }

    private static boolean isWithin(RawPath path, RawPath tree) {
        return path.equals(tree) || path.relativeTo(tree).isPresent();
    }

    private static RawPath canonical(String path) {
        return CanonicalPath.of(RawPath.of(path));
    }
}
