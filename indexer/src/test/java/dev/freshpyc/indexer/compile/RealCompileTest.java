package dev.freshpyc.indexer.compile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshpyc.core.marshal.CodeDigest;
import dev.freshpyc.core.marshal.CodeDigester;
import dev.freshpyc.core.marshal.MarshalDialect;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.pyc.Magic;
import dev.freshpyc.core.pyc.OptimizationLevel;
import dev.freshpyc.core.pyc.PythonVersion.Implementation;
import dev.freshpyc.indexer.compile.CompileOutcome.BodyTooLarge;
import dev.freshpyc.indexer.compile.CompileOutcome.Compiled;
import dev.freshpyc.indexer.compile.CompileOutcome.Crashed;
import dev.freshpyc.indexer.compile.CompileOutcome.Refused;
import dev.freshpyc.indexer.compile.CompileOutcome.SyntaxFault;
import dev.freshpyc.indexer.environment.RealPythons;
import dev.freshpyc.indexer.interpreter.InterpreterLocator.LocatedInterpreter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.function.ThrowingConsumer;
import org.junit.jupiter.api.io.TempDir;

/** For every interpreter of this machine, the worker pool's code equals the code that {@code py_compile} writes. */
class RealCompileTest {

    private static final List<OptimizationLevel> ALL =
            List.of(OptimizationLevel.NONE, OptimizationLevel.O1, OptimizationLevel.O2);

    private static final WorkerPool WORKERS = WorkerPool.of(2, CompileLimits.DEFAULT);

    @TempDir
    private Path directory;

    @AfterAll
    static void closeThePool() {
        WORKERS.close();
    }

    @TestFactory
    Stream<DynamicTest> theCodeEqualsTheCodeOfPyCompile() throws InterruptedException {
        return each(python -> {
            String executable = python.executable().toPython();
            List<PyCompile.Sample> samples = new ArrayList<>();
            for (CompileRequest request : Corpus.of(executable, ALL)) {
                CompileOutcome outcome = WORKERS.compile(python, request);
                assertThat(outcome).as(request.name().shown()).isInstanceOf(Compiled.class);
                samples.add(new PyCompile.Sample(request, ((Compiled) outcome).bodies()));
            }
            for (OptimizationLevel level : ALL) {
                new PyCompile(executable, directory).assertSame(samples, level);
            }
        });
    }

    @TestFactory
    Stream<DynamicTest> anEarlierRequestDoesNotChangeABody() throws InterruptedException {
        return each(python -> {
            Map<OptimizationLevel, byte[]> first = bodies(python, "import os\ndef f(name): return os, 'shared'\n", ALL);
            bodies(python, "shared = os = name = 'shared'\n", ALL);
            for (OptimizationLevel level : ALL) {
                assertThat(bodies(python, "import os\ndef f(name): return os, 'shared'\n", List.of(level)))
                        .containsExactly(Map.entry(level, first.get(level)));
            }
        });
    }

    /**
     * A name with a byte that is not UTF-8, with a surrogate that stands for no byte, and a name that is UTF-8 and was given to the
     * code in a locale without it: the compiler would reject the second name and change the third.
     */
    @TestFactory
    Stream<DynamicTest> everyNameIsMarshalledAsItWasGiven() throws InterruptedException {
        return each(python -> {
            for (String name : List.of("636166edb3a92e7079", "eda0802e7079", "edb383edb2a92e7079", "c3a92e7079")) {
                if (name.startsWith("ed") && python.interpreter().version().implementation() == Implementation.PYPY) {
                    continue; // PyPy takes every name through the encoding of the file system, and writes no such name
                }
                byte[] bytes = HexFormat.of().parseHex(name);
                byte[] source = "def f():\n    return lambda: 1\n".getBytes(StandardCharsets.UTF_8);
                var request = CompileRequest.of(RawPath.of(bytes, 0, bytes.length), source, ALL);
                CompileOutcome outcome = WORKERS.compile(python, request);

                assertThat(outcome).as(name).isInstanceOf(Compiled.class);
                for (byte[] body : ((Compiled) outcome).bodies().values()) {
                    Magic magic = python.interpreter().magic();
                    var digest = new CodeDigester().digest(body, 0, null, magic);
                    assertThat(digest.map(CodeDigest::fileName).orElse(request.name()))
                            .as(name)
                            .isEqualTo(request.name());
                    assertThat(digest.isPresent())
                            .isEqualTo(MarshalDialect.of(null, magic).isPresent());
                    assertThat(new String(body, StandardCharsets.ISO_8859_1)).doesNotContain("renamed");
                }
            }
        });
    }

    @TestFactory
    Stream<DynamicTest> aSyntaxErrorIsAnOutcome() throws InterruptedException {
        return each(python -> {
            var outcome = compile(python, "x = 1\ny = = \u001b\n", ALL);

            assertThat(outcome).isInstanceOfSatisfying(SyntaxFault.class, fault -> {
                assertThat(fault.line()).isEqualTo(OptionalInt.of(2));
                assertThat(fault.message()).isNotEmpty();
            });
            assertThat(compile(python, "# coding: no-such\n", ALL)).isInstanceOf(SyntaxFault.class);
            assertThat(compile(python, "return 1\n", ALL)).isInstanceOf(SyntaxFault.class);
        });
    }

    @TestFactory
    Stream<DynamicTest> anyOtherExceptionIsAnOutcome() throws InterruptedException {
        return each(python -> {
            boolean nulIsSyntax = python.interpreter().version().atLeast(3, 11);
            assertThat(compile(python, "x = 1\0\n", ALL))
                    .isInstanceOfAny(Refused.class, nulIsSyntax ? SyntaxFault.class : Refused.class);
            assertThat(bodies(python, "x = 1\n", ALL)).hasSize(3);
        });
    }

    @TestFactory
    Stream<DynamicTest> warningsAreNotPartOfTheReply() throws InterruptedException {
        return each(python -> {
            assertThat(bodies(python, "x = '\\d'\nassert (1, 2)\n1 is 1\n".repeat(5000), ALL))
                    .hasSize(3);
        });
    }

    /** Old parsers recurse without limit and crash; the pool must still compile the next source. */
    @TestFactory
    Stream<DynamicTest> aSourceThatCrashesTheInterpreterDoesNotFailTheNextSource() throws InterruptedException {
        return each(python -> {
            boolean recursesWithoutLimit = !python.interpreter().version().atLeast(3, 0);

            CompileOutcome outcome = compile(python, "x" + ".y".repeat(100_000), ALL);

            assertThat(outcome).isInstanceOf(recursesWithoutLimit ? Crashed.class : Refused.class);
            assertThat(bodies(python, "x = 1\n", ALL)).hasSize(3);
        });
    }

    @TestFactory
    Stream<DynamicTest> aBodyAboveTheLimitIsAnOutcome() throws InterruptedException {
        return each(python -> {
            byte[] text = ("x = '" + "a".repeat(100_000) + "'\n").getBytes(StandardCharsets.UTF_8);
            var request = CompileRequest.of(RawPath.of("/tree/name.py"), text, List.of(OptimizationLevel.NONE));

            assertThat(WORKERS.compile(python, request, CompileLimits.DEFAULT.withReply(100_000)))
                    .isEqualTo(new BodyTooLarge(100_000));
            assertThat(WORKERS.compile(python, request, CompileLimits.DEFAULT.withReply(150_000)))
                    .isInstanceOf(Compiled.class);
        });
    }

    private static Map<OptimizationLevel, byte[]> bodies(
            LocatedInterpreter python, String source, List<OptimizationLevel> levels) throws InterruptedException {
        CompileOutcome outcome = compile(python, source, levels);
        assertThat(outcome).isInstanceOf(Compiled.class);
        return ((Compiled) outcome).bodies();
    }

    private static CompileOutcome compile(LocatedInterpreter python, String source, List<OptimizationLevel> levels)
            throws InterruptedException {
        byte[] bytes = source.getBytes(StandardCharsets.UTF_8);
        return WORKERS.compile(python, CompileRequest.of(RawPath.of("/tree/name.py"), bytes, levels));
    }

    private static Stream<DynamicTest> each(ThrowingConsumer<LocatedInterpreter> test) throws InterruptedException {
        return RealPythons.each(executable -> test.accept(WorkerMemoryTest.located(executable)));
    }
}
