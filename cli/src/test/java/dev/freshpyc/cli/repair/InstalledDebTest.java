package dev.freshpyc.cli.repair;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshpyc.cli.CommandLineRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A real dpkg installs a package with bytecode below a separate root, and verifies the files after a repair. */
@EnabledOnOs(OS.LINUX)
class InstalledDebTest {

    private static final String SITE = "usr/lib/python3/dist-packages";

    @TempDir
    private Path directory;

    private Path root = Path.of("");

    @BeforeEach
    void install() throws Exception {
        Shell.require("dpkg-deb", "dpkg", "python3");
        Shell.requireRoot();
        directory = directory.toRealPath();
        Path tree = directory.resolve("tree");
        Path site = Files.createDirectories(tree.resolve(SITE).resolve("pkg"));
        Files.writeString(site.resolve("m.py"), "x = 1\n");
        Shell.run("/usr/bin/python3", "-m", "compileall", "-q", "--invalidation-mode", "unchecked-hash", site);
        Path control = Files.createDirectories(tree.resolve("DEBIAN"));
        Files.writeString(control.resolve("control"), """
                Package: python3-pkg
                Version: 1.0
                Architecture: all
                Maintainer: Nobody <nobody@example.org>
                Description: two files
                """);
        Files.writeString(control.resolve("md5sums"), sums(tree));
        Shell.run("dpkg-deb", "--build", "--root-owner-group", tree, directory.resolve("pkg.deb"));
        root = directory.resolve("system");
        for (String name : List.of("var/lib/dpkg/info", "var/lib/dpkg/updates", "usr/bin")) {
            Files.createDirectories(root.resolve(name));
        }
        Files.createFile(root.resolve("var/lib/dpkg/status"));
        dpkg(
                "--force-script-chrootless",
                "--install",
                directory.resolve("pkg.deb").toString());
        assertThat(dpkg("--verify")).isEmpty();
    }

    @Test
    void keptFilesPassTheVerification() throws Exception {
        assertThat(repair("--keep-records", "-v").out())
                .contains("1 in-package-record", "listed in " + root.resolve("var/lib/dpkg/info/python3-pkg.md5sums"));

        assertThat(dpkg("--verify")).isEmpty();
    }

    @Test
    void theDatabaseIsNotWrittenAndChangedFilesAreReported() throws Exception {
        Map<String, String> database = database();

        CommandLineRun run = repair("--update-records", "-v");

        assertThat(run.out())
                .contains("restamped: 1", "the package records of 1 changed file are no longer true:")
                .doesNotContain("RECORD file");
        assertThat(dpkg("--verify")).contains("??5??????   /" + SITE + "/pkg/__pycache__/m.");
        assertThat(database()).isEqualTo(database);
        assertThat(CommandLineRun.of("undo", "--index", directory.resolve("index"), root)
                        .code())
                .isZero();
        assertThat(dpkg("--verify")).isEmpty();
    }

    private CommandLineRun repair(String... options) {
        CommandLineRun run = CommandLineRun.of(Stream.concat(
                        Stream.of(
                                "repair",
                                "--to",
                                "checked-hash",
                                "--root",
                                root,
                                "--index",
                                directory.resolve("index"),
                                "/" + SITE),
                        Stream.of((Object[]) options))
                .toArray());
        assertThat(run.code()).as(run.err()).isZero();
        return run;
    }

    private String dpkg(String... words) throws IOException, InterruptedException {
        return Shell.run(Stream.concat(Stream.of("dpkg", "--root=" + root, "--log=/dev/null"), Stream.of(words))
                .toArray());
    }

    private Map<String, String> database() throws IOException {
        Map<String, String> contents = new TreeMap<>();
        FileSnapshot.files(root.resolve("var/lib/dpkg")).forEach((path, state) -> contents.put(path, state.content()));
        return contents;
    }

    private static String sums(Path tree) throws Exception {
        StringBuilder sums = new StringBuilder();
        try (Stream<Path> files = Files.walk(tree.resolve("usr"))) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                byte[] digest = MessageDigest.getInstance("MD5").digest(Files.readAllBytes(file));
                sums.append(HexFormat.of().formatHex(digest))
                        .append("  ")
                        .append(tree.relativize(file))
                        .append('\n');
            }
        }
        return sums.toString();
    }
}
