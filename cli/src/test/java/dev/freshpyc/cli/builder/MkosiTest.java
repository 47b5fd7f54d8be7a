package dev.freshpyc.cli.builder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.freshpyc.cli.CommandLineRun;
import dev.freshpyc.cli.repair.Shell;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * The real mkosi runs the finalize script of {@code howto-containers.md}. Nothing is downloaded: the base image
 * consists of files of this system, and the package archive is an empty one on disk.
 */
@EnabledOnOs(OS.LINUX)
class MkosiTest {

    private static final String SITE = "usr/lib/python3/dist-packages";

    /** Mounts a tmpfs on /run, since systemd-nspawn refuses a /run on a disk. */
    private static final String IN_OWN_MOUNTS = "unshare --mount sh -c 'mount -t tmpfs tmpfs /run && exec %s'";

    private static final String CONTAINER = "systemd-nspawn --quiet --register=no --keep-unit --directory base ";

    @TempDir
    private Path directory = Path.of("");

    @Test
    void theDocumentedFinalizeScriptRepairsTheTree() throws Exception {
        Shell.requireRoot();
        Shell.require("mkosi", "systemd-nspawn", "apt-get", "debootstrap", "unshare", "python3");
        BuilderHost host = BuilderHost.in(directory);
        Path base = host.smallRoot();
        assumeTrue(
                Shell.succeeds(
                        "sh", "-c", "cd " + host.directory() + " && " + IN_OWN_MOUNTS.formatted(CONTAINER + "/bin/ls")),
                "NOT RUN: systemd-nspawn cannot start a container here");
        host.writeCompiledModules(host.directory().resolve("extra"), SITE);
        makeEmptyPackageArchive(host);
        host.script("mkosi.finalize", PageSnippet.of("howto-containers.md", "#!/bin/sh"));

        String printed = host.run(IN_OWN_MOUNTS.formatted(
                "mkosi --distribution debian --release bookworm --local-mirror file:" + host.directory() + "/archive"
                        + " --format directory --output out --bootable=no --base-packages=no --base-image " + base
                        + " --nspawn-keep-unit --extra-tree extra build"));

        assertThat(printed).contains("Running finalize script");
        Path shop =
                host.directory().resolve("out").resolve(SITE + "/shop"); // mkosi leaves the files of the base image out
        host.run("find out -exec touch -h -d @0 {} +"); // as in a read-only image with a fixed time
        CommandLineRun audit = CommandLineRun.of("audit", "--no-index", "--all", "--format", "jsonl", shop);
        assertThat(audit.lines())
                .as(printed)
                .hasSize(BuilderHost.MODULES)
                .allMatch(line -> line.contains("\"kind\":\"unchecked-hash\"") && line.contains("\"fresh\""));
    }

    private static void makeEmptyPackageArchive(BuilderHost host) throws Exception {
        Path packages = Files.createDirectories(host.directory().resolve("archive/dists/bookworm/main/binary-amd64"))
                .resolve("Packages");
        Files.createFile(packages);
        String digest = Shell.run("sha256sum", packages).substring(0, 64);
        Files.writeString(host.directory().resolve("archive/dists/bookworm/Release"), """
                Codename: bookworm
                Suite: stable
                Components: main
                Architectures: amd64
                SHA256:
                 %s 0 main/binary-amd64/Packages
                """.formatted(digest));
    }
}
