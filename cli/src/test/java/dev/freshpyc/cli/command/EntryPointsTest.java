package dev.freshpyc.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.freshpyc.cli.CommandLineRun;
import dev.freshpyc.cli.oracle.Interpreter;
import dev.freshpyc.cli.oracle.Interpreters;
import dev.freshpyc.cli.repair.Shell;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** {@code entry-points} lists entry points; the Python reader answers from the cache that the command writes. */
class EntryPointsTest {

    /**
     * Prints the modules that the reader loads and the reader's answer. Then truncates the cache file at every length,
     * changes every byte, opens the permissions of the file and the directory, adds a distribution, and prints the
     * reader's answers.
     */
    private static final String READER = """
            import os, sys
            site, index, home = sys.argv[1:4]
            sys.path[:] = [home, site]
            os.environ['FRESHPYC_INDEX'] = index
            before = set(sys.modules)
            import freshpyc_entry_points as reader
            found = reader.entry_points(group='console_scripts')
            print(sorted(set(sys.modules) - before), [(p.name, p.value, p.module, p.attr, p.dist.version) for p in found])
            file = [os.path.join(index, name) for name in os.listdir(index) if '-site-' in name][0]
            whole = open(file, 'rb').read()
            reader._uncached = lambda group: 'asked Python'
            def answer(data):
                with open(file, 'wb') as out:
                    out.write(data)
                reader._files.clear()
                return reader.entry_points(group='console_scripts')
            wrong = [n for n in range(len(whole)) if answer(whole[:n]) != 'asked Python']
            wrong += [n for n in range(len(whole))
                      if answer(whole[:n] + bytes([whole[n] ^ 65]) + whole[n + 1:]) not in ('asked Python', found)]
            print(wrong, answer(whole) == found)
            os.chmod(file, 0o666)
            print(answer(whole))
            os.chmod(file, 0o644)
            os.chmod(index, 0o777)
            print(answer(whole))
            os.chmod(index, 0o755)
            print(answer(whole) == found)
            os.mkdir(os.path.join(site, 'new-1.dist-info'))
            print(reader.entry_points(group='console_scripts'))
            """;

    @TempDir
    private Path scratch = Path.of("");

    private Path site = Path.of("");
    private Path index = Path.of("");

    @BeforeEach
    void makePlaces() throws IOException {
        choosePlaces(scratch);
        Files.createDirectory(site);
        install("tool", "[console_scripts]\nrun = tool.cli:main\n[plugins]\na = tool:A\n");
    }

    private void install(String name, String entryPoints) throws IOException {
        Path info = Files.createDirectory(site.resolve(name + "-1.2.dist-info"));
        Files.writeString(info.resolve("METADATA"), "Name: " + name + "\nVersion: 1.2\n");
        Files.writeString(info.resolve("entry_points.txt"), entryPoints);
    }

    private CommandLineRun run(Object... words) {
        return CommandLineRun.of("entry-points", "--index", index, words, site);
    }

    @Test
    void textIsGroupedAsInTheFiles() {
        assertThat(run().out()).isEqualTo("""
                [console_scripts]
                run = tool.cli:main  (tool 1.2)

                [plugins]
                a = tool:A  (tool 1.2)
                """);
    }

    @Test
    void jsonHasTheRequestedEntryPoints() {
        assertThat(run("--format", "json", "--group", "plugins").out())
                .endsWith("\"entry_points\":[{\"group\":\"plugins\",\"name\":\"a\",\"value\":\"tool:A\","
                        + "\"dist\":\"tool\",\"version\":\"1.2\"}]}\n");
        assertThat(run("--format", "json", "--name", "nobody").out()).endsWith("\"entry_points\":[]}\n");
    }

    @Test
    void aBrokenDistributionIsReportedAndTheOthersAreListed() throws IOException {
        install("bad", "[console_scripts]\nno equals sign\n");

        CommandLineRun run = run("--group", "plugins");

        assertThat(run.out()).contains("a = tool:A");
        assertThat(run.err()).contains("bad-1.2.dist-info: left out: entry_points.txt: a line without '='");
        assertThat(run.code()).isEqualTo(3);
    }

    @Test
    void strictPrintsNothingWhereADistributionIsBroken() throws IOException {
        install("bad", "[console_scripts]\nno equals sign\n");

        CommandLineRun run = run("--strict");

        assertThat(run.out()).isEmpty();
        assertThat(run.code()).isEqualTo(3);
    }

    @Test
    void aDirectoryThatSeveralInterpretersShareIsListedOnce() {
        List<Interpreter> pythons = Interpreters.all().stream()
                .filter(Interpreter::hasFlags)
                .limit(3)
                .toList();
        assumeFalse(pythons.size() < 2, "NOT RUN: needs two interpreters");
        Stream<Object> named = pythons.stream().flatMap(python -> Stream.of("--python", python.executable()));

        CommandLineRun run = run(Stream.concat(named, Stream.of("--format", "json", "--group", "plugins"))
                .toArray());

        assertThat(run.out())
                .endsWith("\"entry_points\":[{\"group\":\"plugins\",\"name\":\"a\",\"value\":\"tool:A\","
                        + "\"dist\":\"tool\",\"version\":\"1.2\"}]}\n");
        assertThat(run.code()).isZero();
    }

    @Test
    void theEntryPointsOfAnImageAreReadInsideTheImage() throws IOException {
        Path image = Files.createDirectory(scratch.resolve("image"));
        Path library = Files.createDirectories(image.resolve("usr/lib/python3.11"));
        Files.writeString(library.resolve("os.py"), "");
        Files.createDirectories(library.resolve("lib-dynload"));
        Path bin = Files.createDirectories(image.resolve("usr/bin"));
        Files.writeString(bin.resolve("python3.11"), "").toFile().setExecutable(true);
        Path info = Files.createDirectories(library.resolve("site-packages/inside-3.dist-info"));
        Files.writeString(info.resolve("METADATA"), "Name: inside\nVersion: 3\n");
        Files.writeString(image.resolve("points"), "[plugins]\ninner = inside:X\n");
        Files.createSymbolicLink(info.resolve("entry_points.txt"), Path.of("/points"));

        CommandLineRun all = CommandLineRun.of("entry-points", "--index", index, "--root", image);
        CommandLineRun given = CommandLineRun.of(
                "entry-points", "--index", index, "--root", image, "/usr/lib/python3.11/site-packages");

        assertThat(all.out()).isEqualTo("[plugins]\ninner = inside:X  (inside 3)\n");
        assertThat(given.out()).isEqualTo(all.out());
        assertThat(index).doesNotExist();
    }

    @Test
    void refreshReadsAFileThatWasEditedInPlace() throws Exception {
        settle();
        CommandLineRun.of("refresh", "--index", index, "-q", site);
        Path points = site.resolve("tool-1.2.dist-info/entry_points.txt");
        Files.writeString(points, "[plugins]\nb = tool:B\n");
        assertThat(run().out()).as("one stat does not show the edit").contains("a = tool:A");

        CommandLineRun.of("refresh", "--index", index, "-q", site);
        assertThat(run().out()).contains("b = tool:B").doesNotContain("a = tool:A");

        Files.writeString(points, "[plugins]\nc = tool:C\n");
        Path list = Files.writeString(scratch.resolve("list"), site.resolve("other.py") + "\n");
        CommandLineRun.of("refresh", "--index", index, "-q", "--changed-from", list, site);
        assertThat(run().out()).as("not in the list").contains("b = tool:B");
        Files.writeString(list, points + "\n");
        CommandLineRun.of("refresh", "--index", index, "-q", "--changed-from", list, site);
        assertThat(run().out()).contains("c = tool:C").doesNotContain("b = tool:B");
    }

    /** A wrong name would otherwise look like a directory without distributions. */
    @Test
    void aPathThatDoesNotExistIsNamed() {
        CommandLineRun run = CommandLineRun.of("entry-points", "--index", index, site, scratch.resolve("nope"));
        assertThat(run.err()).contains(scratch.resolve("nope") + " does not exist");
        assertThat(run.out()).contains("tool.cli:main");
        assertThat(run.code()).isZero();
    }

    @Test
    void aReaderIsInstalledIntoADirectoryOnly() throws IOException {
        Path file = Files.writeString(scratch.resolve("file"), "");
        for (Path place : List.of(scratch.resolve("absent/x"), file)) {
            assertThat(CommandLineRun.of("entry-points", "--install-reader", place)
                            .complaint(3))
                    .contains(place + " is no directory");
        }
    }

    @Test
    void installReaderReplacesTheReaderAndNoOtherFile() throws IOException {
        Path home = Files.createDirectory(scratch.resolve("home"));
        Path file = home.resolve("freshpyc_entry_points.py");
        assertThat(CommandLineRun.of("entry-points", "--install-reader", home).out())
                .isEqualTo(file + "\n");
        assertThat(CommandLineRun.of("entry-points", "--install-reader", home).code())
                .isZero();

        Files.writeString(file, "mine = True\n");

        assertThat(CommandLineRun.of("entry-points", "--install-reader", home).complaint(3))
                .contains("is not freshpyc's");
        assertThat(file).hasContent("mine = True");
    }

    @TestFactory
    Stream<DynamicTest> theReaderLoadsNoOtherModuleAndRejectsADamagedCache() throws Exception {
        List<Interpreter> pythons =
                Interpreters.all().stream().filter(Interpreter::hasFlags).toList();
        assumeFalse(pythons.isEmpty(), "NOT RUN: no interpreter");
        Path home = Files.createDirectories(scratch.resolve("home"));
        CommandLineRun.of("entry-points", "--install-reader", home);
        for (Interpreter python : pythons) {
            Path own = Files.createDirectory(scratch.resolve(python.name()));
            Shell.run("cp", "-a", site, own);
        }
        settle();
        return pythons.stream()
                .map(python -> DynamicTest.dynamicTest(python.toString(), () -> {
                    choosePlaces(scratch.resolve(python.name()));
                    run();
                    checkReader(python, home);
                }));
    }

    private void choosePlaces(Path directory) {
        site = directory.resolve("the-site-x");
        index = directory.resolve("index");
    }

    private void checkReader(Interpreter python, Path home) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(
                        python.executable().toString(),
                        "-B",
                        "-c",
                        READER,
                        site.toString(),
                        index.toString(),
                        home.toString())
                .redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().putAll(python.launcher().environment());
        Process process = builder.start();
        process.getOutputStream().close();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).as(out).isZero();
        assertThat(out).isEqualTo("""
                ['freshpyc_entry_points'] [('run', 'tool.cli:main', 'tool.cli', 'main', '1.2')]
                [] True
                asked Python
                asked Python
                True
                asked Python
                """);
    }

    /** Waits until the ctime of the directory is settled, since a ctime cannot be set. */
    private void settle() throws InterruptedException, IOException {
        Files.setLastModifiedTime(site, FileTime.from(Instant.ofEpochSecond(1_700_000_000)));
        Thread.sleep(2_100);
    }
}
