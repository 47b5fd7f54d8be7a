package dev.freshpyc.indexer.environment;

import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.freshpyc.indexer.environment.BoundedRun.RunResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.function.ThrowingConsumer;

/** The Python interpreters on this machine's PATH with a usual name, such as {@code python3.12}. */
public final class RealPythons {

    public static final Duration LIMIT = Duration.ofSeconds(60);

    private static final Pattern NAME = Pattern.compile("(python|pypy|graalpy)(\\d(\\.\\d+)?)?");

    private static @Nullable List<String> found;

    private RealPythons() {}

    /** The working interpreters, one for each version and installation. */
    public static synchronized List<String> all() throws InterruptedException {
        if (found == null) {
            found = search();
        }
        return found;
    }

    private static List<String> search() throws InterruptedException {
        TreeMap<String, String> working = new TreeMap<>();
        for (String directory : System.getenv("PATH").split(":", -1)) {
            for (String executable : named(Path.of(directory))) {
                String version = output(executable, "import sys; print(sys.version + sys.prefix)");
                if (!version.isEmpty()) {
                    working.putIfAbsent(version, executable);
                }
            }
        }
        return List.copyOf(working.values());
    }

    /** One test for each interpreter, named after its executable; skipped if there is none. */
    public static Stream<DynamicTest> each(ThrowingConsumer<String> test) throws InterruptedException {
        List<String> found = all();
        assumeFalse(found.isEmpty(), "NOT RUN: no Python on PATH");
        return found.stream().map(executable -> DynamicTest.dynamicTest(executable, () -> test.accept(executable)));
    }

    /** The first CPython that reads {@code pyvenv.cfg}. */
    public static String firstModern(List<String> found) throws InterruptedException {
        for (String executable : found) {
            if (output(executable, "import sys; print(sys.version_info >= (3, 6) and sys.implementation.name)")
                    .equals("cpython")) {
                return executable;
            }
        }
        return abort("NOT RUN: no CPython 3.6 or later on PATH");
    }

    /** The output of an interpreter that runs {@code code}; empty if the interpreter fails. */
    public static String output(String executable, String code) throws InterruptedException {
        return output(executable, List.of(), code);
    }

    /** The output of an interpreter that runs {@code code} under {@code options}; empty if the interpreter fails. */
    public static String output(String executable, List<String> options, String code) throws InterruptedException {
        List<String> command = new ArrayList<>(List.of(executable, "-B", "-E", "-s"));
        command.addAll(options);
        command.addAll(List.of("-c", code));
        RunResult outcome = BoundedRun.of(command, LIMIT);
        return outcome instanceof RunResult.Ended ended && ended.status() == 0
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
