package dev.freshpyc.cli.builder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.freshpyc.cli.repair.Shell;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * The real podman builds and runs the service by the commands of {@code deploying.md}. Nothing is downloaded: the base image consists
 * of files of this system.
 */
@EnabledOnOs(OS.LINUX)
class ServiceContainerTest {

    /** The limits are those that a process without privileges may set; runc also knows cgroups of both versions at once. */
    private static final String SETTINGS = """
            [containers]
            default_ulimits = ["nofile=1024:1024", "nproc=1024:1024"]
            [engine]
            cgroup_manager = "cgroupfs"
            runtime = "runc"
            """;

    @TempDir
    private Path directory = Path.of("");

    /** For podman's state, whose path must have fewer than 50 characters. */
    private Path running = Path.of("");

    /** JUnit cannot delete mounts and links that lead outside the temporary directory. */
    @AfterEach
    void removeContainers() throws Exception {
        Path podman = directory.resolve("bin/podman");
        if (Files.exists(podman)) {
            Shell.run(podman, "rm", "--force", "--all");
            Shell.run("rm", "-rf", directory.resolve("store"), running, directory.resolve("base"));
        }
    }

    @Test
    @Timeout(180)
    void theDocumentedCommandsBuildAndRunTheService() throws Exception {
        Shell.requireRoot();
        Shell.require("podman", "runc", "python3");
        Path distribution = BuilderHost.assumeDistribution();
        BuilderHost host = BuilderHost.in(directory);
        directory = host.directory();
        running = Files.createTempDirectory(Path.of("/run"), "freshpyc");
        Path base = host.smallRoot();
        Files.writeString(directory.resolve("Base"), "FROM scratch\nCOPY . /\nENV PATH=/usr/bin\n");
        Files.writeString(directory.resolve("containers.conf"), SETTINGS);
        host.script("bin/podman", """
                #!/bin/sh
                export CONTAINERS_CONF='%1$s/containers.conf' BUILDAH_ISOLATION=chroot
                exec /usr/bin/podman --root '%1$s/store' --runroot '%2$s' --storage-driver vfs "$@"
                """.formatted(directory, running));
        host.writeCompiledModules(directory.resolve("root"), "srv/site");
        Path settings = Files.createDirectory(directory.resolve("settings"));
        Files.writeString(settings.resolve("serve.conf"), "listen = 127.0.0.1:0\npath = /srv/site\n");
        host.run("chmod 755 . settings root root/srv root/srv/site"); // the service runs as another user
        String commands = PageSnippet.of("deploying.md", "$ podman build")
                .replace("\\\n", "")
                .replace("$ podman", "podman")
                .replace("--detach ", "")
                .replace("cli/target/freshpyc", distribution.toString())
                .replace("/etc/freshpyc:/etc/freshpyc", settings + ":/etc/freshpyc")
                .replace("/srv/site:/srv/site", directory.resolve("root/srv/site") + ":/srv/site");
        String build = commands.substring(0, commands.indexOf('\n'));
        String run = commands.substring(commands.indexOf('\n')).strip();

        host.run("podman build -t docker.io/library/debian:stable-slim -f Base " + base);
        host.run("cd " + Path.of("").toAbsolutePath().getParent() + " && " + build);
        assumeTrue(
                Shell.succeeds(directory.resolve("bin/podman"), "run", "--rm", "freshpyc", "--version"),
                "NOT RUN: podman cannot start a container here");
        Process container = new ProcessBuilder("/bin/sh", "-c", "PATH='" + directory + "/bin':$PATH; exec " + run)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader out = container.inputReader(StandardCharsets.UTF_8)) {
            String address = Objects.requireNonNull(out.readLine()).replace("listening at ", "");
            awaitAnswer(address + "/v1/lookup?path=/srv/site/shop/m0.py", "\"verdict\":\"fresh\"");
            host.run("podman stop --time 2 freshpyc");

            assertThat(container.waitFor(2, TimeUnit.SECONDS)).isTrue();
            assertThat(container.exitValue()).as("ended by itself").isZero();
        } finally {
            container.destroyForcibly();
        }
    }

    private static void awaitAnswer(String url, String expected) throws IOException {
        String answer = "";
        while (!answer.contains(expected)) {
            try (InputStream body = URI.create(url).toURL().openStream()) {
                answer = new String(body.readAllBytes(), StandardCharsets.UTF_8);
            }
        }
    }
}
