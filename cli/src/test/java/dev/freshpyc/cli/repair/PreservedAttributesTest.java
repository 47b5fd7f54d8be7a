package dev.freshpyc.cli.repair;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshpyc.cli.CommandLineRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * On every file system, the repair and the undo of a header keep owner, mode, times and extended attributes of the
 * file.
 */
@EnabledOnOs(OS.LINUX)
class PreservedAttributesTest {

    private static final long MIB = 1 << 20;

    /**
     * {@code VFS_CAP_REVISION_2} with CAP_NET_RAW. Bytecode rarely has capabilities, but the kernel removes them at
     * every write.
     */
    private static final String CAPABILITY = "0x0100000200200000000000000000000000000000";

    @TempDir
    private Path directory;

    /** The metadata and extended attributes that a repair must keep. */
    private record Preserved(FileSnapshot.Metadata metadata, Map<String, String> attributes) {}

    @ParameterizedTest
    @CsvSource({
        "ext4,8,replace",
        "ext4,8,in-place",
        "btrfs,120,replace",
        "btrfs,120,in-place",
        "xfs,320,replace",
        "xfs,320,in-place",
        "tmpfs,8,replace",
        "tmpfs,8,in-place",
        "overlay,0,replace",
        "overlay,0,in-place"
    })
    void repairAndUndoKeepAllAttributes(String type, long megabytes, String write) throws Exception {
        Shell.requireRoot();
        Shell.require("setfattr", "getfattr", "setfacl");
        try (Mount mount = Mount.of(type, directory, megabytes * MIB)) {
            MatchingTree tree = decorated(mount.place().resolve("lib"));
            Map<String, Preserved> before = preserved(tree);
            Map<String, FileSnapshot> bytes = FileSnapshot.files(tree.root());
            Path index = directory.resolve("index");

            CommandLineRun run = CommandLineRun.of(
                    "repair", "--to", "checked-hash", "--index", index, "--write", write, tree.root());

            assertThat(run.code()).as(run.out() + run.err()).isZero();
            assertThat(preserved(tree)).isEqualTo(before);
            for (String pyc : tree.pycs()) {
                assertThat(Files.readAllBytes(tree.root().resolve(pyc))).startsWith(tree.hash(pyc));
            }

            assertThat(CommandLineRun.of("undo", "--index", index, tree.root()).code())
                    .isZero();
            assertThat(preserved(tree)).isEqualTo(before);
            FileSnapshot.files(tree.root())
                    .forEach((name, state) -> assertThat(state.content())
                            .isEqualTo(bytes.get(name).content()));
        }
    }

    /** A new file must get the access control list of the old file, not the default list of its directory. */
    @Test
    void aDefaultAccessControlListIsNotInherited() throws Exception {
        Shell.require("setfacl", "getfattr");
        MatchingTree tree = new MatchingTree(directory.resolve("lib")).pair("a");
        Shell.run("setfacl", "-d", "-m", "u:1234:rw", tree.root().resolve("__pycache__"));
        Map<String, Preserved> before = preserved(tree);

        assertThat(CommandLineRun.of(
                                "repair", "--to", "checked-hash", "--index", directory.resolve("index"), tree.root())
                        .code())
                .isZero();

        assertThat(preserved(tree)).isEqualTo(before);
    }

    /** The owner may not write to the file, so the repair must set the attributes before the permissions. */
    @Test
    void attributesOfAReadOnlyFileAreKept() throws Exception {
        Shell.requireRoot();
        Shell.require("setfattr", "getfattr", "setpriv");
        MatchingTree tree = new MatchingTree(directory.resolve("lib")).pair("a");
        Path pyc = tree.root().resolve("__pycache__/a.cpython-311.pyc");
        Shell.run("setfattr", "-n", "user.note", "-v", "kept", pyc);
        Shell.run("chmod", "0444", pyc);
        Shell.run("chmod", "0755", directory);
        Files.createDirectory(directory.resolve("scratch"));
        Shell.run("chown", "-R", "1000:1000", directory);
        Map<String, Preserved> before = preserved(tree);

        String code = asUser(List.of(
                        "repair",
                        "--to",
                        "checked-hash",
                        "--assume-matching", // chown has changed the ctime of the source: no birth proves the pyc
                        "--index",
                        directory.resolve("index").toString(),
                        tree.root().toString()))
                .result();

        assertThat(code).isEqualTo("0");
        assertThat(preserved(tree)).isEqualTo(before);
        assertThat(Files.readAllBytes(pyc)).startsWith(tree.hash("__pycache__/a.cpython-311.pyc"));
    }

    /**
     * The owner of the file may not give a new file the old group. The report names the option that writes no new file.
     */
    @Test
    void aGroupThatTheUserCannotSetIsReported() throws Exception {
        Shell.requireRoot();
        Shell.require("setpriv");
        MatchingTree tree = new MatchingTree(directory.resolve("lib")).pair("a");
        Shell.run("chmod", "0755", directory);
        Files.createDirectory(directory.resolve("scratch"));
        Shell.run("chown", "-R", "1000:1000", directory);
        Shell.run("chown", "1000:2000", tree.root().resolve("__pycache__/a.cpython-311.pyc"));
        List<String> repair = List.of(
                "repair",
                "--to",
                "checked-hash",
                "--assume-matching",
                "--index",
                directory.resolve("index").toString(),
                tree.root().toString());

        assertThat(asUser(repair).output())
                .startsWith("1\n")
                .contains("(chown: EPERM); --write in-place writes no new file");

        List<String> inPlace =
                Stream.concat(repair.stream(), Stream.of("--write", "in-place")).toList();
        assertThat(asUser(inPlace).output()).startsWith("0\n").contains("restamped: 1");
    }

    private RepairChild asUser(List<String> words) throws IOException {
        return RepairChild.start(
                        directory.resolve("scratch"),
                        "setpriv",
                        "--reuid=1000",
                        "--regid=1000",
                        "--clear-groups",
                        "--inh-caps=+dac_read_search",
                        "--ambient-caps=+dac_read_search")
                .go(words);
    }

    private static MatchingTree decorated(Path root) throws IOException, InterruptedException {
        Map<String, Object[]> commands = new LinkedHashMap<>();
        commands.put("private", new Object[] {"chmod", "0600"});
        commands.put("readonly", new Object[] {"chmod", "0444"});
        commands.put("shared", new Object[] {"chmod", "0666"});
        commands.put("others", new Object[] {"chmod", "0604"});
        commands.put("setgid", new Object[] {"chmod", "2755"});
        commands.put("owned", new Object[] {"chown", "1000:1000"});
        commands.put("noted", new Object[] {"setfattr", "-n", "user.note", "-v", "kept"});
        commands.put("trusted", new Object[] {"setfattr", "-n", "trusted.note", "-v", "kept"});
        commands.put("capable", new Object[] {"setfattr", "-n", "security.capability", "-v", CAPABILITY});
        commands.put("listed", new Object[] {"setfacl", "-m", "u:1234:rw,g:55:r"});
        MatchingTree tree = new MatchingTree(root);
        for (String name : commands.keySet()) {
            tree.pair(name);
        }
        tree.pair("all");
        for (Map.Entry<String, Object[]> command : commands.entrySet()) {
            perform(command.getValue(), pyc(root, command.getKey()));
            if (!command.getKey().equals("readonly") && !command.getKey().equals("private")) {
                perform(command.getValue(), pyc(root, "all"));
            }
        }
        Shell.run("chown", "1000:1000", pyc(root, "setgid"));
        Shell.run("chmod", "2755", pyc(root, "setgid"));
        for (String name : tree.pycs()) {
            Files.setLastModifiedTime(root.resolve(name), FileTime.from(MatchingTree.COMPILED));
        }
        return tree;
    }

    private static void perform(Object[] command, Path file) throws IOException, InterruptedException {
        Object[] words = Arrays.copyOf(command, command.length + 1);
        words[command.length] = file;
        Shell.run(words);
    }

    private static Path pyc(Path root, String stem) {
        return root.resolve("__pycache__/" + stem + ".cpython-311.pyc");
    }

    private static Map<String, Preserved> preserved(MatchingTree tree) throws IOException, InterruptedException {
        Map<String, Preserved> preserved = new TreeMap<>();
        for (String pyc : tree.pycs()) {
            Path file = tree.root().resolve(pyc);
            preserved.put(pyc, new Preserved(FileSnapshot.of(file).metadata(), FileSnapshot.attributes(file)));
        }
        return preserved;
    }
}
