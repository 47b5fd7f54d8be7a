package dev.freshpyc.cli.builder;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshpyc.cli.CommandLineRun;
import dev.freshpyc.cli.repair.Shell;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * The real buildah builds the Containerfile of {@code howto-containers.md} without a container runtime. Nothing is
 * downloaded: the base image consists of files of this system, and pip installs a wheel from the disk.
 */
@EnabledOnOs(OS.LINUX)
class BuildahTest {

    private static final String WHEEL = "shop-1.0-py3-none-any.whl";

    private static final String MAKE_WHEEL = """
            import sys, zipfile
            with zipfile.ZipFile(sys.argv[1], 'w') as wheel:
                for i in range(%d):
                    wheel.writestr('shop/m%%d.py' %% i, 'value = %%d\\n' %% i)
                wheel.writestr('shop-1.0.dist-info/METADATA', 'Metadata-Version: 2.1\\nName: shop\\nVersion: 1.0\\n')
                wheel.writestr('shop-1.0.dist-info/WHEEL', 'Wheel-Version: 1.0\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n')
                wheel.writestr('shop-1.0.dist-info/RECORD', '')
            """.formatted(BuilderHost.MODULES);

    @TempDir
    private Path directory = Path.of("");

    @Test
    void theDocumentedContainerfileMakesAnImageWithoutFindings() throws Exception {
        Shell.requireRoot();
        Shell.require("buildah", "python3", "pip3");
        Path distribution = BuilderHost.assumeDistribution();
        BuilderHost host = BuilderHost.in(directory);
        Path base = host.smallRoot();
        Files.createDirectories(base.resolve("wheels"));
        Shell.run("python3", "-c", MAKE_WHEEL, base.resolve("wheels").resolve(WHEEL));
        Path context = Files.createDirectory(host.directory().resolve("context"));
        Files.writeString(context.resolve("requirements.txt"), "--no-index\n/wheels/" + WHEEL + "\n");
        Files.writeString(context.resolve("Containerfile"), PageSnippet.of("howto-containers.md", "FROM "));
        Files.writeString(host.directory().resolve("Base"), "FROM scratch\nCOPY . /\nENV PATH=/usr/bin\n");
        Files.writeString(host.directory().resolve("Tools"), "FROM scratch\nCOPY . /opt/freshpyc\n");

        String store = "buildah --root " + host.directory() + "/store --runroot " + host.directory()
                + "/running --storage-driver vfs ";
        String build = store + "build --isolation chroot --pull-never ";
        host.run(build + "-t docker.io/library/python:3.13-slim -f Base base");
        host.run(build + "-t localhost/tools -f Tools " + distribution);
        String printed = host.run(build + "-t shop context");
        host.run(store + "push -q shop oci-archive:" + host.directory() + "/shop.tar:1");

        assertThat(printed).contains("recompiled: 0");
        CommandLineRun audit = CommandLineRun.of(
                "audit",
                "--no-index",
                "--image",
                host.directory().resolve("shop.tar"),
                "--all",
                "--format",
                "jsonl",
                "/app/shop");
        assertThat(audit.lines())
                .hasSize(BuilderHost.MODULES)
                .allMatch(line -> line.contains("\"kind\":\"unchecked-hash\"") && line.contains("\"fresh\""));
    }
}
