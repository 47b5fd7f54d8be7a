package dev.freshpyc.cli.builder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.freshpyc.cli.repair.Shell;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Runs the script of {@code howto-erofs.md}: from a root directory to a mounted image whose Python compiles nothing. */
@EnabledOnOs(OS.LINUX)
class ErofsTest {

    private static final String REPAIR = "freshpyc repair --root root --profile erofs\n";

    @TempDir
    private Path directory = Path.of("");

    private BuilderHost host = new BuilderHost(Path.of(""));

    private String script = "";

    @BeforeEach
    void requireErofs() throws Exception {
        Shell.requireRoot();
        Shell.require("mkfs.erofs", "mount", "chroot", "python3");
        host = BuilderHost.in(directory);
        script = PageSnippet.of("howto-erofs.md", "#!/bin/sh\nset -eu\nmmdebstrap ");
        assumeTrue(
                Shell.succeeds(
                        "sh",
                        "-c",
                        "cd " + host.directory() + " && mkdir probe && mkfs.erofs probe.erofs probe"
                                + " && mount -t erofs -o loop,ro probe.erofs probe && umount probe"),
                "NOT RUN: this system cannot mount EROFS images");
    }

    @AfterEach
    void unmount() throws Exception {
        Path mounted = host.directory().resolve("mounted");
        if (Files.isDirectory(mounted)) {
            Shell.succeeds("umount", mounted);
        }
    }

    /** Files of this system stand for those of Debian, so that the test needs no archive. */
    @Test
    void pythonCompilesNothingInTheImageOfFilesOfThisSystem() throws Exception {
        copyThisSystem();
        host.script("build.sh", script);

        assertThat(host.run("./build.sh")).contains(" recompiled: 0").endsWith("Python has compiled no module.\n");
    }

    @Test
    void withoutTheRepairTheScriptNamesTheModulesThatPythonCompiles() throws Exception {
        copyThisSystem();
        assertThat(script).contains(REPAIR);
        host.script("build.sh", script.replace(REPAIR, ""));

        assertThat(host.run("./build.sh || echo \"exit code $?\""))
                .contains("/json/decoder.py\n", "/email/message.py\n")
                .endsWith("Python has compiled these modules.\nexit code 1\n");
    }

    @Test
    void pythonCompilesNothingInTheImageOfDebian() throws Exception {
        Shell.require("mmdebstrap");
        host.script("bin/mmdebstrap", "#!/bin/sh\n/usr/bin/mmdebstrap \"$@\" || { touch no-archive; exit 1; }\n");
        host.script("build.sh", script);

        String printed = host.run("./build.sh || [ -e no-archive ]");

        assumeTrue(
                Files.notExists(host.directory().resolve("no-archive")),
                "NOT RUN: mmdebstrap makes no root directory here; it needs an archive of Debian");
        assertThat(printed).endsWith("Python has compiled no module.\n");
    }

    private void copyThisSystem() throws Exception {
        Path base = host.smallRoot();
        host.run("chroot " + base + " python3 -m compileall -q /usr/lib || true");
        host.script("bin/mmdebstrap", "#!/bin/sh\nfor root; do :; done\nexec cp -a base \"$root\"\n");
    }
}
