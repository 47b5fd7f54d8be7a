package dev.freshpyc.cli.repair;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshpyc.cli.CommandLineRun;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A repair that only replaces files keeps the mtimes of their directories, so that equal trees make equal archives.
 */
@EnabledOnOs(OS.LINUX)
class CacheTimesTest {

    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"replace", "in-place"})
    void twoRepairedCopiesMakeEqualArchives(String write) throws Exception {
        Shell.require("tar");
        Path one = tree("one");
        tree("two");
        String original = archive("one");

        String repaired = repairAndArchive("one", write);

        assertThat(repaired).isNotEqualTo(original).isEqualTo(repairAndArchive("two", write));
        CommandLineRun undo = CommandLineRun.of("undo", "--index", directory.resolve("index-one"), one);
        assertThat(undo.code()).as(undo.err()).isZero();
        assertThat(archive("one")).isEqualTo(original);
    }

    /** Makes a tree; every tree that this method makes has the same bytes and times. */
    private Path tree(String name) throws Exception {
        Path root = new MatchingTree(directory.resolve(name)).pairs(12).root();
        for (Path made :
                FileSnapshot.tree(root).keySet().stream().map(root::resolve).toList()) {
            if (Files.isDirectory(made)) {
                Files.setLastModifiedTime(made, FileTime.fromMillis(1_600_000_000_123L));
            }
        }
        return root;
    }

    private String repairAndArchive(String tree, String write) throws Exception {
        CommandLineRun run = CommandLineRun.of(
                "repair",
                "--to",
                "checked-hash",
                "--write",
                write,
                "--index",
                directory.resolve("index-" + tree),
                directory.resolve(tree));
        assertThat(run.out()).as(run.err()).contains("restamped: 12");
        return archive(tree);
    }

    private String archive(String tree) throws Exception {
        Path archive = directory.resolve(tree + ".tar");
        Shell.run("tar", "-C", directory.resolve(tree), "--sort=name", "-cf", archive, ".");
        return Shell.run("sha256sum", archive).split(" ", 2)[0];
    }
}
