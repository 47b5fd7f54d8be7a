package dev.freshpyc.cli.oracle;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The module {@code first}, which imports the module {@code second}, for benches of programs that import them. */
final class BenchedModules {

    private BenchedModules() {}

    static void write(Path home) throws IOException {
        Files.writeString(home.resolve("first.py"), "import second\nprint('ready', second.value)\n");
        Files.writeString(home.resolve("second.py"), "value = 5\n");
    }

    /** The arguments of a bench; the last of {@code words} is the program. */
    static Object[] bench(Path home, String... words) {
        List<Object> all = new ArrayList<>(List.of("bench"));
        all.addAll(Arrays.asList(words).subList(0, words.length - 1));
        all.addAll(List.of("--", "/usr/bin/env", "PYTHONPATH=" + home, "python3", "-c", words[words.length - 1]));
        return all.toArray();
    }
}
