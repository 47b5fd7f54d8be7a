package dev.freshpyc.cli.place;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshpyc.cli.CommandLineRun;
import dev.freshpyc.cli.Pairs;
import dev.freshpyc.cli.oracle.Trees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * With {@code --root}, every path and link is resolved inside the root directory. The image has absolute links.
 * Resolved in the image, the links lead to stale pycs; resolved on the host, they lead to fresh pycs.
 */
@EnabledOnOs(OS.LINUX)
class RootTest {

    @TempDir
    private Path directory;

    private Path image = Path.of("");
    private Path host = Path.of("");

    @BeforeEach
    void makeImage() throws IOException {
        Path top = directory.toRealPath();
        image = Files.createDirectory(top.resolve("image"));
        host = Files.createDirectory(top.resolve("host"));
        Path inImage = Files.createDirectories(Path.of(image + host.toString()));
        new Pairs(host).fresh("source").fresh("pkg/mod").fresh("pyc").fresh("lib/direct");
        new Pairs(inImage).stale("source").stale("pkg/mod").stale("pyc").stale("lib/direct");
        Path lib = Files.createDirectories(image.resolve("usr/lib/python"));
        Files.createDirectories(lib.resolve("__pycache__"));
        Files.createSymbolicLink(lib.resolve("source.py"), host.resolve("source.py"));
        Files.copy(inImage.resolve(Pairs.cached("source")), lib.resolve(Pairs.cached("source")));
        Files.createSymbolicLink(lib.resolve("pkg"), host.resolve("pkg"));
        new Pairs(lib).source("pyc.py");
        Files.createSymbolicLink(lib.resolve(Pairs.cached("pyc")), host.resolve(Pairs.cached("pyc")));
        Files.createSymbolicLink(image.resolve("usr/lib/linked"), host.resolve("lib"));
    }

    @Test
    void anAuditReadsTheFilesOfTheImage() {
        assertThat(verdicts("/usr/lib/python", "/usr/lib/linked"))
                .containsOnly("stale")
                .hasSize(4);
    }

    @Test
    void withoutTheOptionTheLinksLeadToTheHost() {
        CommandLineRun run =
                CommandLineRun.of("audit", "--no-index", "--all", "--format", "jsonl", image + "/usr/lib/python");

        assertThat(run.out()).contains("\"verdict\":\"fresh\"");
    }

    @Test
    void noDotsLeadOutOfTheImage() {
        CommandLineRun run = audit("/../../../../../" + host, "../.." + host);

        assertThat(run.code()).isZero();
        assertThat(run.out()).doesNotContain("\"verdict\":\"fresh\"");
    }

    @Test
    void aRelativePathBeginsAtTheRoot() {
        assertThat(verdicts("usr/lib/python")).hasSize(3);
    }

    @Test
    void anAbsentPathIsReported() {
        CommandLineRun run = audit("/no/such");

        assertThat(run.code()).isEqualTo(3);
        assertThat(run.err()).contains(image + "/no/such: no such directory");
    }

    @Test
    void aRootWithoutPythonOrWithoutADirectoryIsRefused() {
        assertThat(CommandLineRun.of("audit", "--no-index", "--root", image).complaint(2))
                .contains("no Python was found in " + image + ": give a PATH inside it");
        assertThat(CommandLineRun.of("audit", "--no-index", "--root", image.resolve("none"), "/usr")
                        .complaint(3))
                .contains("none: no such directory");
    }

    @Test
    void refreshAndLookupSeeTheFilesOfTheImage() {
        Path index = directory.resolve("index");

        CommandLineRun refresh = CommandLineRun.of("refresh", "--index", index, "--root", image, "/usr/lib/linked");
        CommandLineRun lookup =
                CommandLineRun.of("lookup", "--index", index, "--root", image, "/usr/lib/linked/direct.py");

        assertThat(refresh.out()).startsWith("1 seen");
        assertThat(lookup.code()).as(lookup.err()).isZero();
        assertThat(lookup.out()).contains(" in " + image + host + "/lib", "cpython-311");
        assertThat(CommandLineRun.of("lookup", "--index", index, host.resolve("lib/direct.py"))
                        .code())
                .as("the file of the host has no index")
                .isEqualTo(3);
    }

    /** No command mends a bytecode file that is cut off and has no source; the audit suggests to explain the file. */
    @Test
    void theSuggestedExplanationNamesTheFileInTheImage() throws IOException {
        Path app = Files.createDirectory(image.resolve("app"));
        Files.write(app.resolve("short.pyc"), new byte[] {1, 2, 3});

        CommandLineRun audit = CommandLineRun.of("audit", "--no-index", "--root", image, "/app");

        assertThat(audit.out()).endsWith("Next: freshpyc explain --root " + image + " /app/short.pyc\n");
        assertThat(CommandLineRun.of("explain", "--root", image, "/app/short.pyc")
                        .out())
                .contains("malformed (short-header)");
    }

    @Test
    void statusAndIndexConcernTheEntriesOfTheImageOnly() throws IOException {
        Path index = directory.resolve("index");
        CommandLineRun.of("refresh", "--index", index, "--root", image, "/usr/lib/linked");
        CommandLineRun.of("refresh", "--index", index, host);

        for (List<String> words : List.of(List.of("status"), List.of("index", "verify"))) {
            assertThat(CommandLineRun.of(words, "--index", index, "--root", image)
                            .lines())
                    .as(words.toString())
                    .filteredOn(line -> !line.startsWith(" "))
                    .singleElement()
                    .asString()
                    .startsWith(image + host.toString() + "/lib");
        }
        Trees.delete(host);
        assertThat(CommandLineRun.of("index", "prune", "--index", index, "--root", image)
                        .out())
                .isEmpty();
        assertThat(CommandLineRun.of("index", "prune", "--index", index).out()).contains(host + ": removed");
    }

    @Test
    void changedPathsAreResolvedInTheImage() throws IOException {
        Path index = directory.resolve("index");
        CommandLineRun.of("refresh", "--index", index, "--root", image, "/usr/lib/linked");
        new Pairs(Path.of(image + host.toString())).fresh("lib/direct");
        Path list = Files.writeString(directory.resolve("list"), "/usr/lib/linked/direct.py\n");

        CommandLineRun refresh =
                CommandLineRun.of("refresh", "--index", index, "--root", image, "--changed-from", list);

        assertThat(refresh.err()).isEmpty();
        assertThat(refresh.out()).startsWith("1 seen");
    }

    /** The directories below a cache prefix repeat the paths of the image, not the paths of the host. */
    @Test
    void aCachePrefixIsResolvedInTheImage() throws IOException {
        new Pairs(image.resolve("app")).source("m.py");
        new Pairs(image).file("var/cache/app/m.cpython-311.pyc", Pairs.header(3495, 0, Pairs.MTIME, 6), (byte) 0xe3);

        CommandLineRun run = audit("--pycache-prefix", "/var/cache", "/app");

        assertThat(run.out()).contains("\"pyc\":\"" + image + "/var/cache/app/m.cpython-311.pyc\"", "\"fresh\"");
    }

    private List<String> verdicts(String... paths) {
        CommandLineRun run = audit(paths);
        assertThat(run.code()).as(run.err()).isZero();
        return run.lines().stream()
                .map(line -> line.replaceFirst(".*\"verdict\":\"([a-z]+)\".*", "$1"))
                .toList();
    }

    private CommandLineRun audit(String... words) {
        return CommandLineRun.of("audit", "--no-index", "--all", "--format", "jsonl", "--root", image, words);
    }
}
