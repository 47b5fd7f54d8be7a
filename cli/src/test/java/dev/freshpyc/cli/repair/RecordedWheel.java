package dev.freshpyc.cli.repair;

import dev.freshpyc.cli.CommandLineRun;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * An installed wheel. Its RECORD has the digests of the pycs of {@code a} and {@code b}, but no digest for {@code c},
 * as if the installer had compiled {@code c}. All pycs have unchecked hashes, so that a repair to checked hashes
 * changes each of them.
 */
final class RecordedWheel {

    /** A script that reads a RECORD, its second argument, as pip does, and prints the paths whose lines are wrong. */
    private static final String WRONG_LINES = """
            import base64, csv, hashlib, os, sys
            with open(sys.argv[2], newline='', encoding='utf-8') as record:
                for path, digest, size in csv.reader(record):
                    if digest:
                        try:
                            data = open(os.path.join(sys.argv[1], path), 'rb').read()
                        except FileNotFoundError:
                            print(path)
                            continue
                        name, _, text = digest.partition('=')
                        actual = base64.urlsafe_b64encode(hashlib.new(name, data).digest()).rstrip(b'=').decode()
                        if actual != text or len(data) != int(size):
                            print(path)
            """;

    /**
     * A script that writes the RECORD of all files in a directory. The RECORD itself and the pyc of {@code c} get no
     * digest.
     */
    private static final String WRITE = """
            import base64, csv, hashlib, os, sys
            with open(sys.argv[2], 'w', newline='', encoding='utf-8') as record:
                rows = csv.writer(record, lineterminator='\\r\\n')
                for top, names, files in sorted(os.walk(sys.argv[1])):
                    for file in sorted(files):
                        path = os.path.relpath(os.path.join(top, file), sys.argv[1])
                        data = open(os.path.join(top, file), 'rb').read()
                        digest = base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b'=').decode()
                        plain = path.endswith('RECORD') or '/c.' in path and path.endswith('.pyc')
                        rows.writerow((path, '', '') if plain else (path, 'sha256=' + digest, len(data)))
            """;

    private final Path site;
    private final Path index;
    private final String tag;

    private RecordedWheel(Path directory) throws IOException, InterruptedException {
        this.site = directory.resolve("site");
        this.index = directory.resolve("index");
        this.tag = Shell.run("/usr/bin/python3", "-c", "import sys; print(sys.implementation.cache_tag)")
                .strip();
    }

    /** Installs the wheel in a new directory. Skips the test if there is no Python. */
    static RecordedWheel in(Path directory) throws IOException, InterruptedException {
        Shell.require("python3");
        RecordedWheel wheel = new RecordedWheel(directory);
        Files.createDirectories(wheel.site.resolve("pkg"));
        for (String name : List.of("a", "b", "c")) {
            Files.writeString(wheel.site.resolve("pkg/" + name + ".py"), "x = '" + name + "'\n");
        }
        Shell.run("/usr/bin/python3", "-m", "compileall", "-q", "--invalidation-mode", "unchecked-hash", wheel.site);
        Files.createDirectories(wheel.record().getParent());
        Files.createFile(wheel.record());
        Shell.run("/usr/bin/python3", "-c", WRITE, wheel.site, wheel.record());
        return wheel;
    }

    Path site() {
        return site;
    }

    Path index() {
        return index;
    }

    /** The cache tag of the interpreter that compiled the wheel. */
    String tag() {
        return tag;
    }

    Path record() {
        return site.resolve("pkg-1.0.dist-info/RECORD");
    }

    Path pyc(String module) {
        return site.resolve("pkg/__pycache__/" + module + "." + tag + ".pyc");
    }

    /** The paths whose lines in the RECORD are wrong. */
    List<String> wrongLines() throws IOException, InterruptedException {
        return Shell.run("/usr/bin/python3", "-c", WRONG_LINES, site, record())
                .lines()
                .toList();
    }

    String recordText() throws IOException {
        return Files.readString(record(), StandardCharsets.UTF_8);
    }

    /** The arguments of a repair that changes every pyc. */
    List<String> repairWords(String... options) {
        List<String> words = new ArrayList<>(List.of("repair", "--to", "checked-hash", "--index", index.toString()));
        words.addAll(List.of(options));
        words.add(site.toString());
        return words;
    }

    CommandLineRun repair(String... options) {
        return CommandLineRun.of(repairWords(options));
    }

    CommandLineRun clean(String... options) {
        List<String> words = new ArrayList<>(List.of("clean", "--index", index.toString()));
        words.addAll(List.of(options));
        words.add(site.toString());
        return CommandLineRun.of(words.toArray());
    }

    CommandLineRun undo(Path below) {
        return CommandLineRun.of("undo", "--index", index, below);
    }

    /** The value of {@code x} after an import of the module. */
    String imported(String module) throws IOException, InterruptedException {
        String code = "import sys; sys.path.insert(0, sys.argv[1]); import pkg." + module + " as m; print(m.x)";
        return Shell.run("/usr/bin/python3", "-B", "-c", code, site).strip();
    }
}
