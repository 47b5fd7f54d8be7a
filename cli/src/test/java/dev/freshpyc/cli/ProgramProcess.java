package dev.freshpyc.cli;

import dev.freshpyc.cli.repair.Shell;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

/**
 * Runs Java programs in their own process, for tests that need another directory, environment, user or set of mounts.
 */
public final class ProgramProcess {

    private ProgramProcess() {}

    /** The launcher that the build made. An IDE makes none; tests then run the program from the class path. */
    private static final Optional<Path> LAUNCHER = Optional.ofNullable(System.getProperty("freshpyc.distribution"))
            .map(distribution -> Path.of(distribution, "bin", "freshpyc"));

    /** A process of the program, started through the command {@code prefix}. */
    public static ProcessBuilder ofProgram(List<String> prefix, Object... words) {
        if (LAUNCHER.isEmpty()) {
            return of(prefix, Main.class, words);
        }
        List<String> command = new ArrayList<>(prefix);
        command.add(LAUNCHER.get().toString());
        Arrays.stream(words).map(Object::toString).forEach(command::add);
        return new ProcessBuilder(command);
    }

    /** The command that starts the program, quoted for a shell. */
    public static String shellCommand() {
        return ofProgram(List.of()).command().stream().map(Shell::quoted).collect(Collectors.joining(" "));
    }

    /** A Java process with the JVM flags of this process, started through the command {@code prefix}. */
    public static ProcessBuilder of(List<String> prefix, Class<?> main, Object... words) {
        List<String> command = new ArrayList<>(prefix);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(flag -> flag.matches("--(sun|add|enable).*"))
                .forEach(command::add);
        command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:-UsePerfData", "-Xshare:auto"));
        String path = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        command.addAll(List.of("-cp", path, main.getName()));
        Arrays.stream(words).map(Object::toString).forEach(command::add);
        return new ProcessBuilder(command);
    }

    /** Starts a process, writes {@code input} to its standard input and waits for its end. */
    public static CommandLineRun run(ProcessBuilder builder, String input) throws IOException, InterruptedException {
        Process process = builder.start();
        CompletableFuture<String> err = CompletableFuture.supplyAsync(() -> read(process.getErrorStream()));
        try (OutputStream in = process.getOutputStream()) {
            in.write(input.getBytes(StandardCharsets.UTF_8));
        }
        String out = read(process.getInputStream());
        return CommandLineRun.ended(process.waitFor(), out, err.join());
    }

    private static String read(InputStream stream) {
        try (stream) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
