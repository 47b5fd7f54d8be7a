package dev.freshpyc.cli.document;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshpyc.cli.command.Program;
import dev.freshpyc.cli.repair.Shell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** The generated manual pages and completion scripts are complete, and the tools that read these files accept them. */
class GeneratedFilesTest {

    private static final Map<String, CommandLine> COMMANDS =
            new Program(System.out, System.err).commandLine().getCommandSpec().subcommands();

    @TempDir
    private Path home;

    @Test
    void everyCommandHasAPageWithAllItsOptions() {
        Map<String, String> files = GeneratedFiles.all("2025-01-01");
        String reference = Objects.requireNonNull(files.get("share/doc/freshpyc/reference.md"));
        COMMANDS.forEach((name, command) -> {
            String page = Objects.requireNonNull(files.get("share/man/man1/freshpyc-" + name + ".1"), name);
            for (OptionSpec option : command.getCommandSpec().options()) {
                assertThat(page).as(name).contains("\\fB" + option.longestName().replace("-", "\\-") + "\\fR");
                assertThat(reference).as(name).contains("\n## freshpyc " + name + "\n", option.longestName());
            }
        });
        assertThat(files.get("share/man/man1/freshpyc.1")).contains("\\fBfreshpyc\\-audit\\fR(1)");
    }

    @Test
    void groffFormatsEveryPageWithoutAWarning() throws Exception {
        Shell.require("groff");
        for (Path page : pages()) {
            assertThat(Shell.run("groff", "-ww", "-man", "-Tutf8", "-z", page))
                    .as(page.toString())
                    .isEmpty();
        }
        Path wrong = Files.writeString(home.resolve("wrong.1"), ".TH A 1\n.SH NAME\n\\fQa\n.nosuch\n");
        assertThat(Shell.run("groff", "-ww", "-man", "-Tutf8", "-z", wrong)).contains("warning");
    }

    @Test
    void mandocFindsNoFaultInAnyPage() throws Exception {
        Shell.require("mandoc");
        for (Path page : pages()) {
            assertThat(Shell.succeeds("mandoc", "-Tlint", "-Wstyle", page))
                    .as(page.toString())
                    .isTrue();
        }
        Path wrong = Files.writeString(home.resolve("wrong.1"), ".TH A 1\n.nosuch\n");
        assertThat(Shell.succeeds("mandoc", "-Tlint", "-Wstyle", wrong)).isFalse();
    }

    @Test
    void fishOffersCommandsOptionsAndValues() throws Exception {
        Shell.require("fish");
        write();
        String load = "source " + home.resolve("completion/freshpyc.fish") + "; complete -C";
        assertThat(Shell.run("fish", "-N", "-c", load + "'freshpyc '")).contains(COMMANDS.keySet());
        assertThat(Shell.run("fish", "-N", "-c", load + "'freshpyc repair --to '"))
                .contains("zero-mtime\t");
        assertThat(Shell.run("fish", "-N", "-c", load + "'freshpyc audit --fail'"))
                .startsWith("--fail-on\t");
        assertThat(Shell.run("fish", "-N", "-c", load + "'freshpyc index '")).contains("prune", "verify");
    }

    /**
     * The completion system of zsh needs a terminal, so the test replaces zsh's functions by functions that print their
     * arguments.
     */
    @Test
    void zshOffersCommandsOptionsAndValues() throws Exception {
        Shell.require("zsh");
        write();
        String load = "_arguments() { print -rl -- \"$@\" }; _describe() { print -rl -- $commands }; complete() { . "
                + home.resolve("completion/_freshpyc") + " }; ";
        assertThat(Shell.run("zsh", "-f", "-c", load + "words=(freshpyc ''); CURRENT=2; complete"))
                .contains(COMMANDS.keySet().stream()
                        .map(name -> "\n" + name + ":")
                        .toList()
                        .subList(1, COMMANDS.size()));
        assertThat(Shell.run("zsh", "-f", "-c", load + "words=(freshpyc repair --to ''); CURRENT=4; complete"))
                .contains("*--to[", "zero-mtime")
                .doesNotContain("--fail-on");
    }

    private List<Path> pages() throws IOException {
        write();
        try (Stream<Path> files = Files.list(home.resolve("share/man/man1"))) {
            return files.toList();
        }
    }

    private void write() throws IOException {
        GeneratedFiles.main(new String[] {home.toString(), "2025-01-01"});
    }
}
