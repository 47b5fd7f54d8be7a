package dev.freshpyc.cli.repair;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshpyc.cli.CommandLineRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A clean of a tree that a real interpreter compiled removes the files that its options select and its dry run
 * predicts. The files that the interpreter loads stay.
 */
@EnabledOnOs(OS.LINUX)
class CleanTest {

    private static final Pattern LINE = Pattern.compile(".*\"pyc\":\"([^\"]*)\".*\"outcome\":\"([^\"]*)\"(.*)}");

    /** A tag that no interpreter has or ever had. */
    private static final String FOREIGN = "cpython-399";

    @TempDir
    private Path directory;

    private Path lib = Path.of("");
    private String tag = "";

    /**
     * {@code gone} has only bytecode; {@code pkg} has bytecode of two levels, a foreign file, a file of pytest and a
     * legacy file.
     */
    @BeforeEach
    void compileATree() throws IOException, InterruptedException {
        Shell.require("python3");
        lib = Files.createDirectory(directory.resolve("lib"));
        for (String name : List.of("pkg/a.py", "pkg/b.py", "gone/c.py", "kept/d.py")) {
            Files.createDirectories(lib.resolve(name).getParent());
            Files.writeString(lib.resolve(name), "x = '" + name + "'\n");
        }
        Shell.run("python3", "-m", "compileall", "-q", lib);
        Shell.run("python3", "-O", "-m", "compileall", "-q", lib);
        tag = Shell.run("python3", "-c", "import sys; print(sys.implementation.cache_tag)")
                .strip();
        Files.delete(lib.resolve("gone/c.py"));
        copy("pkg/__pycache__/a." + tag + ".pyc", "pkg/__pycache__/a." + FOREIGN + ".pyc");
        copy("pkg/__pycache__/a." + tag + ".pyc", "pkg/__pycache__/a." + tag + "-pytest-8.3.4.pyc");
        copy("pkg/__pycache__/a." + tag + ".pyc", "pkg/sourceless.pyc");
    }

    @Test
    void withoutASelectionOrphansAndForeignFilesAreRemoved() throws IOException {
        Set<String> before = files();

        CommandLineRun run = clean(lib);

        assertThat(run.code()).as(run.err()).isZero();
        assertThat(removed(before))
                .containsExactlyInAnyOrder(
                        "gone/__pycache__",
                        "gone/__pycache__/c." + tag + ".pyc",
                        "gone/__pycache__/c." + tag + ".opt-1.pyc",
                        "pkg/__pycache__/a." + FOREIGN + ".pyc");
        assertThat(run.out()).startsWith("11 seen; removed: 3 files, ").contains("(2 orphaned, 1 foreign); 1 emptied");
        assertThat(clean("--check", lib).out()).startsWith("8 seen; would be removed: 0 files, 0 bytes");
        CommandLineRun audit = CommandLineRun.of("audit", "--index", directory.resolve("index"), lib);
        assertThat(audit.out()).doesNotContain("orphaned");
    }

    @ParameterizedTest
    @CsvSource({"--orphans,c", "--foreign,399", "--levels=1,opt-1", "--other-tools,pytest"})
    void anOptionSelectsOnlyItsFiles(String option, String part) throws IOException {
        Set<String> before = files();
        Set<String> expected = before.stream()
                .filter(name -> name.matches(".*/__pycache__/.*" + Pattern.quote(part) + ".*\\.pyc"))
                .filter(name -> !part.equals("c") || name.contains("/c."))
                .collect(Collectors.toSet());
        assertThat(expected).isNotEmpty();

        assertThat(clean(option, lib).code()).isZero();

        Set<String> gone = removed(before);
        gone.remove("gone/__pycache__");
        assertThat(gone).isEqualTo(expected);
    }

    @Test
    void filesWithoutAnExpectedTagAreForeign() throws IOException {
        Set<String> before = files();

        assertThat(clean("--foreign", "--expect", "cpython-27,cpython-38", lib).complaint(2))
                .contains("no interpreter has the tag 'cpython-27'");
        assertThat(clean("--foreign", "--expect", "cpython-38", lib).code()).isZero();

        assertThat(removed(before)).contains("kept/__pycache__/d." + tag + ".pyc", "kept/__pycache__");
        assertThat(files()).contains("pkg/sourceless.pyc", "pkg/__pycache__/a." + tag + "-pytest-8.3.4.pyc");
    }

    /** A virtual environment has an interpreter even if the environment is not on PATH. */
    @Test
    void aDirectoryNamedAfterAnInterpreterKeepsItsFiles() throws IOException {
        Path site = lib.resolve("venv/lib/python3.99/site-packages");
        Files.createDirectories(site.resolve("__pycache__"));
        Files.writeString(site.resolve("v.py"), "");
        Files.writeString(site.resolve("__pycache__/v." + FOREIGN + ".pyc"), "");

        assertThat(clean("--foreign", lib).code()).isZero();

        assertThat(site.resolve("__pycache__/v." + FOREIGN + ".pyc")).exists();
        assertThat(lib.resolve("pkg/__pycache__/a." + FOREIGN + ".pyc")).doesNotExist();
    }

    @Test
    void theDryRunPredictsTheRun() throws IOException {
        List<String> all = new ArrayList<>(List.of("--orphans", "--foreign", "--levels=1", "--other-tools", "-j", "2"));
        Files.createSymbolicLink(lib.resolve("kept/__pycache__/e." + tag + ".pyc"), Path.of("d." + tag + ".pyc"));
        Set<String> before = files();

        all.add("--dry-run");
        Map<String, String> predicted = outcomes(all);
        assertThat(files()).isEqualTo(before);
        all.remove("--dry-run");
        Map<String, String> done = outcomes(all);

        assertThat(done).isEqualTo(predicted);
        assertThat(done)
                .containsEntry("gone/__pycache__", "directory-removed")
                .containsEntry("kept/__pycache__/e." + tag + ".pyc", "failed");
        assertThat(removed(before))
                .isEqualTo(done.entrySet().stream()
                        .filter(outcome -> outcome.getValue().endsWith("removed"))
                        .map(Map.Entry::getKey)
                        .collect(Collectors.toSet()));
    }

    @Test
    void aCleanWithoutATargetIsRefused() {
        CommandLineRun run = clean();
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err())
                .startsWith(
                        "freshpyc: clean needs a PATH, --python EXE, --venv DIR, --all-pythons or --root DIR; '--python python3' would take:");
    }

    @Test
    void withoutExpectedTagsTheForeignFilesOfAnotherRootStay() throws IOException {
        Set<String> before = files();
        assertThat(clean("--root", directory, "--foreign", "/lib").complaint(2)).contains("--expect TAG");

        assertThat(clean("--root", directory, "/lib").code()).isZero();
        assertThat(files()).contains("pkg/__pycache__/a." + FOREIGN + ".pyc");
        assertThat(removed(before)).contains("gone/__pycache__/c." + tag + ".pyc");
    }

    @Test
    void aFileBehindALinkStays() throws IOException {
        Path outside = Files.createDirectories(directory.resolve("outside"));
        Files.move(lib.resolve("gone/__pycache__"), outside.resolve("__pycache__"));
        Files.createSymbolicLink(lib.resolve("gone/__pycache__"), outside.resolve("__pycache__"));

        CommandLineRun run = clean("--orphans", lib);

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.out()).contains("c." + tag + ".pyc  left: symbolic-link (leads to ");
        assertThat(outside.resolve("__pycache__/c." + tag + ".pyc")).exists();
    }

    @Test
    void aDirectoryWithAnotherFileStays() throws IOException {
        Files.writeString(lib.resolve("gone/__pycache__/notes.txt"), "");

        assertThat(clean("--dry-run", "--orphans", lib).out()).doesNotContain("emptied");
        assertThat(clean("--orphans", lib).out()).doesNotContain("emptied");

        assertThat(lib.resolve("gone/__pycache__/notes.txt")).exists();
    }

    private void copy(String from, String to) throws IOException {
        Files.copy(lib.resolve(from), lib.resolve(to));
    }

    private Set<String> files() throws IOException {
        return new TreeSet<>(FileSnapshot.tree(lib).keySet());
    }

    private Set<String> removed(Set<String> before) throws IOException {
        Set<String> gone = new TreeSet<>(before);
        gone.removeAll(files());
        return gone;
    }

    private Map<String, String> outcomes(List<String> options) {
        Map<String, String> outcomes = new TreeMap<>();
        List<Object> words = new ArrayList<>(List.of("--format", "jsonl", lib));
        words.addAll(options);
        for (String line : clean(words.toArray()).lines()) {
            Matcher parts = LINE.matcher(line);
            assertThat(parts.matches()).as(line).isTrue();
            outcomes.put(parts.group(1), parts.group(2));
        }
        return outcomes;
    }

    private CommandLineRun clean(Object... words) {
        Object[] all = new Object[words.length + 3];
        all[0] = "clean";
        all[1] = "--index";
        all[2] = directory.resolve("index");
        System.arraycopy(words, 0, all, 3, words.length);
        return CommandLineRun.of(all);
    }
}
