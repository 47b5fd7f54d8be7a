package dev.freshpyc.cli.place;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshpyc.cli.CommandLineRun;
import dev.freshpyc.cli.Pairs;
import dev.freshpyc.cli.ProgramProcess;
import dev.freshpyc.core.path.JavaPath;
import dev.freshpyc.core.path.RawPath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Files whose names the locale cannot express: every name beyond ASCII in the locale C, which cron and containers have, and bytes that
 * are not UTF-8 in any locale. The shell that starts the program makes the names, since Java cannot pass them on.
 */
@EnabledOnOs(value = OS.LINUX, disabledReason = "NOT RUN: elsewhere the system decides which names there are")
@Timeout(120)
class NameBeyondTheLocaleTest {

    private static final String LATIN = "n\udcff";

    /** Goes to the directory $1 and runs the rest with the locale that the test sets. In both words, printf reads octal numbers. */
    private static final String START =
            "unset LC_ALL LC_CTYPE LANG; cd \"$(printf \"$1\")\"; name=$(printf \"$2\"); shift 2; ";

    @TempDir
    private Path directory;

    static Stream<Arguments> places() {
        return Stream.of(
                Arguments.of("", "jos\u00e9"),
                Arguments.of("export LC_ALL=C; ", "jos\u00e9"),
                Arguments.of("export LC_ALL=C; ", LATIN),
                Arguments.of("export LC_ALL=C.UTF-8; ", LATIN));
    }

    @ParameterizedTest
    @MethodSource("places")
    void aWorkingDirectoryHasTheIndexOfItsOwnName(String locale, String name) throws Exception {
        stale(name);

        assertThat(run(locale, name, "\"$@\" --index ../ix", "refresh", "lib").err())
                .isEmpty();
        CommandLineRun found = run(locale, name, "\"$@\" --index ../ix", "lookup", "lib/a.py");

        assertThat(found.out()).contains("/" + RawPath.of(name).shown() + "/lib\n");
    }

    @ParameterizedTest
    @MethodSource("places")
    void aWorkingDirectoryIsRepaired(String locale, String name) throws Exception {
        stale(name);

        CommandLineRun run = run(
                locale,
                name,
                "\"$@\" repair --index ix lib && \"$@\" undo --index ix lib && \"$@\" audit --no-index lib");

        assertThat(run.out()).contains("recompiled: 1\n", "put back: 1", "1 stale");
    }

    @ParameterizedTest
    @MethodSource("places")
    void aWorkingDirectoryMayBeARootAndHoldTheFilesOfFreshpyc(String locale, String name) throws Exception {
        stale(name);
        String commands = "printf 'lib/a.py\\n' >changed; \"$@\" refresh --root . --index ix lib"
                + " && \"$@\" refresh --index ix --changed-from changed --metrics-file m.prom lib"
                + " && \"$@\" snapshot save one ./lib --index ix && \"$@\" proofs export p.proofs --index ix"
                + " && \"$@\" hook status ostree";

        CommandLineRun run = run(locale, name, commands);

        assertThat(run.code()).as(run.err()).isZero();
        assertThat(here(name).resolve("m.prom")).isNotEmptyFile();
        assertThat(here(name).resolve("p.proofs")).isNotEmptyFile();
    }

    @Test
    void twoWorkingDirectoriesHaveTwoIndexes() throws Exception {
        for (String name : List.of(LATIN, "n\udcfe")) {
            stale(name);
            run("export LC_ALL=C.UTF-8; ", name, "\"$@\" --index ../ix", "refresh", "lib");
        }

        try (Stream<Path> files = Files.list(directory.resolve("ix"))) {
            assertThat(files.filter(file -> file.toString().endsWith(".index"))).hasSize(2);
        }
    }

    @ParameterizedTest
    @MethodSource("places")
    void theFilesOfFreshpycMayHaveAnyName(String locale, String name) throws Exception {
        new Pairs(directory.resolve("lib")).stale("a");
        String commands = "export HOME=\"$PWD/$name\" && mkdir \"$name\" && printf 'lib/a.py\\n' >\"$name.txt\""
                + " && \"$@\" refresh --index \"ix$name\" lib && FRESHPYC_INDEX=\"iy$name\" \"$@\" refresh lib"
                + " && \"$@\" refresh --index \"ix$name\" --changed-from \"$name.txt\" --metrics-file \"$name.prom\" lib"
                + " && \"$@\" proofs export \"$name.proofs\" --index \"ix$name\""
                + " && { \"$@\" audit --no-index --format json lib >\"$name.json\"; \"$@\" audit --no-index --diff \"$name.json\" lib; }";

        CommandLineRun run = runIn(directory, locale, "", name, commands);

        assertThat(run.out()).as(run.err()).contains("0 new, 0 changed, 0 fixed, 1 as before");
        assertThat(Stream.of("ix" + name, "iy" + name, name + ".prom", name + ".proofs")
                        .map(this::here))
                .allMatch(Files::exists);
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files.filter(Files::isDirectory))
                    .as("no directory of another name")
                    .hasSize(4);
        }
    }

    @ParameterizedTest
    @MethodSource("places")
    void anImageMayHaveAnyName(String locale, String name) throws Exception {
        Files.writeString(here(name + ".img"), "no image");

        CommandLineRun run = runIn(directory, locale, "", name, "\"$@\" audit --no-index --image \"$name.img\"");

        assertThat(run.complaint(3))
                .doesNotContain("no such file")
                .contains(RawPath.of(name).shown() + ".img");
    }

    /** The JVM would write a question mark for the byte, and start another program. */
    @Test
    void aProgramThatJavaCannotNameIsNotStarted() throws Exception {
        Path programs = Files.createDirectory(here(LATIN));
        Files.createSymbolicLink(programs.resolve("python"), Path.of("/bin/true"));
        Files.createDirectory(directory.resolve("lib"));

        CommandLineRun run = runIn(
                directory,
                "export LC_ALL=C.UTF-8; ",
                "",
                LATIN,
                "\"$@\" audit --no-index --python \"./$name/python\" lib");

        assertThat(run.complaint(3))
                .contains("interpreter './n\\xff/python' could not be started (the locale cannot express");
    }

    private void stale(String name) throws IOException {
        new Pairs(Files.createDirectories(here(name).resolve("lib"))).stale("a");
    }

    private Path here(String name) {
        return JavaPath.resolve(directory, RawPath.of(name));
    }

    /** Runs a script in the directory {@code name}. Its words are the program and {@code words}. */
    private CommandLineRun run(String locale, String name, String script, Object... words) throws Exception {
        return runIn(directory, locale, name, "", script, words);
    }

    private static CommandLineRun runIn(
            Path above, String locale, String place, String name, String script, Object... words) throws Exception {
        List<String> prefix = new ArrayList<>(List.of("sh", "-c", START + locale + script, "sh"));
        prefix.add(octal(place.isEmpty() ? "." : place));
        prefix.add(octal(name));
        ProcessBuilder program = ProgramProcess.ofProgram(prefix, words).directory(above.toFile());
        program.environment().keySet().removeIf(variable -> variable.startsWith("FRESHPYC_"));
        return ProgramProcess.run(program, "");
    }

    /** The text by which printf writes the bytes of a name. */
    private static String octal(String name) {
        StringBuilder text = new StringBuilder();
        for (byte b : RawPath.of(name).toBytes()) {
            text.append("\\%03o".formatted(b & 0xff));
        }
        return text.toString();
    }
}
