package dev.freshpyc.cli.distribution;

import dev.freshpyc.cli.repair.Shell;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * A copy of the distribution. Its runtime logs the classes that it loads, so that a test sees whether an AOT cache was
 * used.
 *
 * @param home the directory of the copy
 * @param log the file of the log, outside the copy
 */
record DistributionCopy(Path home, Path log) {

    private static final Path BUILT = Path.of("target/freshpyc").toAbsolutePath();
    private static final String CACHED = "dev.freshpyc.cli.Main source: shared objects file";
    private static final String LOADED = "dev.freshpyc.cli.Main source: ";
    private static final String NAME = "FRESHPYC_IMAGE=";
    private static final int NAME_DIGITS = 16;

    static DistributionCopy in(Path directory) throws IOException, InterruptedException {
        Path home = directory.resolve("a copy");
        Shell.run("cp", "-r", BUILT, home);
        Path log = directory.resolve("classes.log");
        Files.writeString(
                home.resolve("lib/java.options"), "-Xlog:class+load:file=" + log + "\n", StandardOpenOption.APPEND);
        return new DistributionCopy(home, log);
    }

    Path launcher() {
        return home.resolve("bin/freshpyc");
    }

    Path modules() {
        return home.resolve("runtime/lib/modules");
    }

    /** Starts the program and returns its output. */
    String run(Object... words) throws IOException, InterruptedException {
        Object[] command = new Object[words.length + 1];
        command[0] = launcher();
        System.arraycopy(words, 0, command, 1, words.length);
        return Shell.run(command);
    }

    /** Returns whether the last run took its classes from an AOT cache. */
    boolean wasCached() throws IOException {
        String classes = Files.readString(log);
        if (!classes.contains(LOADED)) {
            throw new IOException("no log of a run: " + log);
        }
        return classes.contains(CACHED);
    }

    /** Replaces a text by another text of the same length in the runtime's modules file. */
    void replaceInModules(String before, String after) throws IOException {
        byte[] modules = Files.readAllBytes(modules());
        byte[] sought = before.getBytes(StandardCharsets.UTF_8);
        byte[] put = after.getBytes(StandardCharsets.UTF_8);
        int found = 0;
        for (int at = 0; at + sought.length <= modules.length; at++) {
            if (modules[at] == sought[0] && Arrays.equals(modules, at, at + sought.length, sought, 0, sought.length)) {
                System.arraycopy(put, 0, modules, at, put.length);
                found++;
            }
        }
        if (found == 0 || sought.length != put.length) {
            throw new IOException(before + " is not in the modules");
        }
        Files.write(modules(), modules);
    }

    /** The name that the build gives a runtime image with these modules. */
    String expectedName() throws IOException, GeneralSecurityException {
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(modules()));
        return HexFormat.of().formatHex(digest).substring(0, NAME_DIGITS);
    }

    String name() throws IOException {
        return Files.readAllLines(release()).stream()
                .filter(line -> line.startsWith(NAME))
                .map(line -> line.substring(NAME.length()))
                .findFirst()
                .orElseThrow();
    }

    /** Writes the name that the build would give the image. */
    void nameImage() throws IOException, GeneralSecurityException {
        Files.writeString(release(), Files.readString(release()).replace(name(), expectedName()));
    }

    Path release() {
        return home.resolve("runtime/release");
    }
}
