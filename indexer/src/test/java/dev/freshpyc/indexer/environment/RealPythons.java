package dev.freshpyc.indexer.environment;

import static org.junit.jupiter.api.Assumptions.abort;

import dev.freshpyc.indexer.environment.BoundedRun.Result;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** The interpreters that PATH leads to on this machine, of every name that interpreters go by. */
public final class RealPythons {

    public static final Duration LIMIT = Duration.ofSeconds(60);

    private static final Pattern NAME = Pattern.compile("(python|pypy|graalpy)(\\d(\\.\\d+)?)?");

    private RealPythons() {}

    /** Those that work, one for each version and place. */
    public static List<String> all() throws InterruptedException {
        TreeMap<String, String> working = new TreeMap<>();
        for (String directory : System.getenv("PATH").split(":", -1)) {
            for (String executable : named(Path.of(directory))) {
                String version = says(executable, "import sys; print(sys.version + sys.prefix)");
                if (!version.isEmpty()) {
                    working.putIfAbsent(version, executable);
                }
            }
        }
        return List.copyOf(working.values());
    }

    /** The first of them that reads a {@code pyvenv.cfg} as all CPythons do today. */
    public static String modern(List<String> found) throws InterruptedException {
        for (String executable : found) {
            if (says(executable, "import sys; print(sys.version_info >= (3, 6) and sys.implementation.name)")
                    .equals("cpython")) {
                return executable;
            }
        }
        return abort("NOT RUN: no CPython 3.6 or later on PATH");
    }

    /** What the interpreter prints, empty when it fails. */
    public static String says(String executable, String code) throws InterruptedException {
        return says(executable, List.of(), code);
    }

    /** The same with options of the interpreter. */
    public static String says(String executable, List<String> options, String code) throws InterruptedException {
        List<String> command = new ArrayList<>(List.of(executable, "-B", "-E", "-s"));
        command.addAll(options);
        command.addAll(List.of("-c", code));
        Result outcome = BoundedRun.of(command, LIMIT);
        return outcome instanceof Result.Ended ended && ended.status() == 0
                ? ended.output().strip()
                : "";
    }

    private static List<String> named(Path directory) {
        String[] names = directory.toFile().list((_, name) -> NAME.matcher(name).matches());
        return names == null
                ? List.of()
                : List.of(names).stream()
                        .sorted()
                        .map(directory::resolve)
                        .filter(Files::isExecutable)
                        .map(Path::toString)
                        .toList();
    }
}
