package dev.freshpyc.cli.environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.freshpyc.cli.CommandLineRun;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.store.StoreEvents;
import dev.freshpyc.indexer.answer.AnswerStore;
import dev.freshpyc.indexer.environment.InterpreterProbe;
import dev.freshpyc.indexer.environment.PythonEnvironment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * An interpreter is started once and its answer is stored. Any change that may change the answer starts the interpreter
 * again.
 */
@Timeout(300)
class AnswerStoreTest {

    private static final int MAX_RUNS = 100;

    @TempDir
    private Path directory = Path.of("");

    private CountedPython python = new CountedPython(Path.of(""), Path.of(""), Path.of(""));

    @BeforeEach
    void makeEnvironment() throws Exception {
        directory = directory.toRealPath();
        var made = CountedPython.in(directory);
        assumeTrue(made.isPresent(), "NOT RUN: no CPython 3");
        python = made.get();
    }

    @Test
    void aStoredAnswerStartsNoInterpreter() throws Exception {
        PythonEnvironment first = ask();
        assertThat(python.starts()).isOne();
        assertThat(ask()).isEqualTo(first);
        assertThat(ask()).isEqualTo(first);
        assertThat(python.starts()).isOne();
        assertThat(first.facts().prefix()).isEqualTo(RawPath.of(python.venv().toString()));
        assertThat(first.facts().hashChecks()).isEqualTo("default");
    }

    @Test
    void otherOptionsNeedAnotherAnswer() throws Exception {
        ask();
        probe().asUser().probe(python.executable().toString());
        assertThat(python.starts()).isEqualTo(2);
        ask();
        probe().asUser().probe(python.executable().toString());
        assertThat(python.starts()).isEqualTo(2);
    }

    @Test
    void anAnswerFromUnsettledFilesIsNotReused() throws Exception {
        for (int i = 0; i < 2; i++) {
            InterpreterProbe.within(InterpreterProbe.DEFAULT_LIMIT)
                    .remembering(new AnswerStore(index(), StoreEvents.NONE, Duration.ofHours(1)))
                    .probe(python.executable().toString());
        }
        assertThat(python.starts()).isEqualTo(2);
    }

    @Test
    void aDamagedAnswerIsReplaced() throws Exception {
        PythonEnvironment first = ask();
        try (Stream<Path> files = Files.list(index())) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".answer")).toList()) {
                byte[] bytes = Files.readAllBytes(file);
                bytes[bytes.length / 2] ^= 1;
                Files.write(file, bytes);
            }
        }
        assertThat(ask()).isEqualTo(first);
        assertThat(python.starts()).isEqualTo(2);
        ask();
        assertThat(python.starts()).isEqualTo(2);
    }

    @Test
    void codeThatChangesThePathIsRunEveryTime() throws Exception {
        Files.writeString(python.site().resolve("zz.pth"), "import sys; sys.path.append('/added/by/code')\n");
        assertThat(ask().path()).contains(RawPath.of("/added/by/code"));
        assertThat(ask().path()).contains(RawPath.of("/added/by/code"));
        assertThat(python.starts()).isEqualTo(2);
    }

    /** A change of something that the path depends on. */
    private interface Change {
        void make() throws IOException;
    }

    @TestFactory
    Stream<DynamicTest> everyChangeIsNoticed() throws IOException {
        Path extra = Files.createDirectories(directory.resolve("extra"));
        Path later = directory.resolve("later");
        Path pth = Files.writeString(python.site().resolve("more.pth"), extra + "\n" + later + "\n");
        Path cfg = python.venv().resolve("pyvenv.cfg");
        Map<String, Change> changes = new LinkedHashMap<>();
        changes.put("a directory that a .pth line names appears", () -> Files.createDirectories(later));
        changes.put("a .pth file gets another line of the same length and time", () -> {
            FileTime time = Files.getLastModifiedTime(pth);
            Files.writeString(pth, Files.readString(pth).replace("later", "extra"));
            Files.setLastModifiedTime(pth, time);
        });
        changes.put("a .pth file appears", () -> Files.writeString(python.site().resolve("new.pth"), directory + "\n"));
        changes.put("a directory of the path is removed", () -> Files.delete(later));
        changes.put("a .pth file is removed", () -> Files.delete(pth));
        changes.put(
                "sitecustomize appears",
                () -> Files.writeString(python.site().resolve("sitecustomize.py"), "import sys\n"));
        changes.put(
                "pyvenv.cfg lets system packages in",
                () -> Files.writeString(cfg, Files.readString(cfg).replace("= false", "= true ")));
        changes.put("site-packages is another directory", () -> {
            Path moved = Files.move(python.site(), directory.resolve("moved"));
            Files.createSymbolicLink(python.site(), moved);
        });
        changes.put("the executable has another pyvenv.cfg", () -> {
            Path real = python.executable().toRealPath();
            Files.delete(python.executable());
            Files.createSymbolicLink(python.executable(), real);
            Files.setLastModifiedTime(python.venv(), FileTime.from(Instant.EPOCH));
            Files.writeString(python.venv().resolve("bin/pyvenv.cfg"), Files.readString(cfg));
        });
        List<DynamicTest> tests = new ArrayList<>();
        changes.forEach((name, change) -> tests.add(DynamicTest.dynamicTest(name, () -> {
            ask();
            int before = python.starts();
            ask();
            assertThat(python.starts()).isEqualTo(before);
            change.make();
            List<RawPath> path = ask().path();
            assertThat(python.starts()).isEqualTo(before + 1);
            assertThat(path)
                    .isEqualTo(InterpreterProbe.within(InterpreterProbe.DEFAULT_LIMIT)
                            .probe(python.executable().toString())
                            .path());
        })));
        return tests.stream();
    }

    @Test
    void theProgramStartsNoInterpreterOnceTheFilesHaveSettled() throws Exception {
        List<Object> words =
                List.of("audit", "--index", index(), "--python", python.executable(), "-q", "--format", "json");
        CommandLineRun first = CommandLineRun.of(words);
        int starts = -1;
        for (int i = 0; i < MAX_RUNS && starts != python.starts(); i++) {
            starts = python.starts();
            assertThat(CommandLineRun.of(words).out()).isEqualTo(first.out());
        }
        assertThat(python.starts()).as("starts after many runs").isEqualTo(starts);
        CommandLineRun.of("audit", "--no-index", "--python", python.executable(), "-q");
        assertThat(python.starts())
                .as("an audit without an index starts the interpreter")
                .isEqualTo(starts + 1);
    }

    private PythonEnvironment ask() throws Exception {
        return probe().probe(python.executable().toString());
    }

    private InterpreterProbe probe() {
        return InterpreterProbe.within(InterpreterProbe.DEFAULT_LIMIT)
                .remembering(new AnswerStore(index(), StoreEvents.NONE, Duration.ZERO));
    }

    private Path index() {
        return directory.resolve("index");
    }
}
