package dev.freshpyc.indexer.compile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.pyc.OptimizationLevel;
import dev.freshpyc.indexer.compile.CompileOutcome.Compiled;
import dev.freshpyc.indexer.compile.CompileOutcome.Crashed;
import dev.freshpyc.indexer.compile.CompileOutcome.Refused;
import dev.freshpyc.indexer.compile.CompileOutcome.SyntaxFault;
import dev.freshpyc.indexer.environment.InterpreterProbe;
import dev.freshpyc.indexer.environment.PythonEnvironment;
import dev.freshpyc.indexer.environment.RealPythons;
import dev.freshpyc.indexer.interpreter.LocatedInterpreter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.function.ThrowingConsumer;
import org.junit.jupiter.api.io.TempDir;

/** Every interpreter of this machine compiles through the pool what it compiles by itself. */
class RealCompileTest {

    private static final List<OptimizationLevel> ALL =
            List.of(OptimizationLevel.NONE, OptimizationLevel.O1, OptimizationLevel.O2);

    private static final WorkerPool WORKERS = WorkerPool.of(2, CompileLimits.DEFAULT);

    private static List<String> found = List.of();

    @TempDir
    private Path directory;

    @BeforeAll
    static void findThem() throws InterruptedException {
        found = RealPythons.all();
    }

    @AfterAll
    static void closeThem() {
        WORKERS.close();
    }

    @TestFactory
    Stream<DynamicTest> theCodeIsWhatPyCompileWrites() {
        return each(compiler -> {
            String executable = compiler.executable().toPython();
            List<PyCompile.Sample> samples = new ArrayList<>();
            for (CompileRequest request : Corpus.of(executable, ALL)) {
                CompileOutcome outcome = WORKERS.compile(compiler, request);
                assertThat(outcome).as(request.name().shown()).isInstanceOf(Compiled.class);
                samples.add(new PyCompile.Sample(request, ((Compiled) outcome).bodies()));
            }
            for (OptimizationLevel level : ALL) {
                new PyCompile(executable, directory).assertSame(samples, level);
            }
        });
    }

    @TestFactory
    Stream<DynamicTest> whatCameBeforeDoesNotChangeABody() {
        return each(compiler -> {
            Map<OptimizationLevel, byte[]> first =
                    bodies(compiler, "import os\ndef f(name): return os, 'shared'\n", ALL);
            bodies(compiler, "shared = os = name = 'shared'\n", ALL);
            for (OptimizationLevel level : ALL) {
                assertThat(bodies(compiler, "import os\ndef f(name): return os, 'shared'\n", List.of(level)))
                        .containsExactly(Map.entry(level, first.get(level)));
            }
        });
    }

    @TestFactory
    Stream<DynamicTest> aSyntaxErrorIsAnAnswer() {
        return each(compiler -> {
            var outcome = compile(compiler, "x = 1\ny = = \u001b\n", ALL);

            assertThat(outcome).isInstanceOfSatisfying(SyntaxFault.class, fault -> {
                assertThat(fault.line()).isEqualTo(OptionalInt.of(2));
                assertThat(fault.message()).isNotEmpty();
            });
            assertThat(compile(compiler, "# coding: no-such\n", ALL)).isInstanceOf(SyntaxFault.class);
            assertThat(compile(compiler, "return 1\n", ALL)).isInstanceOf(SyntaxFault.class);
        });
    }

    @TestFactory
    Stream<DynamicTest> anyOtherExceptionIsAnAnswerToo() {
        return each(compiler -> {
            boolean nulIsSyntax = compiler.interpreter().version().atLeast(3, 11);
            assertThat(compile(compiler, "x = 1\0\n", ALL))
                    .isInstanceOfAny(Refused.class, nulIsSyntax ? SyntaxFault.class : Refused.class);
            assertThat(bodies(compiler, "x = 1\n", ALL)).hasSize(3);
        });
    }

    @TestFactory
    Stream<DynamicTest> warningsAreNotPartOfTheAnswer() {
        return each(compiler -> {
            assertThat(bodies(compiler, "x = '\\d'\nassert (1, 2)\n1 is 1\n".repeat(5000), ALL))
                    .hasSize(3);
        });
    }

    /** Old parsers recurse without a limit: whatever becomes of such a source, the next one is compiled. */
    @TestFactory
    Stream<DynamicTest> aSourceThatKillsTheInterpreterIsTheOnlyOneLost() {
        return each(compiler -> {
            boolean recursesForEver = !compiler.interpreter().version().atLeast(3, 0);

            CompileOutcome outcome = compile(compiler, "x" + ".y".repeat(100_000), ALL);

            assertThat(outcome).isInstanceOf(recursesForEver ? Crashed.class : Refused.class);
            assertThat(bodies(compiler, "x = 1\n", ALL)).hasSize(3);
        });
    }

    private static Map<OptimizationLevel, byte[]> bodies(
            LocatedInterpreter compiler, String source, List<OptimizationLevel> levels) throws InterruptedException {
        CompileOutcome outcome = compile(compiler, source, levels);
        assertThat(outcome).isInstanceOf(Compiled.class);
        return ((Compiled) outcome).bodies();
    }

    private static CompileOutcome compile(LocatedInterpreter compiler, String source, List<OptimizationLevel> levels)
            throws InterruptedException {
        byte[] bytes = source.getBytes(StandardCharsets.UTF_8);
        return WORKERS.compile(compiler, CompileRequest.of(RawPath.of("/tree/name.py"), bytes, levels));
    }

    private static Stream<DynamicTest> each(ThrowingConsumer<LocatedInterpreter> test) {
        assumeFalse(found.isEmpty(), "NOT RUN: no Python on PATH");
        return found.stream()
                .map(executable -> DynamicTest.dynamicTest(executable, () -> {
                    PythonEnvironment asked =
                            InterpreterProbe.within(RealPythons.LIMIT).probe(executable);
                    test.accept(new LocatedInterpreter(asked.executable(), asked.interpreter()));
                }));
    }
}
