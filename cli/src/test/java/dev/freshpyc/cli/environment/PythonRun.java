package dev.freshpyc.cli.environment;

import dev.freshpyc.cli.oracle.Interpreter;
import dev.freshpyc.core.path.RawPath;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Starts one interpreter with a given environment.
 *
 * @param executable the file to start, such as a link to the interpreter
 * @param environment all environment variables
 */
record PythonRun(Path executable, Map<String, String> environment) {

    /**
     * Prints each entry in hexadecimal, since a name may hold any byte. With {@code -c}, the script's entry is empty.
     */
    private static final String PRINT_PATH =
            "import sys, os, binascii\nfor p in sys.path:\n    if p: print(binascii.hexlify(os.fsencode(p)).decode())";

    /** The interpreters whose path can be computed: CPython 3, one of each version. */
    static List<Interpreter> interpreters(Stream<Interpreter> all) {
        return all.filter(python -> python.name().startsWith("cpython 3")).toList();
    }

    static PythonRun of(Interpreter python, Path home) {
        Map<String, String> environment = new TreeMap<>(python.launcher().environment());
        environment.remove("PATH");
        environment.computeIfPresent(
                "LD_LIBRARY_PATH", (_, directory) -> real(directory)); // getpath of 3.14 starts its search there
        environment.put("HOME", home.toString());
        environment.put("LC_ALL", "C.UTF-8");
        return new PythonRun(python.executable(), environment);
    }

    private static String real(String directory) {
        try {
            return Path.of(directory).toRealPath().toString();
        } catch (IOException absent) {
            return directory;
        }
    }

    PythonRun at(Path other) {
        return new PythonRun(other, environment);
    }

    PythonRun with(String name, String value) {
        Map<String, String> more = new TreeMap<>(environment);
        more.put(name, value);
        return new PythonRun(executable, more);
    }

    /** {@code sys.path} without the entry for the script. */
    List<RawPath> path(String... options) throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(List.of(options));
        words.addAll(List.of("-c", PRINT_PATH));
        return output(words)
                .lines()
                .map(HexFormat.of()::parseHex)
                .map(bytes -> RawPath.of(bytes, 0, bytes.length))
                .toList();
    }

    /** Returns what the interpreter prints; a failure of the interpreter fails the test. */
    String output(List<String> words) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(executable.toString(), "-B"));
        command.addAll(words);
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().clear();
        builder.environment().putAll(environment);
        Process process = builder.start();
        process.getOutputStream().close();
        try (InputStream out = process.getInputStream()) {
            String text = new String(out.readAllBytes(), StandardCharsets.UTF_8);
            int code = process.waitFor();
            if (code != 0) {
                throw new IOException(command + " ended with " + code);
            }
            return text;
        }
    }
}
