package dev.freshpyc.cli.hook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshpyc.cli.repair.Shell;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A root directory with a database of the real rpm, and small packages that the real rpmbuild makes.
 *
 * @param directory holds the root and the packages
 */
public record RpmRoot(Path directory) {

    /** The directory for the modules of the packages. */
    public static final String SITE = "/usr/lib/python3.11/site-packages";

    private static final String DATABASE = "%_dbpath /var/lib/rpm\n";

    public static RpmRoot in(Path directory) throws Exception {
        RpmRoot made = new RpmRoot(directory);
        Files.writeString(directory.resolve(".rpmmacros"), DATABASE);
        for (String folder : new String[] {"var/lib/rpm", "var/log", "etc/dnf/plugins/post-transaction-actions.d"}) {
            Files.createDirectories(made.root().resolve(folder));
        }
        made.rpm("--initdb");
        return made;
    }

    public Path root() {
        return directory.resolve("root");
    }

    /** Builds a package with modules and the bytecode that rpm's own build step would make. */
    public String build(String name, String version, String... modules) throws Exception {
        Path tree = directory.resolve(name + version);
        Path site = Files.createDirectories(tree.resolve(SITE.substring(1)).resolve(name));
        for (String module : modules) {
            Files.writeString(site.resolve(module), "version = " + version + "\n");
        }
        Shell.run("python3", "-m", "compileall", "-q", "-s", tree, "-p", "/", tree);
        Path spec = Files.writeString(
                directory.resolve(name + version + ".spec"), """
                Name: %1$s
                Version: %2$s
                Release: 1
                Summary: test
                License: none
                BuildArch: noarch
                AutoReqProv: no
                %%global __os_install_post %%{nil}
                %%description
                test
                %%install
                cp -a %3$s/. %%{buildroot}
                %%files
                %4$s/%1$s
                """.formatted(name, version, tree, SITE));
        run(List.of("rpmbuild", "-bb", "--define", "_topdir " + directory.resolve("build"), spec.toString()));
        return directory
                .resolve("build/RPMS/noarch/" + name + "-" + version + "-1.noarch.rpm")
                .toString();
    }

    /** Runs rpm on the root and returns what it printed. */
    public String rpm(String... words) throws Exception {
        List<String> command = new ArrayList<>(List.of("rpm", "--root", root().toString(), "--nodeps"));
        if (words[0].equals("--initdb") || words[0].startsWith("-q") || words[0].equals("-V")) {
            command.removeLast();
        }
        command.addAll(List.of(words));
        return run(command);
    }

    /** Runs a command with the macros that locate the database of the root, and requires success. */
    String run(List<String> command) throws IOException, InterruptedException {
        return run(command, Map.of());
    }

    String run(List<String> command, Map<String, String> variables) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("HOME", directory.toString());
        builder.environment().putAll(variables);
        Process process = builder.start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as("%s: %s", command, printed).isZero();
        return printed;
    }
}
