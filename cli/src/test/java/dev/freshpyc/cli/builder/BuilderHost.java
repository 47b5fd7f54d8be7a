package dev.freshpyc.cli.builder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.freshpyc.cli.ProgramProcess;
import dev.freshpyc.cli.oracle.ImportedModules;
import dev.freshpyc.cli.repair.Shell;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/**
 * The working directory of a build tool, with {@code freshpyc} on the {@code PATH}.
 *
 * @param directory holds everything that the tool and {@code freshpyc} write
 */
public record BuilderHost(Path directory) {

    static final int MODULES = 10;

    public static BuilderHost in(Path directory) throws IOException {
        BuilderHost made = new BuilderHost(directory.toRealPath());
        made.script(
                "bin/freshpyc",
                "#!/bin/sh\nexport FRESHPYC_INDEX='" + made.directory.resolve("index") + "'\nexec "
                        + ProgramProcess.shellCommand() + " \"$@\"\n");
        return made;
    }

    /** The distribution that the build made. Skips the test where an IDE made none. */
    static Path assumeDistribution() {
        Path distribution = Path.of(System.getProperty("freshpyc.distribution", ""));
        assumeTrue(Files.isDirectory(distribution.resolve("runtime")), "NOT RUN: no distribution was built");
        return distribution;
    }

    /** Writes an executable file. */
    Path script(String name, String text) throws IOException {
        Path file = directory.resolve(name);
        Files.createDirectories(file.resolveSibling("."));
        return Shell.writeScript(file, text);
    }

    /** Makes a root directory with Python from files of this system. */
    public Path smallRoot() throws Exception {
        Path script = directory.resolve("small-root.sh");
        try (InputStream text = Objects.requireNonNull(getClass().getResourceAsStream("small-root.sh"))) {
            Files.copy(text, script);
        }
        Path root = directory.resolve("base");
        Shell.run("bash", script, root);
        return root;
    }

    /** Writes modules into a directory of a tree and compiles them with the system's Python. */
    void writeCompiledModules(Path tree, String site) throws Exception {
        Path shop = Files.createDirectories(tree.resolve(site).resolve("shop"));
        for (int i = 0; i < MODULES; i++) {
            Files.writeString(shop.resolve("m" + i + ".py"), "value = " + i + "\n");
        }
        Shell.run("python3", "-I", "-m", "compileall", "-q", "-s", tree, "-p", "/", shop);
    }

    /** Counts the modules that the system's Python compiles when it imports all modules. */
    static long countCompiledAtImport(Path tree, String site) throws Exception {
        return ImportedModules.countCompiled("python3", tree.resolve(site), "shop", MODULES);
    }

    /** Runs a shell command in the directory, requires success and returns what the command printed. */
    String run(String command) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder("/bin/sh", "-c", command)
                .directory(directory.toFile())
                .redirectErrorStream(true);
        builder.environment().remove("PYTHONDONTWRITEBYTECODE");
        builder.environment().put("HOME", directory.toString());
        builder.environment()
                .put(
                        "PATH",
                        directory.resolve("bin") + ":/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin");
        Process process = builder.start();
        process.getOutputStream().close();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as("%s%n%s", command, printed).isZero();
        return printed;
    }
}
