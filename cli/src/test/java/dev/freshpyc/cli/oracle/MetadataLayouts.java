package dev.freshpyc.cli.oracle;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Makes random paths with ordinary and odd distributions. The same seed gives the same paths. */
final class MetadataLayouts {

    private static final List<String> FILES = List.of(
            "foo-1.0.dist-info",
            "Foo-2.0.dist-info",
            "foo_bar-1.dist-info",
            "foo.bar-2.egg-info",
            "Foo-Bar-1.dist-info",
            "baz.egg-info",
            ".dist-info",
            "-1.dist-info",
            "QUX-1.DIST-INFO",
            "qux-2.dist-info",
            "zope.interface-5-py3.egg-info",
            "\u00e9t\u00e9-1.dist-info",
            "__x--y-1.dist-info",
            "..dist-info",
            "EGG-INFO",
            "egg-info",
            "other.txt");

    private static final List<String> SECTIONS =
            List.of("[console_scripts]", "[b.plugins]", "[a]", " [a] ", "[\u00e9]", "[console_scripts]", "[z ]", "[Z]");

    private static final List<String> ODD_SECTIONS =
            List.of("[]", "[[x]]", "[DEFAULT]", "[a] trailing", "[a]]", "[\ud83d\ude00]", "[\uffee]");

    private static final List<String> LINES = List.of(
            "run = mod:main",
            "name=mod",
            "a.b = m.n:o.p [x, y]",
            "# comment = no:no",
            "",
            "   ",
            "tab\t=\tm:o",
            "\u00e9 = \u00fc:\u00f1",
            "two = a = b",
            "Run = mod:Main",
            "spaced name = m : a");

    private static final List<String> ODD_LINES = List.of(
            "no equals sign",
            "k =",
            " = v",
            "; semicolon = x:y",
            "  indented = m:o",
            "x = 100%",
            "y = %(name)s:attr",
            "z = 100%%",
            "w = %(y)s",
            "u\u2028v = w",
            "nul\u0000 = m",
            "vt\u000bx = m:o",
            "nbsp\u00a0=\u00a0m:o\u00a0",
            "fs\u001cq = m",
            "# only",
            "not a reference = ???");

    private final Random random;
    private final Path root;

    MetadataLayouts(long seed, Path root) {
        this.random = new Random(seed);
        this.root = root;
    }

    /** A path of up to four entries. */
    List<Path> next(int number) throws IOException {
        Path home = Files.createDirectory(root.resolve("layout" + number));
        List<Path> path = new ArrayList<>();
        int entries = 1 + random.nextInt(4);
        for (int i = 0; i < entries; i++) {
            path.add(entry(home, i));
        }
        if (chance(0.1)) {
            path.add(path.getFirst());
        }
        return path;
    }

    private Path entry(Path home, int number) throws IOException {
        int kind = random.nextInt(20);
        if (kind == 0) {
            return home.resolve("missing" + number);
        }
        if (kind == 1) {
            return Files.writeString(home.resolve("text" + number + ".zip"), "no archive");
        }
        if (kind < 6) {
            return archive(home.resolve("archive" + number + (kind == 2 ? ".egg" : ".whl")));
        }
        Path directory = Files.createDirectory(home.resolve(kind < 9 ? "dir" + number + "-1.EGG" : "dir" + number));
        for (String file : files()) {
            Path real = chance(0.1)
                    ? Files.createDirectories(home.resolve("real" + number)).resolve(file)
                    : null;
            write(real == null ? directory.resolve(file) : real);
            if (real != null) {
                Files.createSymbolicLink(directory.resolve(file), real);
            }
        }
        return directory;
    }

    private List<String> files() {
        List<String> files = new ArrayList<>();
        int count = random.nextInt(6);
        for (int i = 0; i < count; i++) {
            String file = pick(FILES);
            if (!files.contains(file)) {
                files.add(file);
            }
        }
        return files;
    }

    private void write(Path info) throws IOException {
        if (chance(0.1)) {
            Files.write(info, metadata());
            return;
        }
        Files.createDirectory(info);
        if (chance(0.85)) {
            Files.write(info.resolve("METADATA"), chance(0.05) ? new byte[0] : metadata());
        }
        if (chance(0.2)) {
            Files.write(info.resolve("PKG-INFO"), metadata());
        }
        Path points = info.resolve("entry_points.txt");
        if (chance(0.03)) {
            Files.createDirectory(points);
        } else if (chance(0.03)) {
            Files.createSymbolicLink(points, Path.of("nowhere"));
        } else if (chance(0.01)) {
            Files.createSymbolicLink(points, points);
        } else if (chance(0.85)) {
            Files.write(points, entryPoints());
        }
    }

    private Path archive(Path file) throws IOException {
        try (OutputStream out = Files.newOutputStream(file);
                ZipOutputStream zip = new ZipOutputStream(out, StandardCharsets.UTF_8)) {
            for (String name : files()) {
                if (chance(0.1)) {
                    put(zip, name, metadata());
                    continue;
                }
                if (chance(0.3)) {
                    put(zip, name + "/", new byte[0]);
                }
                put(zip, name + "/METADATA", metadata());
                if (chance(0.8)) {
                    put(zip, name + "/entry_points.txt", entryPoints());
                }
            }
            put(zip, "module.py", new byte[0]);
        }
        return file;
    }

    private static void put(ZipOutputStream zip, String name, byte[] bytes) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(bytes);
        zip.closeEntry();
    }

    private byte[] metadata() {
        String name = pick(List.of("Foo", "foo.bar", "Q-u_x", "zope", "\u00e9t\u00e9"));
        String text =
                "Metadata-Version: 2.1\nName: " + name + "\nVersion: 1." + random.nextInt(9) + "\nSummary: s\n\nbody\n";
        text = switch (random.nextInt(24)) {
            case 0 -> text.toLowerCase(Locale.ROOT);
            case 1 -> text.replace("Version: 1", "Version: 0\n 1\n  2");
            case 2 -> "From me\n" + text;
            case 3 -> " continued\n" + text;
            case 4 -> text + "Name: late\n";
            case 5 -> text.replace("Name: ", "Name:\t \t");
            case 6 -> text.replace("Name", "Nam\u00e9");
            case 7 -> "Name : spaced\n" + text;
            case 8 -> ": empty\nName: first\n" + text;
            case 9 -> text.replace("Version: 1", "Version: a\n\tb\n        c\n   \n        d");
            case 10 -> text.replace("Version", "From x\nVersion");
            case 11 -> "\ufeff" + text;
            default -> text;
        };
        return newlines(chance(0.02) ? text.replace("Name: ", "Nom: ") : text);
    }

    private byte[] entryPoints() {
        StringBuilder text = new StringBuilder(chance(0.04) ? "\ufeff" : "");
        boolean odd = chance(0.35);
        int lines = random.nextInt(12);
        if (!chance(0.1)) {
            text.append(pick(SECTIONS)).append('\n');
        }
        for (int i = 0; i < lines; i++) {
            boolean section = chance(0.2);
            List<String> plain = section ? SECTIONS : LINES;
            List<String> strange = section ? ODD_SECTIONS : ODD_LINES;
            text.append(pick(odd && chance(0.2) ? strange : plain)).append(chance(0.97) ? "\n" : "\r");
        }
        byte[] bytes = newlines(text.toString());
        if (chance(0.01) && bytes.length > 0) {
            bytes[random.nextInt(bytes.length)] = (byte) 0xff;
        }
        return bytes;
    }

    private byte[] newlines(String text) {
        return (chance(0.15) ? text.replace("\n", "\r\n") : text).getBytes(StandardCharsets.UTF_8);
    }

    private <T> T pick(List<T> all) {
        return all.get(random.nextInt(all.size()));
    }

    private boolean chance(double probability) {
        return random.nextDouble() < probability;
    }
}
