package dev.freshpyc.indexer.compile;

import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.pyc.KnownInterpreter;
import dev.freshpyc.core.pyc.Magic;
import dev.freshpyc.core.pyc.OptimizationLevel;
import dev.freshpyc.core.pyc.PythonVersion;
import dev.freshpyc.indexer.environment.Script;
import dev.freshpyc.indexer.interpreter.InterpreterLocator.LocatedInterpreter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A shell script that acts as an interpreter and records the id of each of its processes. */
final class FakeWorker {

    /** Prints the first line of a worker. */
    static final String GREET = "echo '{\"magic\": \"pw0NCg==\"}'\n";

    private static final KnownInterpreter CPYTHON_311 =
            new KnownInterpreter(PythonVersion.cpython(3, 11), Optional.of("cpython-311"), Magic.of(3495));

    private final Path starts;
    private final String script;

    private FakeWorker(Path starts, String script) {
        this.starts = starts;
        this.script = script;
    }

    static FakeWorker of(Path directory, String body) throws IOException {
        Path starts = directory.resolve("starts");
        String recording = "echo $$ >> " + Script.quoted(starts) + "\n";
        return new FakeWorker(starts, Script.write(directory, "python", recording + body));
    }

    /** A worker whose first process runs {@code first}, and all later processes {@code later}. */
    static FakeWorker of(Path directory, String first, String later) throws IOException {
        String marker = Script.quoted(directory.resolve("marker"));
        return of(directory, "if mkdir " + marker + " 2>&-; then\n" + first + "\nfi\n" + later);
    }

    /** Prints {@code reply} to the first request and waits for another request. */
    static String answering(String reply) {
        return GREET + "read request; echo '" + reply + "'; read request";
    }

    /** Prints a valid reply to the first request. */
    static String answering() {
        return answering("{\"id\": 1, \"bodies\": [\"TjA=\"]}");
    }

    LocatedInterpreter compiler() {
        return new LocatedInterpreter(RawPath.of(script), CPYTHON_311);
    }

    /** The ids of all processes that were started so far, including ended processes. */
    List<Long> started() throws IOException {
        return !Files.exists(starts)
                ? List.of() // killed before the script recorded its id
                : Files.readAllLines(starts).stream().map(Long::valueOf).toList();
    }

    static CompileRequest request(String source) {
        byte[] bytes = source.getBytes(StandardCharsets.UTF_8);
        return CompileRequest.of(RawPath.of("/tree/name.py"), bytes, List.of(OptimizationLevel.NONE));
    }
}
