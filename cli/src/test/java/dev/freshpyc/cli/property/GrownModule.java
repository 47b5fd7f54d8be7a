package dev.freshpyc.cli.property;

import dev.freshpyc.cli.oracle.Interpreter;
import dev.freshpyc.cli.property.ModulePlan.Damage;
import dev.freshpyc.cli.property.ModulePlan.Edit;
import dev.freshpyc.cli.property.ModulePlan.Happening;
import dev.freshpyc.cli.property.ModulePlan.Kind;
import dev.freshpyc.cli.property.ModulePlan.Links;
import dev.freshpyc.cli.property.ModulePlan.Place;
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

/** A module on disk. No edit ever brings back a size or an mtime that it had, but those that are to keep them. */
final class GrownModule {

    private static final long EPOCH = 1_600_000_000;
    private static final int[] NANOS = {0, 123_456_789, 0, 999_999_999};

    private final ModulePlan plan;
    private final Interpreter python;
    private final int number;
    private final Path source;
    private final Path twin;
    private int mark = 10;
    private int grown;
    private int touched;
    private boolean broken;

    GrownModule(Path root, ModulePlan plan, int number, Interpreter python) {
        this.plan = plan;
        this.python = python;
        this.number = number;
        String stem = plan.place() == Place.PACKAGE ? "k" + number + "/__init__" : "m" + number;
        source = root.resolve(plan.directory() + stem + ".py");
        twin = root.resolve(plan.directory() + stem + "_twin.py");
    }

    /** Writes the source; what is to be compiled of it. */
    List<Codes.Order> sow() throws IOException {
        write(source, false);
        setTime(source, time());
        if (hasTwin()) {
            Files.copy(source, twin, StandardCopyOption.COPY_ATTRIBUTES);
        }
        Files.createDirectories(pyc(source, 0).resolveSibling(""));
        Stream<Codes.Order> legacy =
                hasLegacy() ? Stream.of(new Codes.Order(source, legacy(), 0, Kind.TIMESTAMP)) : Stream.empty();
        return Stream.concat(
                        new TreeMap<>(plan.bytecode())
                                .entrySet().stream()
                                        .map(one -> new Codes.Order(
                                                source, pyc(source, one.getKey()), one.getKey(), one.getValue())),
                        legacy)
                .toList();
    }

    /** Makes the links, and takes away the source of what has none. */
    void settle(Path outside) throws IOException {
        Map<Integer, Kind> levels = new TreeMap<>(plan.bytecode());
        for (int level : levels.keySet()) {
            Path pyc = pyc(source, level);
            switch (plan.links()) {
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
        if (plan.place() == Place.SOURCELESS) {
            Files.delete(source);
        }
    }

    /**
     * @param known whether other content behind the same size and mtime can be found: by hashes in the headers, or by an
     *     index, which knows bytecode by all its bytes
     */
    void happen(Happening happening, boolean known) throws IOException {
        if (Files.exists(source)) {
            edit(happening.edit(), happening.replaced(), known && happening.damage() != Damage.TRAILING_BYTES);
        }
        Path first = Stream.of(0, 1, 2)
                .map(level -> pyc(source, level))
                .filter(Files::exists)
                .findFirst()
                .orElse(null);
        if (first != null && happening.damage() != Damage.NONE) {
            damage(first, happening.damage());
        }
    }

    /** Whether every header is a hash. */
    boolean isHashed() {
        return python.hasFlags() && plan.bytecode().values().stream().allMatch(Kind::isHash);
    }

    boolean isBroken() {
        return broken;
    }

    /** Whether that is what a repair says of one of its files. */
    boolean isLeftBy(String line) {
        return Stream.of(0, 1, 2).anyMatch(level -> line.startsWith(pyc(source, level) + "  left: syntax-error"));
    }

    Path source() {
        return source;
    }

    private void edit(Edit edit, boolean replaced, boolean known) throws IOException {
        FileTime before = Files.getLastModifiedTime(source);
        switch (edit) {
            case NONE -> {
                return;
            }
            case TOUCHED -> touched++;
            case EDITED, EDITED_SAME_MTIME -> {
                mark++;
                grown += broken ? 2 : 1;
                broken = false;
            }
            case EDITED_SAME_SIZE, SWAPPED -> mark++;
            case BROKEN -> {
                grown++;
                broken = true;
            }
        }
        boolean sameTime = edit == Edit.EDITED_SAME_MTIME || (edit == Edit.SWAPPED && known);
        touched++;
        write(source, replaced);
        setTime(source, sameTime ? before : time());
    }

    private FileTime time() {
        Instant whole = Instant.ofEpochSecond(EPOCH + number * 10L + touched * 100L);
        return FileTime.from(whole.plusNanos(NANOS[number % NANOS.length]));
    }

    private void write(Path file, boolean replaced) throws IOException {
        StringBuilder text = new StringBuilder(plan.docstring() ? "\"\"\"Module " + mark + ".\"\"\"\n" : "");
        plan.lines().forEach(line -> text.append(line.text(mark)));
        text.append("# grown\n".repeat(grown)).append(broken ? "def (:\n" : "");
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
            case NOBODYS_MAGIC -> flip(bytes, 3, 0x40);
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
        return plan.links() == Links.TWIN && (plan.place() == Place.PLAIN || plan.place() == Place.PACKAGE);
    }

    private boolean hasLegacy() {
        return plan.place() == Place.WITH_LEGACY || plan.place() == Place.SOURCELESS;
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
