package dev.freshpyc.cli.oracle;

import dev.freshpyc.cli.OwnedDirectories;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * Runs {@code driver.py}, or another script beside it, in an interpreter. The interpreter has only the given
 * environment and inherits no variable.
 */
public record Launcher(Path executable, Map<String, String> environment) {
    private static final long TIMEOUT_SECONDS = 120;

    static final class Failure extends RuntimeException {
        private static final long serialVersionUID = 1;

        Failure(String message) {
            super(message);
        }
    }

    Launcher withEnvironment(String name, String value) {
        var extended = new TreeMap<>(environment);
        extended.put(name, value);
        return new Launcher(executable, extended);
    }

    /** Runs {@code driver.py} and returns the lines that it printed. */
    List<String> run(List<String> options, List<String> arguments) {
        return run("driver.py", options, arguments);
    }

    /** Runs another script and returns the lines that it printed. */
    public List<String> run(String script, List<String> options, List<String> arguments) {
        try {
            Path directory = OwnedDirectories.make("oracle-driver");
            Path output = directory.resolve("output");
            try {
                Path driver = Files.write(directory.resolve(script), resource(script));
                var command = new ArrayList<>(List.of(executable.toString(), "-S"));
                command.addAll(options);
                command.add(driver.toString());
                command.addAll(arguments);
                await(command, output);
                return Files.readAllLines(output);
            } finally {
                Trees.delete(directory);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(executable.toString(), e);
        }
    }

    /**
     * Writes a shell script that starts the interpreter with its environment, as a user would start an interpreter.
     *
     * @param directory the directory of the script
     * @param path the value of PYTHONPATH
     * @param options options that the interpreter gets before those of the caller
     */
    Path wrapper(Path directory, String path, List<String> options) throws IOException {
        StringBuilder script = new StringBuilder("#!/bin/sh\n");
        environment.forEach((name, value) ->
                script.append("export ").append(name).append("='").append(value).append("'\n"));
        script.append("PYTHONPATH='")
                .append(path)
                .append("' exec '")
                .append(executable)
                .append("' ");
        options.forEach(option -> script.append(option).append(' '));
        script.append("\"$@\"\n");
        Path file = Files.createTempFile(
                directory,
                "python",
                "",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        return Files.writeString(file, script);
    }

    private void await(List<String> command, Path output) throws IOException {
        var builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        Process process = builder.start();
        try {
            process.getOutputStream().close();
            if (!process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
                throw new Failure("did not end within " + TIMEOUT_SECONDS + " s: " + command);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Failure("interrupted: " + command);
        } finally {
            process.destroyForcibly();
        }
        if (process.exitValue() != 0) {
            throw new Failure(command + " ended with " + process.exitValue() + ":\n" + Files.readString(output));
        }
    }

    private static byte[] resource(String script) throws IOException {
        try (var resource = Launcher.class.getResourceAsStream(script)) {
            if (resource == null) {
                throw new IOException(script + " is not among the test resources");
            }
            return resource.readAllBytes();
        }
    }
}
