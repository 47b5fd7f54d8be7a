package dev.freshpyc.perf;

import dev.freshpyc.perf.measure.ChildProcesses;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * The Python that compiles the tree and is the peer.
 *
 * @param executable the interpreter itself: a version manager's wrapper takes longer to start than the peer may
 * @param tag in its bytecode's names, such as {@code cpython-311}
 * @param libraries its standard library and site-packages, existing directories, none inside another
 */
record Interpreter(String executable, String version, String tag, List<Path> libraries) {

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final Duration COMPILING = Duration.ofMinutes(20);

    private static final String QUESTION = """
            import os, platform, sys, sysconfig
            found = []
            for path in [os.path.realpath(sysconfig.get_path(n)) for n in ('stdlib', 'purelib', 'platlib')] + sys.path:
                if os.path.isdir(path) and not any((path + os.sep).startswith(f + os.sep) for f in found):
                    found.append(path)
            print(sys.executable, platform.python_version(), sys.implementation.cache_tag, *found, sep='\\n')
            """;

    /** Asks the interpreter that {@code name} starts, isolated from the user's settings. */
    static Interpreter ask(ChildProcesses processes, String name) throws IOException, InterruptedException {
        List<String> answer = processes
                .run(LIMIT, List.of(name, "-I", "-c", QUESTION))
                .orFail()
                .lines()
                .toList();
        List<Path> libraries = answer.stream().skip(3).map(Path::of).toList();
        return new Interpreter(answer.get(0), answer.get(1), answer.get(2), libraries);
    }

    /** The peer: looks at every source and finds nothing to do. */
    List<String> noOp(Path tree) {
        return List.of(executable, "-m", "compileall", "-q", tree.toString());
    }

    /** Compiles what is not up to date, on all cores; true if every source could be compiled. */
    boolean compile(ChildProcesses processes, Path tree) throws IOException, InterruptedException {
        List<String> command = List.of(executable, "-m", "compileall", "-q", "-j0", tree.toString());
        ChildProcesses.Ended ended = processes.run(COMPILING, command);
        if (ended.status() > 1) {
            ended.orFail();
        }
        return ended.status() == 0;
    }

    /** The bytecode that this interpreter looks for, next to its source. */
    Path cached(Path source) {
        String name = source.getFileName().toString();
        String stem = name.substring(0, name.length() - ".py".length());
        return source.resolveSibling("__pycache__").resolve(stem + "." + tag + ".pyc");
    }
}
