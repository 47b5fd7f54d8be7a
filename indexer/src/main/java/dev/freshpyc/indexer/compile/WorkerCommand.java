package dev.freshpyc.indexer.compile;

import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.pyc.Magic;
import dev.freshpyc.core.pyc.OptimizationLevel;
import dev.freshpyc.core.pyc.PythonVersion;
import dev.freshpyc.indexer.environment.CommandWords;
import dev.freshpyc.indexer.environment.NativeProgram;
import dev.freshpyc.indexer.interpreter.InterpreterLocator.LocatedInterpreter;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The command line of a worker; workers of equal commands are interchangeable.
 *
 * @param magic the magic number that the worker must greet with
 */
record WorkerCommand(RawPath executable, List<String> options, Magic magic) {

    private static final String SCRIPT = script();

    /** Options that ignore the user's settings and {@code site}, and write no bytecode. */
    private static final List<String> ISOLATED = List.of("-I", "-S", "-E", "-B");

    /** The options for a Python that does not know {@code -I}. */
    private static final List<String> OLDER = List.of("-E", "-s", "-S", "-B");

    /** The option that leaves the columns out of the code (PEP 657). */
    private static final List<String> NO_COLUMNS = List.of("-X", "no_debug_ranges");

    /** The environment variables that an interpreter, or its wrapper script, may need to find programs and libraries. */
    private static final List<String> ENVIRONMENT =
            List.of("PATH", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "DYLD_FRAMEWORK_PATH", "SystemRoot");

    private static final File ROOT = new File(File.separator);

    /**
     * The commands for a request, each with the levels that it serves. The built-in function {@code compile()} takes no level
     * before Python 3.2 and uses that of the process, so there each level needs a command.
     */
    static Map<WorkerCommand, List<OptimizationLevel>> forRequest(LocatedInterpreter compiler, CompileRequest request) {
        PythonVersion version = compiler.interpreter().version();
        List<OptimizationLevel> levels = request.levels();
        List<String> isolated = version.atLeast(3, 4) ? ISOLATED : OLDER;
        if (!request.hasColumns()) {
            return Map.of(of(compiler, concat(isolated, NO_COLUMNS)), levels);
        }
        if (version.atLeast(3, 2)) {
            return Map.of(of(compiler, isolated), levels);
        }
        Map<WorkerCommand, List<OptimizationLevel>> commands = new LinkedHashMap<>();
        for (OptimizationLevel level : levels) {
            List<String> optimized = Collections.nCopies(CompileRequest.number(level), "-O");
            commands.put(of(compiler, concat(isolated, optimized)), List.of(level));
        }
        return commands;
    }

    private static List<String> concat(List<String> first, List<String> second) {
        return Stream.concat(first.stream(), second.stream()).toList();
    }

    /** Starts a worker, which discards its standard error itself: the null device would take a descriptor here. */
    Process start() throws IOException {
        Optional<String> objection = NativeProgram.objection(executable.toPython());
        if (objection.isPresent()) {
            throw new IOException(objection.get());
        }
        List<String> command = new ArrayList<>(List.of(executable.toPython()));
        command.addAll(options);
        command.addAll(List.of("-c", SCRIPT));
        ProcessBuilder builder = new ProcessBuilder(CommandWords.expressible(command))
                .directory(ROOT)
                .redirectError(Redirect.INHERIT);
        builder.environment().keySet().retainAll(ENVIRONMENT);
        builder.environment().put("LC_ALL", "C.UTF-8"); // else PyPy refuses names of sources that are not ASCII
        return builder.start();
    }

    private static WorkerCommand of(LocatedInterpreter compiler, List<String> options) {
        return new WorkerCommand(
                compiler.executable(), options, compiler.interpreter().magic());
    }

    private static String script() {
        try (InputStream script = WorkerCommand.class.getResourceAsStream("worker.py")) {
            return new String(Objects.requireNonNull(script).readAllBytes(), StandardCharsets.US_ASCII);
        } catch (IOException damaged) {
            throw new UncheckedIOException(damaged);
        }
    }
}
