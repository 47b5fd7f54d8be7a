package dev.freshpyc.cli.repair;

import dev.freshpyc.cli.Main;
import dev.freshpyc.cli.ProgramProcess;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A process that runs one repair on demand. It repairs a small tree first, so that a kill hits the tested repair and
 * not the start of the JVM.
 */
final class RepairChild {

    private final Process process;

    private RepairChild(Process process) {
        this.process = process;
    }

    /** The program of the child process. */
    public static void main(String[] args) throws IOException {
        Path scratch = Files.createTempDirectory(Path.of(args[0]), "warm");
        new MatchingTree(scratch.resolve("lib")).pairs(3);
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        run(
                output,
                "repair",
                "--to",
                "checked-hash",
                "--index",
                scratch.resolve("index").toString(),
                scratch.resolve("lib").toString());
        System.out.println("ready");
        String[] words = new String(System.in.readAllBytes(), StandardCharsets.UTF_8).split("\n", -1);
        output.reset();
        System.out.println(run(output, words));
        System.out.print(output.toString(StandardCharsets.UTF_8));
    }

    private static int run(ByteArrayOutputStream output, String... words) {
        PrintStream both = new PrintStream(output, false, StandardCharsets.UTF_8);
        return Main.run(words, both, both);
    }

    /**
     * Starts a child in which a system call fails. {@code fault} is an injection of strace: {@code
     * CALL:error=E:when=N}.
     */
    static RepairChild startWithFault(Path directory, String fault) throws IOException {
        String call = fault.substring(0, fault.indexOf(':'));
        return startTraced(directory, "--seccomp-bpf", "-e", "trace=" + call, "-e", "inject=" + fault);
    }

    /** Starts a child under strace, which writes to the file {@code trace} in {@code directory}. */
    static RepairChild startTraced(Path directory, String... options) throws IOException {
        Shell.require("strace");
        Path scratch = Files.createDirectories(directory.resolve("scratch"));
        List<String> strace = new ArrayList<>(List.of("strace", "-f", "-qq", "-o"));
        strace.add(directory.resolve("trace").toString());
        strace.addAll(List.of(options));
        return start(scratch, strace.toArray(String[]::new));
    }

    /** Starts a child, through the command {@code wrapper} if given, and does not wait until the child is ready. */
    static RepairChild start(Path scratch, String... wrapper) throws IOException {
        return new RepairChild(ProgramProcess.of(List.of(wrapper), RepairChild.class, scratch)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
    }

    /** Waits until the child is ready, and starts the command. */
    RepairChild go(List<String> words) throws IOException {
        String line = process.inputReader().readLine();
        if (!"ready".equals(line)) {
            throw new IOException("the child printed " + line);
        }
        process.getOutputStream().write(String.join("\n", words).getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().close();
        return this;
    }

    /** The exit code of the command. */
    String result() throws IOException {
        return String.valueOf(process.inputReader().readLine());
    }

    /** The exit code of the command in the first line, then its output. */
    String output() throws IOException {
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
