package dev.freshpyc.perf.measure;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Compiles the small C programs of this package, the yardsticks of the benches. They are compiled where they run, since a
 * binary in the repository would suit one kind of machine only.
 */
public record CPrograms(ChildProcesses processes) {

    private static final Duration LIMIT = Duration.ofMinutes(1);

    /** Name and version of the C compiler. */
    public String compiler() throws IOException, InterruptedException {
        return cc("--version").lines().findFirst().orElse("cc");
    }

    /** Compiles the resource {@code NAME.c} and returns the program's path. */
    public Path compile(String name) throws IOException, InterruptedException {
        Path source = processes.scratch().resolve(name + ".c");
        try (InputStream resource = Objects.requireNonNull(CPrograms.class.getResourceAsStream(name + ".c"), name)) {
            Files.copy(resource, source);
        }
        Path program = processes.scratch().resolve(name);
        cc("-O2", "-pthread", "-o", program.toString(), source.toString(), "-ldl");
        return program;
    }

    private String cc(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("cc"));
        command.addAll(List.of(arguments));
        try {
            return processes.run(LIMIT, command).orFail();
        } catch (IOException e) {
            throw new IOException("The floor needs a C compiler as cc, on Linux: " + e.getMessage(), e);
        }
    }
}
