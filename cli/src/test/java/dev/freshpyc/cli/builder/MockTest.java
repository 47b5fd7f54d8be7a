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
 * The lines of {@code howto-rpm.md} for the configuration of mock. Debian has no package of mock, so the test does what
 * mock does: it evaluates the lines as Python with {@code config_opts}, writes the macros to {@code .rpmmacros} of the
 * build user, and runs the real rpmbuild.
 */
@EnabledOnOs(OS.LINUX)
class MockTest {

    private static final String SITE = "/usr/lib/python3.11/site-packages";

    /** Writes the macros as {@code mockbuild.buildroot} does. */
    private static final String MOCK = """
            config_opts = {'macros': {'%_topdir': TOP}, 'chroot_additional_packages': []}
            exec(open('snippet.cfg').read())
            with open('.rpmmacros', 'w') as macros:
                for name, text in config_opts['macros'].items():
                    macros.write("%s %s\\n" % (name, text))
            print(config_opts['chroot_additional_packages'])
            """;

    @TempDir
    private Path directory = Path.of("");

    @Test
    void theDocumentedMacroMakesBytecodeIndependentOfMtimes() throws Exception {
        Shell.require("rpmbuild", "rpm2archive", "python3");
        BuilderHost host = BuilderHost.in(directory);
        host.writeCompiledModules(host.directory().resolve("tree"), SITE.substring(1));
        Files.writeString(host.directory().resolve("snippet.cfg"), PageSnippet.of("howto-rpm.md", "config_opts["));
        Files.writeString(host.directory().resolve("mock.py"), MOCK.replace("TOP", "'" + host.directory() + "/build'"));
        assertThat(host.run("python3 mock.py")).contains("freshpyc");

        String printed = build(host, "shop", "cp -a " + host.directory() + "/tree/. %{buildroot}", SITE + "/shop");

        assertThat(printed).contains(BuilderHost.MODULES + " seen; restamped: " + BuilderHost.MODULES);
        host.run(
                "rpm2archive build/RPMS/noarch/shop-1-1.noarch.rpm && mkdir out && tar -C out -xzf build/RPMS/noarch/*.tgz");
        host.run("find out -exec touch -h -d @0 {} +");
        CommandLineRun audit = CommandLineRun.of(
                "audit",
                "--no-index",
                "--all",
                "--format",
                "jsonl",
                "--root",
                host.directory().resolve("out"),
                SITE);
        assertThat(audit.lines())
                .hasSize(BuilderHost.MODULES)
                .allMatch(line -> line.contains("\"kind\":\"checked-hash\"") && line.contains("\"fresh\""));
    }

    @Test
    void aPackageWithoutPythonIsBuiltWithoutARepair() throws Exception {
        Shell.require("rpmbuild", "python3");
        BuilderHost host = BuilderHost.in(directory);
        Files.writeString(host.directory().resolve("snippet.cfg"), PageSnippet.of("howto-rpm.md", "config_opts["));
        Files.writeString(host.directory().resolve("mock.py"), MOCK.replace("TOP", "'" + host.directory() + "/build'"));
        host.run("python3 mock.py");

        String printed =
                build(host, "plain", "mkdir -p %{buildroot}/etc && touch %{buildroot}/etc/plain", "/etc/plain");

        assertThat(printed).doesNotContain("freshpyc:", " seen;");
        assertThat(host.directory().resolve("build/RPMS/noarch/plain-1-1.noarch.rpm"))
                .isRegularFile();
    }

    private static String build(BuilderHost host, String name, String install, String files) throws Exception {
        Files.writeString(host.directory().resolve(name + ".spec"), """
                Name: %s
                Version: 1
                Release: 1
                Summary: test
                License: none
                BuildArch: noarch
                AutoReqProv: no
                %%description
                test
                %%install
                %s
                %%files
                %s
                """.formatted(name, install, files));
        return host.run("rpmbuild -bb " + name + ".spec");
    }
}
