package dev.freshpyc.cli.bench;

import dev.freshpyc.cli.option.CauseText;
import dev.freshpyc.cli.option.CommandFailure;
import dev.freshpyc.cli.option.ExitCode;
import dev.freshpyc.core.path.JavaPath;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;

/** A file that a bench writes after measuring. Whether the file can be written is checked before, since measuring takes minutes. */
public final class ReportFile {

    private final String option;
    private final Path file;

    private ReportFile(String option, Path file) {
        this.option = option;
        this.file = file;
    }

    /**
     * The file of an option.
     *
     * @throws CommandFailure if the file cannot be written
     */
    public static ReportFile of(String option, String name) {
        if (name.equals("-")) {
            throw new CommandFailure(
                    ExitCode.USAGE, option + " -: give the name of a file; /dev/stdout is the standard output");
        }
        Path file = JavaPath.of(name).toAbsolutePath();
        Path directory = directory(file);
        if (Files.isDirectory(file)) {
            throw refused(option, file, "is a directory; give the name of a file");
        }
        if (!Files.isDirectory(directory)) {
            throw refused(option, file, "the directory of this file does not exist");
        }
        if (!Files.isWritable(Files.exists(file) && !Files.isRegularFile(file) ? file : directory)) {
            throw refused(option, file, "this file cannot be written here; choose a directory that you may write to");
        }
        return new ReportFile(option, file);
    }

    /**
     * Writes a new file and renames it onto the file; a device or a pipe is written to directly.
     *
     * @throws CommandFailure if the file cannot be written
     */
    public void write(Consumer<PrintStream> content) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (PrintStream out = new PrintStream(bytes, false, StandardCharsets.UTF_8)) {
            content.accept(out);
        }
        try {
            write(bytes.toByteArray());
        } catch (IOException failed) {
            throw refused(option, file, CauseText.of(failed));
        }
    }

    private void write(byte[] content) throws IOException {
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            Files.write(file, content, StandardOpenOption.WRITE);
            return;
        }
        Path target = Files.exists(file) ? file.toRealPath() : file;
        String random = HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
        Path pending = directory(target).resolve(".freshpyc-report-" + random + ".pending");
        try {
            Files.write(pending, content, StandardOpenOption.CREATE_NEW);
            Files.move(pending, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(pending);
        }
    }

    private static Path directory(Path file) {
        Path parent = file.getParent();
        return parent == null ? file : parent;
    }

    private static CommandFailure refused(String option, Path file, String why) {
        return new CommandFailure(
                ExitCode.INCOMPLETE, option + " " + JavaPath.toRaw(file).shown() + ": " + why);
    }
}
