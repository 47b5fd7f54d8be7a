package dev.freshpyc.indexer.answer;

import dev.freshpyc.core.digest.Sha256;
import dev.freshpyc.core.file.UnixUser;
import dev.freshpyc.core.path.EnvironmentVariables;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.path.WorkingDirectory;
import dev.freshpyc.indexer.environment.ProbeRequest;
import dev.freshpyc.indexer.site.ComputedPath.Start;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * What an interpreter sees of the process that starts it.
 *
 * @param variables the environment variables
 * @param directory the working directory
 */
record Surroundings(Map<String, String> variables, String directory) {

    private static final List<String> PREFIXES = List.of("PYTHON", "LC_", "LD_", "DYLD_", "PYENV_");
    private static final Set<String> NAMES = Set.of("HOME", "LANG", "LANGUAGE", "__PYVENV_LAUNCHER__");

    /** A shell changes these from command to command, or from window to window. */
    private static final Set<String> NOISE = Set.of("_", "SHLVL", "OLDPWD", "COLUMNS", "LINES");

    static Surroundings ofThisProcess() {
        return new Surroundings(
                EnvironmentVariables.all(), WorkingDirectory.path().toPython());
    }

    /** Names the question of one user in these surroundings; answers to different questions have different files. */
    RawPath question(ProbeRequest request) {
        String text = String.join("\0", request.words())
                + "\0" + UnixUser.effective().map(String::valueOf).orElse("")
                + "\0" + readByAll();
        return RawPath.of(request.executable() + "-" + digest(text).substring(0, 16));
    }

    /** All that code at the start could depend on. */
    String whole() {
        return digest(directory + "\0" + selected(name -> !NOISE.contains(name)));
    }

    /** How the interpreter is started; empty where a variable replaces the whole search. */
    Optional<Start> start(ProbeRequest request) {
        return request.isolated() ? Optional.of(Start.ISOLATED) : start(request.hasUserSite());
    }

    /**
     * How the user starts an interpreter; empty if a variable replaces the whole search for the path.
     *
     * @param mayUseHome whether the user's own site-packages may count; the user's variables can still forbid them
     */
    Optional<Start> start(boolean mayUseHome) {
        if (isSet("PYTHONHOME") || isSet("PYTHONPLATLIBDIR") || !variables.containsKey("HOME")) {
            return Optional.empty();
        }
        List<RawPath> first = isSet("PYTHONPATH")
                ? Arrays.stream(variable("PYTHONPATH").split(":", -1))
                        .map(RawPath::of)
                        .toList()
                : List.of();
        RawPath base = RawPath.of(isSet("PYTHONUSERBASE") ? variable("PYTHONUSERBASE") : variable("HOME") + "/.local");
        boolean user = mayUseHome && !isSet("PYTHONNOUSERSITE");
        return Optional.of(new Start(first, user ? Optional.of(base) : Optional.empty(), true));
    }

    /** The variables that every interpreter reads, and the working directory if one of them may hold a relative path. */
    private String readByAll() {
        String python = selected(name -> name.startsWith("PYTHON"));
        String all = selected(name -> NAMES.contains(name) || PREFIXES.stream().anyMatch(name::startsWith));
        return python.isEmpty() ? all : directory + "\0" + all;
    }

    private String selected(Predicate<String> wanted) {
        StringBuilder text = new StringBuilder();
        new TreeMap<>(variables).forEach((name, value) -> {
            if (wanted.test(name)) {
                text.append(name).append('=').append(value).append('\0');
            }
        });
        return text.toString();
    }

    private boolean isSet(String name) {
        return !variable(name).isEmpty();
    }

    private String variable(String name) {
        return variables.getOrDefault(name, "");
    }

    private static String digest(String text) {
        MessageDigest digest = Sha256.newDigest();
        return Sha256.of(digest.digest(RawPath.of(text).toBytes())).toString();
    }
}
