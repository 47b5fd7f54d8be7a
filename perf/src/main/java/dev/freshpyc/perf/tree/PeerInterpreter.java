package dev.freshpyc.perf.tree;

import dev.freshpyc.perf.measure.ChildProcesses;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * The Python that compiles the tree and runs {@code compileall}, the peer of the benches.
 *
 * @param executable the interpreter itself; the wrapper of a version manager would add to the peer's time
 * @param tag the tag in the names of its bytecode, such as {@code cpython-311}
 * @param libraries the standard library and site-packages: existing directories, none inside another
 */
public record PeerInterpreter(String executable, String version, String tag, List<Path> libraries) {

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final Duration COMPILING = Duration.ofMinutes(20);

    private static final String SCRIPT = """
            import os, platform, sys, sysconfig
            found = []
            for path in [os.path.realpath(sysconfig.get_path(n)) for n in ('stdlib', 'purelib', 'platlib')] + sys.path:
                if os.path.isdir(path) and not any((path + os.sep).startswith(f + os.sep) for f in found):
                    found.append(path)
            print(sys.executable, platform.python_version(), sys.implementation.cache_tag, *found, sep='\\n')
            """;

    private static final String COMPILE_AS = """
            import os, py_compile, sys
            tree, name = sys.argv[1:]
            for folder, _, files in os.walk(tree):
                for file in files:
                    if file.endswith('.py'):
                        py_compile.compile(os.path.join(folder, file), dfile=name, doraise=True)
            """;

    /** Starts the interpreter {@code name}, isolated from the user's settings, and reads its properties. */
    public static PeerInterpreter probe(ChildProcesses processes, String name)
            throws IOException, InterruptedException {
        List<String> answer = processes
                .run(LIMIT, List.of(name, "-I", "-c", SCRIPT))
                .orFail()
                .lines()
                .toList();
        List<Path> libraries = answer.stream().skip(3).map(Path::of).toList();
        return new PeerInterpreter(answer.get(0), answer.get(1), answer.get(2), libraries);
    }

    /** The peer of an audit: {@code compileall} on a tree whose bytecode is up to date. */
    public List<String> noOp(Path tree) {
        return List.of(executable, "-m", "compileall", "-q", tree.toString());
    }

    /** Compiles all sources without up-to-date bytecode, on all cores; false if some do not compile. */
    public boolean compile(ChildProcesses processes, Path tree) throws IOException, InterruptedException {
        List<String> command = List.of(executable, "-m", "compileall", "-q", "-j0", tree.toString());
        ChildProcesses.Ended ended = processes.run(COMPILING, command);
        if (ended.status() > 1) {
            ended.orFail();
        }
        return ended.status() == 0;
    }

    /** Compiles all sources anew; their code names another path as its source. */
    public void compileAs(ChildProcesses processes, Path tree, CodeName name) throws IOException, InterruptedException {
        processes
                .run(
                        COMPILING,
                        List.of(
                                executable,
                                "-I",
                                "-Wignore",
                                "-c",
                                COMPILE_AS,
                                tree.toString(),
                                name.path().toString()))
                .orFail();
    }

    /** The path of the bytecode that this interpreter loads for a source. */
    Path cached(Path source) {
        String name = source.getFileName().toString();
        String stem = name.substring(0, name.length() - ".py".length());
        return source.resolveSibling("__pycache__").resolve(stem + "." + tag + ".pyc");
    }

    /** The peer of a repair: {@code compileall} that writes unchecked hashes into all bytecode, on two cores. */
    public List<String> withUncheckedHashes(Path tree) {
        return List.of(
                executable,
                "-m",
                "compileall",
                "-q",
                "-f",
                "-j2",
                "--invalidation-mode",
                "unchecked-hash",
                tree.toString());
    }
}
