package dev.freshpyc.cli.environment;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;

/**
 * A site directory with random {@code .pth} and {@code .start} files, as people, editors and other systems write them.
 */
record RandomSite(Path directory) {

    private static final List<String> FILES =
            List.of("a.pth", "B.pth", ".hidden.pth", "z.pth", "é.pth", "Z.pth", "no.PTH", ".pth", "a.start", "z.start");

    private static final List<String> LINES = List.of(
            "sub",
            "sub",
            "sub/",
            "./sub",
            "sub/..",
            "sub/./deep",
            "Sub",
            "SUB",
            "é",
            "link",
            "link/deep",
            "file.txt",
            "missing",
            "missing/../sub",
            "../missing-everywhere",
            "",
            " ",
            "\t",
            "# sub",
            " # sub",
            "#",
            "import sys",
            "import\tsys",
            " import sys",
            "importsys",
            "import",
            "sub ",
            "sub\t\t",
            " sub",
            "\u00a0sub",
            "sub\u00a0",
            "sub\u2028Sub",
            "sub\u000bSub",
            "sub\u000cSub",
            "sub\u001cSub",
            "sub\u0085Sub",
            "su\0b",
            "sub\0",
            "sub/deep",
            "sub//deep",
            "\ufeffsub",
            "sub;Sub",
            "'sub'",
            "~",
            "$HOME",
            "%s",
            ".",
            "..",
            "/",
            "//",
            "///",
            "//usr",
            "/usr/../usr",
            "/usr/lib/",
            "sub\u3000",
            "\u2003",
            "e\u0301");

    private static final List<String> ENDS = List.of("\n", "\n", "\n", "\r\n", "\r", "\n\n");

    /** Makes a directory from random choices; equal seeds make equal directories. */
    static RandomSite make(Path directory, Random random) throws IOException {
        Files.createDirectories(directory.resolve("sub/deep"));
        Files.createDirectories(directory.resolve("é"));
        Files.createDirectories(directory.resolve(random.nextInt(4) == 0 ? "SUB" : "Sub"));
        Files.writeString(directory.resolve("file.txt"), "");
        Files.createSymbolicLink(directory.resolve("link"), Path.of("sub"));
        int count = 1 + random.nextInt(4);
        for (int i = 0; i < count; i++) {
            Path file = directory.resolve(FILES.get(random.nextInt(FILES.size())));
            if (Files.exists(file)) {
                continue;
            }
            if (random.nextInt(40) == 0) {
                Files.createDirectory(file); // cannot be read as a file
            } else {
                Files.write(file, content(random, directory));
            }
        }
        return new RandomSite(directory);
    }

    private static byte[] content(Random random, Path directory) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        if (random.nextInt(6) == 0) {
            bytes.write("\ufeff".getBytes(StandardCharsets.UTF_8));
        }
        int lines = random.nextInt(8);
        String end = ENDS.get(random.nextInt(ENDS.size()));
        for (int i = 0; i < lines; i++) {
            String line = LINES.get(random.nextInt(LINES.size()));
            boolean absolute = random.nextInt(8) == 0;
            bytes.write(((absolute ? directory + "/" : "") + line).getBytes(StandardCharsets.UTF_8));
            if (random.nextInt(60) == 0) {
                bytes.write(0xe9); // Latin-1
            }
            if (i + 1 < lines || random.nextBoolean()) {
                bytes.write((random.nextInt(10) == 0 ? ENDS.get(random.nextInt(ENDS.size())) : end)
                        .getBytes(StandardCharsets.US_ASCII));
            }
        }
        return bytes.toByteArray();
    }
}
