package dev.freshpyc.cli.repair;

import dev.freshpyc.cli.Main;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A process that runs one repair on demand. It has repaired a small tree of its own before, so that a test which kills the
 * process hits the repair and not the start of the JVM.
 */
final class RepairChild {

    private final Process process;

    private RepairChild(Process process) {
        this.process = process;
    }

    /** The program of the child process. */
    public static void main(String[] args) throws IOException {
        Path scratch = Files.createTempDirectory(Path.of(args[0]), "warm");
        new Caches(scratch.resolve("lib")).pairs(3);
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        run(
                said,
                "repair",
                "--index",
                scratch.resolve("index").toString(),
                scratch.resolve("lib").toString());
        System.out.println("ready");
        String[] words = new String(System.in.readAllBytes(), StandardCharsets.UTF_8).split("\n", -1);
        said.reset();
        System.out.println(run(said, words));
        System.out.print(said.toString(StandardCharsets.UTF_8));
    }

    private static int run(ByteArrayOutputStream said, String... words) {
        PrintStream both = new PrintStream(said, false, StandardCharsets.UTF_8);
        return Main.run(words, both, both);
    }

    /** Starts a child that fails at some system calls: {@code fault} is an injection of strace, {@code CALL:error=E:when=N}. */
    static RepairChild startWithFault(Path directory, String fault) throws IOException {
        String call = fault.substring(0, fault.indexOf(':'));
        return startTraced(directory, "--seccomp-bpf", "-e", "trace=" + call, "-e", "inject=" + fault);
    }

    /** Starts a child under strace, which writes the file {@code trace} in the directory. */
    static RepairChild startTraced(Path directory, String... options) throws IOException {
        Shell.require("strace");
        Path scratch = Files.createDirectories(directory.resolve("scratch"));
        List<String> strace = new ArrayList<>(List.of("strace", "-f", "-qq", "-o"));
        strace.add(directory.resolve("trace").toString());
        strace.addAll(List.of(options));
        return start(scratch, strace.toArray(String[]::new));
    }

    /** Starts a child, through {@code wrapper} if one is given, and does not wait until the child is ready. */
    static RepairChild start(Path scratch, String... wrapper) throws IOException {
        List<String> command = new ArrayList<>(List.of(wrapper));
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(flag -> flag.matches("--(sun|add|enable).*"))
                .forEach(command::add);
        command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto"));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), RepairChild.class.getName()));
        command.add(scratch.toString());
        return new RepairChild(new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
    }

    /** Waits until the child is ready, and starts the command. */
    RepairChild go(List<String> words) throws IOException {
        String line = process.inputReader().readLine();
        if (!"ready".equals(line)) {
            throw new IOException("the child said " + line);
        }
        process.getOutputStream().write(String.join("\n", words).getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().close();
        return this;
    }

    /** The exit code of the command. */
    String result() throws IOException {
        return String.valueOf(process.inputReader().readLine());
    }

    /** The exit code in a line, then the output. */
    String said() throws IOException {
        return String.join("\n", process.inputReader().lines().toList());
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Sends {@code SIGKILL}; false if the child had ended before. */
    boolean kill() throws InterruptedException {
        boolean alive = process.isAlive();
        process.destroyForcibly().waitFor();
        return alive;
    }
}
