package dev.freshpyc.cli.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshpyc.cli.CommandLineRun;
import dev.freshpyc.cli.oracle.HistoryStep.Step;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * A directory with two modules, and the facts that the rules of evidence need: the word in each source, the pairs that the index has
 * proven, and the bodies that were tampered with.
 */
final class ModuleTree {

    static final List<String> MODULES = List.of("m0", "m1");

    private static final FileTime CLAMPED = FileTime.fromMillis(1_600_000_000_000L);
    private static final FileTime LATER = FileTime.fromMillis(1_700_000_000_000L);
    private static final Interpreter PYTHON = Interpreters.withFlags();

    private final Path lib;
    private final Path backup;
    private final Path other;
    private final Map<String, String> words = new TreeMap<>();
    private final Map<String, String> proven = new HashMap<>();
    private final Map<String, Set<String>> tampered = new HashMap<>();
    private int edits;

    /**
     * Writes and compiles the modules.
     *
     * @param other an interpreter of another release
     */
    ModuleTree(Path home, Path other) throws Exception {
        lib = Files.createDirectories(home.resolve("lib"));
        this.other = other;
        backup = Files.createDirectories(home.resolve("backup"));
        for (String module : MODULES) {
            replaceSource(module, CLAMPED);
        }
        python("compile");
        for (String module : MODULES) {
            Files.copy(pyc(module), backup.resolve(module), StandardCopyOption.COPY_ATTRIBUTES);
        }
    }

    Path lib() {
        return lib;
    }

    /** Replaces the pairs that the index has proven by the present pairs of these modules. */
    void setProven(List<String> modules) throws IOException {
        proven.clear();
        for (String module : modules) {
            proven.put(module, contents(module));
        }
    }

    /** Changes the tree without freshpyc, as an editor, an installer or an interpreter does. */
    void apply(Step step, String module) throws Exception {
        switch (step) {
            case EDIT -> {
                words.put(module, nextWord());
                Files.writeString(source(module), text(words.get(module)));
            }
            case UPGRADE_WITH_CLAMPED_TIMES -> {
                replaceSource(module, CLAMPED);
                writeRecord(module, false);
            }
            case UPGRADE_WITH_BYTECODE -> upgradeWithBytecode(module);
            case MOVE_TIMES -> Files.setLastModifiedTime(source(module), LATER);
            case MOVE_TIMES_BACK -> Files.setLastModifiedTime(source(module), CLAMPED);
            case TAMPER_IN_PLACE -> tamper(module, pyc(module));
            case TAMPER_BY_REPLACING -> {
                Path other = lib.resolve("__pycache__/other");
                Files.copy(pyc(module), other, StandardCopyOption.COPY_ATTRIBUTES);
                tamper(module, other);
                Files.move(other, pyc(module), StandardCopyOption.REPLACE_EXISTING);
            }
            case RESTORE_OLD_BYTECODE ->
                Files.copy(
                        backup.resolve(module),
                        pyc(module),
                        StandardCopyOption.REPLACE_EXISTING,
                        StandardCopyOption.COPY_ATTRIBUTES);
            case RUN_AND_WRITE -> python("run");
            case COPY_TREE -> copyTree();
            case REPOINT_LINK -> repointLink(module);
            case MOVE_OTHER_CACHE -> moveOtherCache(module);
            case COMPILE_BY_OTHER_RELEASE -> compileByOtherRelease(module);
            default -> throw new IllegalArgumentException(step + " is a command");
        }
    }

    /** Replaces the word in the body. */
    private void tamper(String module, Path file) throws IOException {
        boolean unknown = !contents(module).equals(proven.get(module));
        String bytes = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        String changed = bytes.replaceAll("w[0-9]{4}", nextWord());
        Files.write(file, changed.getBytes(StandardCharsets.ISO_8859_1), StandardOpenOption.TRUNCATE_EXISTING);
        if (unknown) {
            tampered.computeIfAbsent(module, _ -> new HashSet<>()).add(body(file));
        }
    }

    /** The modules whose body was tampered with before any run had proven the pair, and is still in place. */
    Set<String> tampered() throws IOException {
        Set<String> modules = new HashSet<>();
        for (Map.Entry<String, Set<String>> entry : tampered.entrySet()) {
            if (entry.getValue().contains(body(pyc(entry.getKey())))) {
                modules.add(entry.getKey());
            }
        }
        return modules;
    }

    /**
     * Installs the source and bytecode of a package, which were compiled in a build directory, and a RECORD with
     * the digests of both.
     */
    private void upgradeWithBytecode(String module) throws Exception {
        Path build = Files.createDirectories(lib.resolveSibling("build"));
        words.put(module, nextWord());
        Path built = Files.writeString(build.resolve(module + ".py"), text(words.get(module)));
        Files.setLastModifiedTime(built, CLAMPED);
        PYTHON.launcher().run("modules.py", List.of(), List.of("compile", build.toString()));
        Path compiled = build.resolve("__pycache__").resolve(pyc(module).getFileName());
        Files.setLastModifiedTime(compiled, CLAMPED);
        install(built, source(module));
        install(compiled, pyc(module));
        Trees.delete(build);
        writeRecord(module, true);
    }

    private static void install(Path from, Path to) throws IOException {
        Path fresh = to.resolveSibling(to.getFileName() + ".new");
        Files.copy(from, fresh, StandardCopyOption.COPY_ATTRIBUTES);
        Files.move(fresh, to, StandardCopyOption.REPLACE_EXISTING);
    }

    private void replaceSource(String module, FileTime mtime) throws IOException {
        words.put(module, nextWord());
        Path fresh = Files.writeString(lib.resolve(module + ".py.new"), text(words.get(module)));
        Files.setLastModifiedTime(fresh, mtime);
        Files.move(fresh, source(module), StandardCopyOption.REPLACE_EXISTING);
    }

    private void writeRecord(String module, boolean bytecode) throws IOException, NoSuchAlgorithmException {
        Path info = Files.createDirectories(lib.resolve(module + "-1.dist-info"));
        String rows = row(source(module)) + (bytecode ? row(pyc(module)) : "");
        Files.writeString(info.resolve("RECORD"), rows);
    }

    private String row(Path file) throws IOException, NoSuchAlgorithmException {
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
        return lib.relativize(file) + ",sha256="
                + Base64.getUrlEncoder().withoutPadding().encodeToString(digest) + ",\n";
    }

    private void copyTree() throws Exception {
        Path copy = lib.resolveSibling("copy");
        assertThat(new ProcessBuilder("cp", "-a", lib.toString(), copy.toString())
                        .start()
                        .waitFor())
                .isZero();
        Trees.delete(lib);
        Files.move(copy, lib);
    }

    /** Lets the name of the source lead to another file, which was there before the bytecode was written. */
    private void repointLink(String module) throws Exception {
        String word = nextWord();
        Path target = Files.createDirectories(lib.resolve("src")).resolve(word);
        Files.writeString(target, text(word));
        Files.setLastModifiedTime(target, CLAMPED);
        Files.setLastModifiedTime(source(module), CLAMPED);
        Files.delete(pyc(module));
        python("compile");
        Files.delete(source(module));
        Files.createSymbolicLink(source(module), lib.relativize(target));
        words.put(module, word);
    }

    /** Compiles another source of equal name, size and mtime elsewhere, and moves the bytecode here. */
    private void moveOtherCache(String module) throws Exception {
        replaceSource(module, CLAMPED);
        Path other = Files.createDirectories(lib.resolveSibling("other"));
        Path built = Files.writeString(other.resolve(module + ".py"), text(nextWord()));
        Files.setLastModifiedTime(built, CLAMPED);
        PYTHON.launcher().run("modules.py", List.of(), List.of("compile", other.toString()));
        Path compiled = other.resolve("__pycache__").resolve(pyc(module).getFileName());
        Files.move(compiled, pyc(module), StandardCopyOption.REPLACE_EXISTING);
        Trees.delete(other);
    }

    /** Replaces bytecode by that of another release, which works the same. */
    private void compileByOtherRelease(String module) throws IOException {
        Path maker = lib.resolveSibling("maker");
        Files.write(pyc(module), List.of("broken"));
        CommandLineRun.of("repair", "--index", maker, "--python", other, lib);
        Trees.delete(maker);
    }

    /** The modules that do not run their source's code. */
    Set<String> wrong() {
        Map<String, String> found = new HashMap<>();
        for (String line : python("import")) {
            String[] parts = line.split(" ", 3);
            found.put(parts[1], parts[0].equals("VALUE") ? parts[2] : parts[0]);
        }
        Set<String> wrong = new HashSet<>();
        words.forEach((module, word) -> {
            if (!word.equals(found.get(module))) {
                wrong.add(module);
            }
        });
        return wrong;
    }

    private List<String> python(String mode) {
        return PYTHON.launcher().run("modules.py", List.of(), List.of(mode, lib.toString()));
    }

    /** The current source and body of a module. */
    private String contents(String module) throws IOException {
        return Files.readString(source(module)) + body(pyc(module));
    }

    private static String body(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        byte[] body = Arrays.copyOfRange(bytes, PYTHON.headerLength(), bytes.length);
        return new String(body, StandardCharsets.ISO_8859_1);
    }

    private static String text(String word) {
        return "VALUE = '" + word + "'\n";
    }

    /** A word that no source of this tree has had. */
    String nextWord() {
        return "w%04d".formatted(edits++);
    }

    private Path source(String module) {
        return lib.resolve(module + ".py");
    }

    Path pyc(String module) {
        return lib.resolve("__pycache__").resolve(module + "." + PYTHON.tag() + ".pyc");
    }
}
