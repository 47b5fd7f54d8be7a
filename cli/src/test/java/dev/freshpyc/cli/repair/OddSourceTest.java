package dev.freshpyc.cli.repair;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshpyc.cli.CommandLineRun;
import dev.freshpyc.cli.Main;
import dev.freshpyc.cli.Pairs;
import dev.freshpyc.cli.ProgramProcess;
import dev.freshpyc.cli.oracle.Interpreter;
import dev.freshpyc.cli.oracle.Interpreters;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A source that needs too much memory fails alone, with its cause, and every other source is compiled. */
@EnabledOnOs(OS.LINUX)
class OddSourceTest {

    /** The heap that the program is started with. */
    private static final String HEAP = "-Xmx128m";

    /** The message about a source that is too large names the limit and two ways out. */
    private static final String LARGE =
            "its source is larger than \\d+ bytes: raise -Xmx, which sets this limit, in the file lib/java.options of this"
                    + " installation, or compile it with its own interpreter, 'python -m compileall FILE'";

    private static final String TAG = "cpython-311";

    @TempDir
    private Path directory;

    @Test
    void oddSourcesFailAloneAndTheOthersAreCompiled() throws Exception {
        Interpreter python = Interpreters.assumed("cpython 3.11");
        Path lib = Files.createDirectories(directory.resolve("lib"));
        Files.writeString(lib.resolve("body.py"), "x = [" + folded(40_000) + "]\n"); // 160 MB of bytecode
        Files.writeString(lib.resolve("alone.py"), "x = [" + folded(2_000) + "]\n"); // 8 MB: above its share
        Files.writeString(lib.resolve("large.py"), "x = 1\n".repeat(2_000_000));
        Files.writeString(lib.resolve("nested.py"), "x = " + "(".repeat(5_000) + ")".repeat(5_000) + "\n");
        Files.writeString(lib.resolve("text.py"), "x = " + "f'{".repeat(500) + "}'".repeat(500) + "\n");
        for (int i = 0; i < 40; i++) {
            Files.writeString(lib.resolve("good" + i + ".py"), "x = " + i + "\n");
        }

        assertThat(repair(python.executable(), lib, "--dry-run").out()).containsPattern(LARGE);
        CommandLineRun run = repair(python.executable(), lib);

        assertThat(run.code()).as(run.err()).isEqualTo(1);
        assertThat(run.lines())
                .anySatisfy(line -> assertThat(line)
                        .contains("body.cpython-311.pyc", "its bytecode is larger than", " bytes: raise -Xmx"))
                .anySatisfy(line ->
                        assertThat(line).contains("large.cpython-311.pyc").containsPattern(LARGE))
                .anySatisfy(line -> assertThat(line).contains("nested.py", "does not compile"))
                .anySatisfy(line -> assertThat(line).contains("text.py", "does not compile"))
                .anySatisfy(line -> assertThat(line).contains("recompiled: 41"));
        assertThat(lib.resolve(Pairs.cached("alone"))).isNotEmptyFile();
        assertThat(lib.resolve(Pairs.cached("good39"))).isNotEmptyFile();
    }

    /** The source of constants that the compiler folds to 4 KB each. No two constants are equal. */
    private static String folded(int number) {
        return IntStream.range(0, number)
                .mapToObj(i -> "('a' * 4096 + '" + i + "',)")
                .collect(Collectors.joining(", "));
    }

    private CommandLineRun repair(Path python, Path lib, String... options) throws IOException, InterruptedException {
        Path index = directory.resolve("index");
        ProcessBuilder program = ProgramProcess.of(
                List.of(), Main.class, "repair", "--python", python, "--index", index, "--expect", TAG, lib);
        program.command().add(1, HEAP);
        program.command().addAll(List.of(options));
        return ProgramProcess.run(program, "");
    }
}
