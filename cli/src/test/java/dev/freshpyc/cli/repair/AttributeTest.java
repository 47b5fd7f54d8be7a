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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a file has besides its content stays as it is when its header is written and when that is undone, on every file system. */
@EnabledOnOs(OS.LINUX)
class AttributeTest {

    private static final long MIB = 1 << 20;

    /** {@code VFS_CAP_REVISION_2} with CAP_NET_RAW, which nobody gives to bytecode, and which every write takes away. */
    private static final String CAPABILITY = "0x0100000200200000000000000000000000000000";

    @TempDir
    private Path directory;

    /** What can be told of a file that a repair is to keep. */
    private record Look(Facts.Kept kept, Map<String, String> attributes) {}

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
    void everythingElseIsKept(String type, long megabytes, String write) throws Exception {
        Shell.requireRoot();
        Shell.require("setfattr", "getfattr", "setfacl");
        try (Mount mount = Mount.of(type, directory, megabytes * MIB)) {
            Caches caches = decorated(mount.place().resolve("lib"));
            Map<String, Look> before = looks(caches);
            Map<String, Facts> bytes = Facts.files(caches.root());
            Path index = directory.resolve("index");

            CommandLineRun run = CommandLineRun.of("repair", "--index", index, "--write", write, caches.root());

            assertThat(run.code()).as(run.out() + run.err()).isZero();
            assertThat(looks(caches)).isEqualTo(before);
            for (String pyc : caches.pycs()) {
                assertThat(Files.readAllBytes(caches.root().resolve(pyc))).startsWith(caches.hash(pyc));
            }

            assertThat(CommandLineRun.of("undo", "--index", index).code()).isZero();
            assertThat(looks(caches)).isEqualTo(before);
            Facts.files(caches.root())
                    .forEach((name, facts) -> assertThat(facts.content())
                            .isEqualTo(bytes.get(name).content()));
        }
    }

    /** A list that a directory gives to new files is not that of the old file. */
    @Test
    void aDefaultAccessControlListIsNotInherited() throws Exception {
        Shell.require("setfacl", "getfattr");
        Caches caches = new Caches(directory.resolve("lib")).pair("a");
        Shell.run("setfacl", "-d", "-m", "u:1234:rw", caches.root().resolve("__pycache__"));
        Map<String, Look> before = looks(caches);

        assertThat(CommandLineRun.of("repair", "--index", directory.resolve("index"), caches.root())
                        .code())
                .isZero();

        assertThat(looks(caches)).isEqualTo(before);
    }

    /** Its owner may not write to it, and so may not set attributes either once the permissions are those of the old file. */
    @Test
    void attributesOfAFileThatItsOwnerMayNotWrite() throws Exception {
        Shell.requireRoot();
        Shell.require("setfattr", "getfattr", "setpriv");
        Caches caches = new Caches(directory.resolve("lib")).pair("a");
        Path pyc = caches.root().resolve("__pycache__/a.cpython-311.pyc");
        Shell.run("setfattr", "-n", "user.note", "-v", "kept", pyc);
        Shell.run("chmod", "0444", pyc);
        Shell.run("chmod", "0755", directory);
        Files.createDirectory(directory.resolve("scratch"));
        Shell.run("chown", "-R", "1000:1000", directory);
        Map<String, Look> before = looks(caches);

        String code = RepairChild.start(
                        directory.resolve("scratch"),
                        "setpriv",
                        "--reuid=1000",
                        "--regid=1000",
                        "--clear-groups",
                        "--inh-caps=+dac_read_search",
                        "--ambient-caps=+dac_read_search")
                .go(List.of(
                        "repair",
                        "--index",
                        directory.resolve("index").toString(),
                        caches.root().toString()))
                .result();

        assertThat(code).isEqualTo("0");
        assertThat(looks(caches)).isEqualTo(before);
        assertThat(Files.readAllBytes(pyc)).startsWith(caches.hash("__pycache__/a.cpython-311.pyc"));
    }

    private static Caches decorated(Path root) throws IOException, InterruptedException {
        Map<String, Object[]> deeds = new LinkedHashMap<>();
        deeds.put("private", new Object[] {"chmod", "0600"});
        deeds.put("readonly", new Object[] {"chmod", "0444"});
        deeds.put("shared", new Object[] {"chmod", "0666"});
        deeds.put("others", new Object[] {"chmod", "0604"});
        deeds.put("setgid", new Object[] {"chmod", "2755"});
        deeds.put("owned", new Object[] {"chown", "1000:1000"});
        deeds.put("noted", new Object[] {"setfattr", "-n", "user.note", "-v", "kept"});
        deeds.put("trusted", new Object[] {"setfattr", "-n", "trusted.note", "-v", "kept"});
        deeds.put("capable", new Object[] {"setfattr", "-n", "security.capability", "-v", CAPABILITY});
        deeds.put("listed", new Object[] {"setfacl", "-m", "u:1234:rw,g:55:r"});
        Caches caches = new Caches(root);
        for (String name : deeds.keySet()) {
            caches.pair(name);
        }
        caches.pair("all");
        for (Map.Entry<String, Object[]> deed : deeds.entrySet()) {
            perform(deed.getValue(), pyc(root, deed.getKey()));
            if (!deed.getKey().equals("readonly") && !deed.getKey().equals("private")) {
                perform(deed.getValue(), pyc(root, "all"));
            }
        }
        Shell.run("chown", "1000:1000", pyc(root, "setgid"));
        Shell.run("chmod", "2755", pyc(root, "setgid"));
        for (String name : caches.pycs()) {
            Files.setLastModifiedTime(root.resolve(name), FileTime.from(Caches.COMPILED));
        }
        return caches;
    }

    private static void perform(Object[] deed, Path file) throws IOException, InterruptedException {
        Object[] command = Arrays.copyOf(deed, deed.length + 1);
        command[deed.length] = file;
        Shell.run(command);
    }

    private static Path pyc(Path root, String stem) {
        return root.resolve("__pycache__/" + stem + ".cpython-311.pyc");
    }

    private static Map<String, Look> looks(Caches caches) throws IOException, InterruptedException {
        Map<String, Look> looks = new TreeMap<>();
        for (String pyc : caches.pycs()) {
            Path file = caches.root().resolve(pyc);
            looks.put(pyc, new Look(Facts.of(file).kept(), Facts.attributes(file)));
        }
        return looks;
    }
}
