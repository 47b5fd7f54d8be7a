package dev.freshpyc.indexer.compile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.pyc.OptimizationLevel;
import dev.freshpyc.indexer.compile.CompileOutcome.Compiled;
import dev.freshpyc.indexer.compile.CompileOutcome.Refused;
import dev.freshpyc.indexer.environment.InterpreterException;
import dev.freshpyc.indexer.environment.InterpreterProbe;
import dev.freshpyc.indexer.environment.PythonEnvironment;
import dev.freshpyc.indexer.environment.RealPythons;
import dev.freshpyc.indexer.interpreter.InterpreterLocator.LocatedInterpreter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** The memory of a worker process is limited: a source that needs more fails, and no other source does. */
class WorkerMemoryTest {

    @TestFactory
    @EnabledOnOs(value = OS.LINUX, disabledReason = "limits are read from /proc")
    Stream<DynamicTest> theMemoryOfAWorkerIsLimited() throws InterruptedException {
        return RealPythons.each(executable -> {
            WorkerCommand command = WorkerCommand.forRequest(located(executable), request(""))
                    .keySet()
                    .iterator()
                    .next();
            Process worker = command.start();
            try {
                assertThat(worker.inputReader().readLine()).contains("magic");
                assertThat(Files.readAllLines(Path.of("/proc/" + worker.pid() + "/limits")))
                        .anySatisfy(line -> assertThat(line).matches("Max address space +[0-9]+ .*"));
            } finally {
                worker.destroyForcibly().waitFor();
            }
        });
    }

    /** Compiling ten million items takes 7 GiB unless memory is limited. */
    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "other systems may not limit memory")
    void aSourceThatNeedsAllMemoryDoesNotFailTheNextSource() throws Exception {
        LocatedInterpreter python = located(RealPythons.firstModern(RealPythons.all()));

        try (WorkerPool workers = WorkerPool.of(1, CompileLimits.DEFAULT)) {
            assertThat(workers.compile(python, request("x = [" + "0,".repeat(10_000_000) + "]\n")))
                    .isInstanceOfSatisfying(Refused.class, refused -> {
                        assertThat(refused.exception()).isEqualTo("MemoryError");
                        assertThat(refused.message()).endsWith(" MiB");
                    });
            assertThat(workers.compile(python, request("x = 1\n")))
                    .isInstanceOfSatisfying(
                            Compiled.class,
                            compiled -> assertThat(compiled.bodies()).hasSize(3));
        }
    }

    private static CompileRequest request(String source) {
        byte[] bytes = source.getBytes(StandardCharsets.UTF_8);
        return CompileRequest.of(
                RawPath.of("/tree/name.py"),
                bytes,
                List.of(OptimizationLevel.NONE, OptimizationLevel.O1, OptimizationLevel.O2));
    }

    static LocatedInterpreter located(String executable) throws InterpreterException {
        PythonEnvironment probed = InterpreterProbe.within(RealPythons.LIMIT).probe(executable);
        return new LocatedInterpreter(probed.executable(), probed.interpreter());
    }
}
