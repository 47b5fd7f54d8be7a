package dev.freshpyc.cli.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.freshpyc.cli.builder.BuilderHost;
import dev.freshpyc.cli.hook.RpmRoot;
import dev.freshpyc.cli.repair.Shell;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * The packages for Debian and RPM in root directories that the test makes. The real apt and the real rpm install the
 * package; then Python packages are installed, upgraded and removed. After each step the index gives the verdicts of a
 * new index.
 */
@EnabledOnOs(OS.LINUX)
@Execution(ExecutionMode.CONCURRENT)
class PackagesIT {

    private static final String DEBIAN_SITE = "/usr/lib/python3/dist-packages";

    @TempDir
    private static Path packagesDirectory = Path.of("");

    private static BuiltPackages packages = new BuiltPackages(Path.of(""), Path.of(""));

    @TempDir
    private Path directory;

    @BeforeAll
    static void makePackages() throws Exception {
        packages = BuiltPackages.in(Files.createDirectory(packagesDirectory.resolve("first")));
    }

    /** JUnit would warn of every link that leads outside the temporary directory. */
    @AfterEach
    void deleteRoots() throws Exception {
        Shell.run("rm", "-rf", directory.resolve("debian"), directory.resolve("root"));
    }

    @Test
    void twoBuildsAreEqual() throws Exception {
        BuiltPackages second = BuiltPackages.in(Files.createDirectory(packagesDirectory.resolve("second")));

        assertThat(second.deb()).hasSameBinaryContentAs(packages.deb());
        assertThat(second.rpm()).hasSameBinaryContentAs(packages.rpm());
    }

    /** Needs an archive of Debian, from which the root directory and the Python packages come. */
    @Test
    void aptRefreshesTheIndexOncePerRunAndPurgeLeavesNothing() throws Exception {
        Shell.requireRoot();
        Shell.require("mmdebstrap", "dpkg-deb", "unshare", "mount");
        Path root = directory.resolve("debian");
        assumeTrue(
                Shell.succeeds(
                        "mmdebstrap",
                        "--mode=root",
                        "--variant=apt",
                        "--include=python3-minimal,libpython3-stdlib,python3-chardet",
                        "bookworm",
                        root),
                "NOT RUN: mmdebstrap makes no root directory here; it needs an archive of Debian");
        RootShell shell = new RootShell(root);
        Files.copy(packages.deb(), root.resolve("tmp/freshpyc.deb"));
        shell.run("apt-get install -y --no-install-recommends /tmp/freshpyc.deb");
        String entries =
                DEBIAN_SITE + " " + shell.run("ls -d /usr/lib/python3.[0-9]*").strip();
        shell.requireTrueIndex(entries);
        shell.requireCaches();

        int before = shell.generation(DEBIAN_SITE);
        shell.run("apt-get update -q"); // mmdebstrap leaves no lists of packages
        shell.run("apt-get install -y --no-install-recommends python3-six python3-yaml python3-idna");
        assertThat(shell.generation(DEBIAN_SITE))
                .as("one refresh for three packages")
                .isEqualTo(before + 1);
        shell.requireTrueIndex(entries);

        for (String version : new String[] {"1", "2"}) {
            Path deb = deb(version);
            Files.copy(deb, root.resolve("tmp/shop" + version + ".deb"));
            shell.run("apt-get install -y /tmp/shop" + version + ".deb");
            String digest = Shell.run("sha256sum", directory.resolve("shop" + version + DEBIAN_SITE + "/shop/m.py"));
            assertThat(shell.run("freshpyc lookup --format json " + DEBIAN_SITE + "/shop/m.py"))
                    .contains("\"sha256\":\"" + digest.substring(0, 64));
            shell.requireTrueIndex(entries);
        }

        shell.run("apt-get remove -y python3-six shop");
        assertThat(shell.run("freshpyc lookup " + DEBIAN_SITE + "/shop/m.py || true"))
                .contains("not in any index");
        shell.requireTrueIndex(entries);
        assertThat(root.resolve("var/log/freshpyc.log"))
                .as("errors of the hook")
                .doesNotExist();

        shell.run("apt-get purge -y freshpyc");
        assertThat(shell.leftFiles()).isEmpty();
    }

    @Test
    void theFileTriggersOfRpmKeepTheIndexTrueAndErasureLeavesNothing() throws Exception {
        Shell.requireRoot();
        Shell.require("rpm", "rpmbuild", "python3", "unshare", "mount");
        Files.move(BuilderHost.in(directory).smallRoot(), directory.toRealPath().resolve("root"));
        RpmRoot system = RpmRoot.in(directory.toRealPath());
        RootShell shell = new RootShell(system.root());
        Files.createDirectories(Path.of(system.root() + RpmRoot.SITE));
        rpm(shell, "-i", packages.rpm().toString());
        String entries = shell.run("ls -d /usr/lib/python3.[0-9]* /usr/lib/python3*/site-packages")
                .replace('\n', ' ');
        shell.requireTrueIndex(entries);
        shell.requireCaches();

        rpm(shell, "-i", system.build("alpha", "1", "a.py", "old.py"), system.build("beta", "1", "b.py"));
        shell.requireTrueIndex(entries);
        assertThat(shell.run("freshpyc lookup " + RpmRoot.SITE + "/alpha/old.py"))
                .contains("cpython-3");

        rpm(shell, "-U", system.build("alpha", "2", "a.py"));
        shell.requireTrueIndex(entries);
        assertThat(shell.run("freshpyc lookup " + RpmRoot.SITE + "/alpha/old.py || true"))
                .contains("not in any index");

        rpm(shell, "-e", "beta");
        shell.requireTrueIndex(entries);
        assertThat(shell.run("freshpyc lookup " + RpmRoot.SITE + "/beta/b.py || true"))
                .contains("not in any index");
        assertThat(system.root().resolve("var/log/freshpyc.log"))
                .as("errors of the hook")
                .doesNotExist();

        rpm(shell, "-e", "freshpyc");
        assertThat(shell.leftFiles()).isEmpty();
    }

    private static void rpm(RootShell shell, String task, String... packages) throws Exception {
        shell.runOutside("rpm --root '" + shell.root() + "' --nodeps --define '_dbpath /var/lib/rpm' " + task + " '"
                + String.join("' '", packages) + "'");
    }

    /** Makes a package whose scripts compile its module, as the scripts of Debian's own packages do. */
    private Path deb(String version) throws Exception {
        Path tree = directory.resolve("shop" + version);
        Path module =
                Files.createDirectories(Path.of(tree + DEBIAN_SITE, "shop")).resolve("m.py");
        Files.writeString(module, "version = " + "1".repeat(Integer.parseInt(version)) + "\n");
        Path control = Files.createDirectory(tree.resolve("DEBIAN"));
        Files.writeString(
                control.resolve("control"),
                "Package: shop\nVersion: " + version
                        + "\nArchitecture: all\nDepends: python3-minimal\nMaintainer: Test <test@example.org>\nDescription: test\n");
        script(control.resolve("postinst"), "py3compile -p shop");
        script(control.resolve("prerm"), "py3clean -p shop");
        Path deb = directory.resolve("shop" + version + ".deb");
        Shell.run("dpkg-deb", "-b", "--root-owner-group", tree, deb);
        return deb;
    }

    private static void script(Path file, String command) throws Exception {
        Files.writeString(file, "#!/bin/sh\nset -e\n" + command + "\n");
        Shell.run("chmod", "755", file);
    }
}
