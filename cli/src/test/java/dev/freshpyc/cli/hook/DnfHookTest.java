package dev.freshpyc.cli.hook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.freshpyc.cli.CommandLineRun;
import dev.freshpyc.cli.repair.Shell;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The real dnf 4 with its post-transaction-actions plugin runs the hook once per transaction. Debian's plugin calls a
 * libdnf function by a name that Debian's libdnf no longer has, so the test uses a copy of the plugin with the present
 * name.
 */
class DnfHookTest {

    private static final Path PLUGIN =
            Path.of("/usr/lib/python3/dist-packages/dnf-plugins/post-transaction-actions.py");

    @TempDir
    private Path directory;

    @Test
    void eachTransactionRunsTheHookOnce() throws Exception {
        Shell.require("dnf", "createrepo_c", "rpm", "rpmbuild", "python3");
        Shell.requireRoot();
        assumeTrue(Files.exists(PLUGIN), "NOT RUN: no plugin of dnf for actions");
        RpmRoot system = RpmRoot.in(directory);
        HookedProgram program = HookedProgram.in(directory);
        CommandLineRun.of("hook", "install", "rpm", "--root", system.root());
        Path actions = system.root().resolve("etc/dnf/plugins/post-transaction-actions.d");
        Path action = actions.resolve("freshpyc.action");
        // dnf runs the action outside the root, so the action needs the path of the script outside the root.
        Files.writeString(
                action, Files.readString(action).replace("/var/lib/freshpyc", system.root() + "/var/lib/freshpyc"));
        Path configuration = Files.createDirectory(directory.resolve("plugins"));
        Files.writeString(
                configuration.resolve("post-transaction-actions.conf"),
                "[main]\nenabled = 1\nactiondir = " + actions + "/\n");
        Files.writeString(
                configuration.resolve("post-transaction-actions.py"),
                Files.readString(PLUGIN).replace("ConfigParser_substitute", "ConfigParser.substitute"));
        Path packages = Files.createDirectory(directory.resolve("packages"));
        for (String rpm : new String[] {
            system.build("alpha", "1", "a.py"), system.build("beta", "1", "b.py"), system.build("alpha", "2", "c.py")
        }) {
            Files.copy(Path.of(rpm), packages.resolve(Path.of(rpm).getFileName()));
        }
        Shell.run("createrepo_c", "-q", packages);
        Dnf dnf = new Dnf(system, program, packages, configuration);

        dnf.run("install", "alpha-1", "beta");
        assertThat(program.takeCalls()).containsExactly("call");
        dnf.run("upgrade", "alpha");
        assertThat(program.takeCalls())
                .startsWith("call")
                .containsOnlyOnce("call")
                .contains(RpmRoot.SITE + "/alpha/a.py", RpmRoot.SITE + "/alpha/c.py");
        dnf.run("remove", "beta");
        assertThat(program.takeCalls())
                .startsWith("call")
                .containsOnlyOnce("call")
                .contains(RpmRoot.SITE + "/beta/b.py");
        IndexComparison.requireEqual(
                system.root().resolve("var/cache/freshpyc"),
                directory.resolve("fresh"),
                List.of("--root", system.root(), RpmRoot.SITE, RpmRoot.SITE.replace("/site-packages", "")));
    }

    private record Dnf(RpmRoot system, HookedProgram program, Path packages, Path configuration) {

        void run(String... words) throws Exception {
            List<String> command = new ArrayList<>(List.of(
                    "dnf",
                    "-y",
                    "--installroot",
                    system.root().toString(),
                    "--releasever=1",
                    "--disablerepo=*",
                    "--repofrompath=test," + packages.toUri(),
                    "--enablerepo=test",
                    "--nogpgcheck",
                    "--setopt=pluginpath=" + configuration,
                    "--setopt=pluginconfpath=" + configuration));
            command.addAll(List.of(words));
            system.run(
                    command,
                    Map.of(
                            "FRESHPYC_ROOT",
                            system.root().toString(),
                            "FRESHPYC_PROGRAM",
                            program.script().toString()));
        }
    }
}
