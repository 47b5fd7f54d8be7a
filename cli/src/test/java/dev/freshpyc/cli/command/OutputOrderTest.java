package dev.freshpyc.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshpyc.cli.CommandLineRun;
import dev.freshpyc.cli.Pairs;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every format lists files in the order of their paths, across directories, in whatever order the workers reach the
 * files.
 */
class OutputOrderTest {

    private static final Pattern PYC = Pattern.compile("\"pyc\":\"([^\"]*)\"");

    @TempDir
    Path directory = Path.of("");

    private Path tree = Path.of("");

    @BeforeEach
    void makeATree() throws Exception {
        tree = Files.createDirectory(directory.resolve("tree"));
        Path elsewhere = Files.createDirectory(directory.resolve("elsewhere"));
        Pairs pairs = new Pairs(tree);
        for (int i = 0; i < 12; i++) {
            for (String parent : List.of("", "p" + i + "/", "p" + i + "-x/", "p" + i + "/sub/")) {
                pairs.stale(parent + "m" + i).fatal(parent + "f" + i);
                pairs.file(parent + "q" + i + ".pyc", Pairs.header(3495, 0, 0, 0), (byte) 0xe3);
            }
        }
        new Pairs(elsewhere).stale("behind");
        Files.createSymbolicLink(tree.resolve("link"), elsewhere);
    }

    @RepeatedTest(3)
    void auditIsSorted() {
        List<String> lines = pycs(run("audit", "--no-index", "-j", "4", "--format", "jsonl", tree));
        assertThat(lines).hasSizeGreaterThan(100).isSorted();
        assertThat(pycs(run("audit", "--no-index", "-j", "4", "--format", "json", tree)))
                .isEqualTo(lines);
        assertThat(run("audit", "--no-index", "-j", "4", tree)).isEqualTo(run("audit", "--no-index", "-j", "1", tree));
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void refreshAndRepairAreSorted() {
        assertThat(pycs(run("refresh", "-j", "4", "--format", "jsonl", tree)))
                .hasSizeGreaterThan(100)
                .isSorted();
        for (String mode : List.of("auto", "zero-mtime")) {
            List<String> planned = pycs(run("repair", "--to", mode, "-j", "4", "--format", "jsonl", "--dry-run", tree));
            assertThat(planned).hasSizeGreaterThan(100).isSorted();
            assertThat(pycs(run("repair", "--to", mode, "-j", "4", "--format", "jsonl", tree)))
                    .isSorted()
                    .isEqualTo(planned);
        }
        assertThat(run("repair", "--dry-run", "-j", "4", tree)).isEqualTo(run("repair", "--dry-run", "-j", "1", tree));
    }

    private String run(Object... words) {
        List<Object> all = new ArrayList<>(Arrays.asList(words));
        if (!all.contains("--no-index")) {
            all.add(1, "--index");
            all.add(2, directory.resolve("index"));
        }
        return CommandLineRun.of(all.toArray()).out();
    }

    private static List<String> pycs(String text) {
        return PYC.matcher(text).results().map(OutputOrderTest::name).toList();
    }

    private static String name(MatchResult found) {
        return found.group(1);
    }
}
