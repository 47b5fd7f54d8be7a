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
 * A process that repairs when it is told to: it has started, and repaired a tree of its own, before. So what is killed is the
 * repair, and hardly ever the start of a JVM.
 */
final class RepairChild {

    private final Process process;

    private RepairChild(Process process) {
        this.process = process;
    }

    /** The child itself. */
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

    /** Starts one, behind another program where one is named, and does not wait until it is ready. */
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

    /** Waits until it is ready, and lets it go. */
    RepairChild go(List<String> words) throws IOException {
        String line = process.inputReader().readLine();
        if (!"ready".equals(line)) {
            throw new IOException("the child said " + line);
        }
        process.getOutputStream().write(String.join("\n", words).getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().close();
        return this;
    }

    /** Its exit code. */
    String result() throws IOException {
        return String.valueOf(process.inputReader().readLine());
    }

    /** Its exit code in a line, and all it said. */
    String said() throws IOException {
        return String.join("\n", process.inputReader().lines().toList());
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** {@code SIGKILL}; false when it had come to its end before. */
    boolean kill() throws InterruptedException {
        boolean alive = process.isAlive();
        process.destroyForcibly().waitFor();
        return alive;
    }
}
