package dev.freshpyc.cli.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshpyc.cli.ProgramProcess;
import dev.freshpyc.cli.image.SavedImage;
import dev.freshpyc.cli.image.SavedImage.LayerBuilder;
import dev.freshpyc.cli.oracle.Interpreter;
import dev.freshpyc.cli.oracle.Interpreters;
import dev.freshpyc.cli.repair.Shell;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * The directory in which the examples of one page run. Its {@code site} has two modules and a package that CPython 3.12
 * has compiled, and its {@code PATH} has {@code freshpyc} and {@code python3}.
 */
final class ExampleDirectory {

    private static final int SECONDS = 60;

    private static final Interpreter PYTHON = Interpreters.required("cpython 3.12");

    private final Path home;
    private final Path work;
    private final Path bin;

    private ExampleDirectory(Path home) {
        this.home = home;
        this.work = home.resolve("work");
        this.bin = home.resolve("bin");
    }

    /**
     * Makes a directory at {@code home}, which must not exist. The bytecode is still racy, so that nothing can be
     * proven of it.
     */
    static ExampleDirectory at(Path home) throws IOException, InterruptedException {
        ExampleDirectory made =
                new ExampleDirectory(Files.createDirectories(home).toRealPath());
        made.writePrograms();
        made.writeSources();
        made.run("python3 -m compileall -q site");
        return made;
    }

    /**
     * Adds {@code image.tar}, an image with the files of {@code site} in {@code /app} and with mtimes that a builder
     * has set.
     */
    void addImage() throws IOException {
        new SavedImage()
                .add(new LayerBuilder().tree("app/", 1_600_000_000, work.resolve("site")))
                .save(work.resolve("image.tar"));
    }

    private void writePrograms() throws IOException {
        Files.createDirectories(bin);
        writeProgram("freshpyc", "exec " + ProgramProcess.shellCommand() + " \"$@\"");
        String variables = PYTHON.launcher().environment().entrySet().stream()
                .filter(variable -> !variable.getKey().equals("PATH"))
                .map(variable -> variable.getKey() + "=" + Shell.quoted(variable.getValue()) + " ")
                .collect(Collectors.joining());
        String python = variables + "exec "
                + Shell.quoted(PYTHON.launcher().executable().toString()) + " \"$@\"";
        writeProgram("python3", python);
        writeProgram("python3.12", python);
    }

    private void writeProgram(String name, String command) throws IOException {
        Shell.writeScript(bin.resolve(name), "#!/bin/sh\n" + command + "\n");
    }

    private void writeSources() throws IOException {
        write("site/app.py", "import shop.cart\n\nprint(shop.cart.total([1, 2]))\n");
        write("site/shop/__init__.py", "\"\"\"A shop.\"\"\"\n");
        write("site/shop/cart.py", "def total(prices):\n    return sum(prices)\n");
    }

    /** Writes a source with an mtime of its own, since an audit would call shared mtimes untrustworthy. */
    private void write(String path, String text) throws IOException {
        Path file = work.resolve(path);
        Files.createDirectories(file.resolve(".."));
        Files.writeString(file, text);
        long seconds = 1_700_000_000L + 1_000L * file.getFileName().toString().length();
        Files.setLastModifiedTime(file, FileTime.from(seconds, TimeUnit.SECONDS));
    }

    /** Runs a command in a shell, requires success and returns the output. */
    String run(String command) throws IOException, InterruptedException {
        Path output = home.resolve("output");
        ProcessBuilder builder = new ProcessBuilder("/bin/sh", "-c", command)
                .directory(work.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().clear();
        builder.environment()
                .putAll(Map.of(
                        "PATH",
                        bin + ":/usr/bin:/bin",
                        "HOME",
                        home.toString(),
                        "FRESHPYC_INDEX",
                        home.resolve("index").toString(),
                        "LANG",
                        "C.UTF-8",
                        "TZ",
                        "UTC"));
        Process process = builder.start();
        try {
            process.getOutputStream().close();
            assertThat(process.waitFor(SECONDS, TimeUnit.SECONDS)).as(command).isTrue();
        } finally {
            process.destroyForcibly();
        }
        String printed = Files.readString(output, StandardCharsets.UTF_8);
        assertThat(process.exitValue()).as("%s%n%s", command, printed).isZero();
        return printed;
    }
}
