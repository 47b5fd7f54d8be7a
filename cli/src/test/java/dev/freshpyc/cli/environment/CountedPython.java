package dev.freshpyc.cli.environment;

import dev.freshpyc.cli.oracle.Interpreter;
import dev.freshpyc.cli.oracle.Interpreters;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A virtual environment whose interpreter writes a line to a file at every start. A counting wrapper script would not
 * do, since the answer of a wrapper is never stored.
 *
 * @param site the site-packages directory
 * @param log the file with the process id of each start
 */
record CountedPython(Path venv, Path site, Path log) {

    /** Makes an environment in a directory; empty if every CPython here needs environment variables to start. */
    static Optional<CountedPython> in(Path directory) throws IOException, InterruptedException {
        Optional<Interpreter> python = PythonRun.interpreters(Interpreters.all().stream()).stream()
                .filter(Interpreter::isInstalled)
                .findFirst();
        if (python.isEmpty()) {
            return Optional.empty();
        }
        Path venv = directory.resolve("venv");
        PythonRun.of(python.get(), directory).output(List.of("-m", "venv", "--without-pip", venv.toString()));
        Path site;
        try (Stream<Path> libraries = Files.list(venv.resolve("lib"))) {
            site = libraries.findFirst().orElseThrow().resolve("site-packages");
        }
        Path log = Files.writeString(directory.resolve("starts"), "");
        Files.writeString(
                site.resolve("count.pth"), "import os; open('" + log + "', 'a').write('%d\\n' % os.getpid())\n");
        return Optional.of(new CountedPython(venv, site, log));
    }

    Path executable() {
        return venv.resolve("bin/python");
    }

    /** Counts the distinct process ids, since a start runs the line twice before Python 3.15. */
    int starts() throws IOException {
        return Set.copyOf(Files.readAllLines(log)).size();
    }
}
