package dev.freshpyc.cli.property;

import dev.freshpyc.cli.oracle.Interpreter;
import dev.freshpyc.cli.property.ModuleScenario.Damage;
import dev.freshpyc.cli.property.ModuleScenario.Edit;
import dev.freshpyc.cli.property.ModuleScenario.Kind;
import dev.freshpyc.cli.property.ModuleScenario.Layout;
import dev.freshpyc.cli.property.ModuleScenario.Links;
import dev.freshpyc.cli.property.ModuleScenario.Mutation;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A random module on disk. Every edit changes the size and mtime of the source, unless the kind of edit keeps them. */
final class RandomModule {

    private static final long EPOCH = 1_600_000_000;
    private static final int[] NANOS = {0, 123_456_789, 0, 999_999_999};

    private final ModuleScenario scenario;
    private final Interpreter python;
    private final int number;
    private final Path source;
    private final Path twin;
    private int mark = 10;
    private int grownLines;
    private int touched;
    private boolean broken;

    RandomModule(Path root, ModuleScenario scenario, int number, Interpreter python) {
        this.scenario = scenario;
        this.python = python;
        this.number = number;
        String stem = scenario.layout() == Layout.PACKAGE ? "k" + number + "/__init__" : "m" + number;
        source = root.resolve(scenario.directory() + stem + ".py");
        twin = root.resolve(scenario.directory() + stem + "_twin.py");
    }

    /** Writes the source; returns the bytecode files to compile. */
    List<CodeOracle.Order> writeSource() throws IOException {
        write(source, false);
        setTime(source, time());
        if (hasTwin()) {
            Files.copy(source, twin, StandardCopyOption.COPY_ATTRIBUTES);
        }
        Files.createDirectories(pyc(source, 0).resolveSibling(""));
        Stream<CodeOracle.Order> legacy =
                hasLegacy() ? Stream.of(new CodeOracle.Order(source, legacy(), 0, Kind.TIMESTAMP)) : Stream.empty();
        return Stream.concat(
                        new TreeMap<>(scenario.bytecode())
                                .entrySet().stream()
                                        .map(pyc -> new CodeOracle.Order(
                                                source, pyc(source, pyc.getKey()), pyc.getKey(), pyc.getValue())),
                        legacy)
                .toList();
    }

    /** Makes the hard links, and deletes the source of a sourceless module. */
    void linkAndDelete(Path outside) throws IOException {
        Map<Integer, Kind> levels = new TreeMap<>(scenario.bytecode());
        for (int level : levels.keySet()) {
            Path pyc = pyc(source, level);
            switch (scenario.links()) {
                case NONE -> {}
                case LEVELS ->
                    linkIfEqual(pyc(source, levels.keySet().iterator().next()), pyc);
                case TWIN -> {
                    if (hasTwin()) {
                        Files.createLink(pyc(twin, level), pyc);
                    }
                }
                case OUTSIDE -> Files.createLink(outside.resolve(number + "-" + level), pyc);
            }
        }
        if (scenario.layout() == Layout.SOURCELESS) {
            Files.delete(source);
        }
    }

    /**
     * Edits the source and damages the bytecode.
     *
     * @param detectable whether freshpyc can detect another content with the same size and mtime: by a hash in the
     *     header, or by the index, which contains a digest of the whole body
     */
    void mutate(Mutation mutation, boolean detectable) throws IOException {
        if (Files.exists(source)) {
            edit(mutation.edit(), mutation.replaced(), detectable && mutation.damage() != Damage.TRAILING_BYTES);
        }
        Path first = Stream.of(0, 1, 2)
                .map(level -> pyc(source, level))
                .filter(Files::exists)
                .findFirst()
                .orElse(null);
        if (first != null && mutation.damage() != Damage.NONE) {
            damage(first, mutation.damage());
        }
    }

    /** Returns whether every header contains a hash. */
    boolean isHashed() {
        return python.hasFlags() && scenario.bytecode().values().stream().allMatch(Kind::isHash);
    }

    boolean isBroken() {
        return broken;
    }

    /** Returns whether a line of the repair reports a pyc of this module as skipped for a syntax error. */
    boolean isSkippedIn(String line) {
        return Stream.of(0, 1, 2).anyMatch(level -> line.startsWith(pyc(source, level) + "  left: syntax-error"));
    }

    Path source() {
        return source;
    }

    private void edit(Edit edit, boolean replaced, boolean detectable) throws IOException {
        FileTime before = Files.getLastModifiedTime(source);
        switch (edit) {
            case NONE -> {
                return;
            }
            case TOUCHED -> touched++;
            case EDITED, EDITED_SAME_MTIME -> {
                mark++;
                grownLines += broken ? 2 : 1;
                broken = false;
            }
            case EDITED_SAME_SIZE, SWAPPED -> mark++;
            case BROKEN -> {
                grownLines++;
                broken = true;
            }
        }
        boolean sameTime = edit == Edit.EDITED_SAME_MTIME || (edit == Edit.SWAPPED && detectable);
        touched++;
        write(source, replaced);
        setTime(source, sameTime ? before : time());
    }

    private FileTime time() {
        Instant whole = Instant.ofEpochSecond(EPOCH + number * 10L + touched * 100L);
        return FileTime.from(whole.plusNanos(NANOS[number % NANOS.length]));
    }

    private void write(Path file, boolean replaced) throws IOException {
        StringBuilder text = new StringBuilder(scenario.docstring() ? "\"\"\"Module " + mark + ".\"\"\"\n" : "");
        scenario.lines().forEach(line -> text.append(line.text(mark)));
        text.append("# grown\n".repeat(grownLines)).append(broken ? "def (:\n" : "");
        Files.createDirectories(file.resolveSibling(""));
        Path written = replaced ? file.resolveSibling("new") : file;
        Files.write(written, text.toString().getBytes(StandardCharsets.UTF_8));
        if (replaced) {
            Files.move(written, file, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private void damage(Path pyc, Damage damage) throws IOException {
        byte[] bytes = Files.readAllBytes(pyc);
        FileTime time = Files.getLastModifiedTime(pyc);
        int head = Math.min(python.headerLength(), bytes.length);
        int body = bytes.length - head;
        switch (damage) {
            case NONE -> {}
            case TRUNCATED_BODY -> bytes = Arrays.copyOf(bytes, head + body / 2);
            case NO_BODY -> bytes = Arrays.copyOf(bytes, head);
            case SHORT_HEADER -> bytes = Arrays.copyOf(bytes, Math.min(7, bytes.length));
            case EMPTY -> bytes = new byte[0];
            case FOREIGN_MAGIC -> flip(bytes, 1, 1);
            case UNKNOWN_MAGIC -> flip(bytes, 3, 0x40);
            case BAD_FLAGS -> flip(bytes, 4, 0x40);
            case TRAILING_BYTES -> bytes = Arrays.copyOf(bytes, bytes.length + 3);
            case MISSING -> {
                Files.delete(pyc);
                return;
            }
        }
        Files.write(pyc, bytes);
        setTime(pyc, time);
    }

    private static void flip(byte[] bytes, int at, int bits) {
        if (at < bytes.length) {
            bytes[at] ^= (byte) bits;
        }
    }

    private static void linkIfEqual(Path first, Path other) throws IOException {
        if (!first.equals(other) && Files.mismatch(first, other) < 0) {
            Files.delete(other);
            Files.createLink(other, first);
        }
    }

    private boolean hasTwin() {
        return scenario.links() == Links.TWIN
                && (scenario.layout() == Layout.PLAIN || scenario.layout() == Layout.PACKAGE);
    }

    private boolean hasLegacy() {
        return scenario.layout() == Layout.WITH_LEGACY || scenario.layout() == Layout.SOURCELESS;
    }

    private Path legacy() {
        return source.resolveSibling(source.getFileName() + "c");
    }

    Path pyc(Path of, int level) {
        String name = Objects.requireNonNull(of.getFileName()).toString();
        String stem = name.substring(0, name.length() - ".py".length());
        String suffix = level == 0 ? "" : ".opt-" + level;
        return of.resolveSibling("__pycache__").resolve(stem + "." + python.tag() + suffix + ".pyc");
    }

    private static void setTime(Path file, FileTime time) throws IOException {
        Files.setLastModifiedTime(file, time);
    }
}
