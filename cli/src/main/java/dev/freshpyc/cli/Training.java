package dev.freshpyc.cli;

import dev.freshpyc.core.file.TemporaryFile;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * The training run of the AOT cache: code that runs here starts fast in the distribution. Only the build calls this program (see
 * {@code src/dist/Distribution.java}). Arguments: a tree of sources and pycs, and the name of the cache. The tree is copied and
 * given the mtimes that the pycs expect, because a checkout keeps no mtimes.
 */
final class Training {
    private static final FileTime COMPILED = FileTime.fromMillis(1_700_000_000_000L);

    /** So many packages that most code for large trees is compiled in training, and therefore early in a run. */
    private static final int PACKAGES = 2000;

    /** The same for commands that use an index: {@code training-index.options} lets the JVM compile a method after fewer calls. */
    private static final int INDEXED_PACKAGES = 200;

    private static final PrintStream SILENT = new PrintStream(OutputStream.nullOutputStream());

    private Training() {}

    public static void main(String[] args) throws IOException {
        Path scratch = TemporaryFile.directoryIn(TemporaryFile.place(), "freshpyc-training-");
        boolean index = args[1].equals("index");
        try {
            Path tree = copy(Path.of(args[0]), scratch.resolve("tree"));
            String packages = packages(tree, scratch.resolve("packages"), index ? INDEXED_PACKAGES : PACKAGES)
                    .toString();
            run(
                    index
                            ? withIndex(tree, packages, scratch.resolve("index").toString())
                            : withoutIndex(
                                    tree, packages, scratch.resolve("cache").toString()));
            // These runs may fail, since a build needs no Python.
            Main.run(new String[] {"audit", "--no-index", "--python", "python3", tree.toString()}, SILENT, SILENT);
            audit(tree, scratch.resolve("answers"));
            audit(tree, scratch.resolve("answers")); // uses the interpreter's answer that the first audit has kept
            if (index) {
                verify(packages, scratch.resolve("index"));
                verify(packages, scratch.resolve("index")); // compiles nothing where the first found Python
            }
            // This run must fail: usage errors should be answered fast as well.
            Main.run(new String[] {"no-such-command"}, new StandardOutput(), SILENT);
        } finally {
            delete(scratch);
        }
        System.exit(0); // as Main ends; Runtime.exit would load a logger
    }

    private static void audit(Path tree, Path index) {
        Main.run(
                new String[] {"audit", "--index", index.toString(), "--python", "python3", tree.toString()},
                SILENT,
                SILENT);
    }

    private static void verify(String tree, Path index) {
        Main.run(new String[] {"audit", "--index", index.toString(), "--verify", tree}, SILENT, SILENT);
    }

    private static void run(List<List<String>> commands) {
        for (List<String> command : commands) {
            int code = Main.run(RawArguments.of(command.toArray(String[]::new)), SILENT, SILENT);
            if (code != 0) {
                throw new IllegalStateException("the training run of " + command + " ended with " + code);
            }
        }
    }

    private static List<List<String>> withoutIndex(Path tree, String packages, String cache) throws IOException {
        String distributions =
                distribution(tree.resolveSibling("distributions")).toString();
        String archive = archive(tree, tree.resolveSibling("sample.zip")).toString();
        return List.of(
                List.of("--version"),
                List.of("--help"),
                List.of("audit", "--no-index", tree.toString()),
                List.of("audit", "--no-index", "--format", "json", tree.toString()),
                List.of("audit", "--no-index", "--format", "jsonl", tree.toString()),
                List.of("audit", "--no-index", archive),
                List.of("explain", init(tree)),
                List.of("entry-points", "--index", cache, distributions),
                List.of("entry-points", "--index", cache, "--group", "console_scripts", distributions),
                List.of("audit", "--no-index", packages));
    }

    private static List<List<String>> withIndex(Path tree, String packages, String index) throws IOException {
        Path list = tree.resolveSibling("changed");
        Files.writeString(list, init(tree) + "\n" + Path.of(packages, "package0/sample/sub/__init__.py") + "\n");
        return List.of(
                List.of("refresh", "--index", index, tree.toString()),
                List.of("refresh", "--index", index, tree.toString()),
                List.of("audit", "--index", index, tree.toString()),
                List.of("lookup", "--index", index, init(tree)),
                List.of("status", "--index", index),
                List.of("refresh", "--index", index, packages),
                List.of("audit", "--index", index, packages),
                List.of("audit", "--index", index, "--format", "json", tree.toString()),
                List.of("audit", "--index", index, "--format", "jsonl", tree.toString()),
                repair("unchecked-hash", "replace", index, packages),
                List.of(
                        "refresh",
                        "-q",
                        "--index",
                        index,
                        "--changed-from",
                        list.toString(),
                        packages,
                        tree.toString()),
                List.of("undo", "--index", index, packages),
                repair("timestamp", "in-place", index, packages),
                List.of("undo", "--discard", "--index", index));
    }

    /** A directory with an installed distribution that has an entry point. */
    private static Path distribution(Path site) throws IOException {
        Path metadata = Files.createDirectories(site.resolve("sample-1.0.dist-info"));
        Files.writeString(metadata.resolve("METADATA"), "Metadata-Version: 2.1\nName: sample\nVersion: 1.0\n");
        Files.writeString(metadata.resolve("entry_points.txt"), "[console_scripts]\nsample = sample:main\n");
        return site;
    }

    /** An archive with a source and its pyc. */
    private static Path archive(Path tree, Path file) throws IOException {
        Path source = tree.resolve("sample/__init__.py");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            add(zip, "sample/__init__.py", source);
            add(zip, "sample/__init__.pyc", source.resolveSibling("__pycache__/__init__.cpython-311.pyc"));
        }
        return file;
    }

    private static void add(ZipOutputStream zip, String name, Path content) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        Files.copy(content, zip);
        zip.closeEntry();
    }

    private static String init(Path tree) {
        return tree.resolve("sample/__init__.py").toString();
    }

    private static List<String> repair(String mode, String write, String index, String tree) {
        return List.of(
                "repair",
                "--to",
                mode,
                "--write",
                write,
                "--assume-matching", // where the file system keeps no times of birth, nothing proves the pycs
                "--durability",
                "none",
                "--index",
                index,
                tree);
    }

    /**
     * Many copies of the package whose pycs all match, each where its code says that its source is. Repairing them needs no Python, and
     * runs methods often enough to be compiled.
     */
    private static Path packages(Path tree, Path to, int count) throws IOException {
        Files.createDirectory(to);
        for (int i = 0; i < count; i++) {
            Path sample = Files.createDirectories(to.resolve("package" + i + "/sample"));
            copy(tree.resolve("sample/sub"), sample.resolve("sub"));
        }
        return to;
    }

    private static Path copy(Path from, Path to) throws IOException {
        try (Stream<Path> paths = Files.walk(from)) {
            for (Path path : (Iterable<Path>) paths.sorted()::iterator) { // sources before the pycs in __pycache__
                Path copy = Files.copy(path, to.resolve(from.relativize(path).toString()));
                if (path.toString().endsWith(".py")) Files.setLastModifiedTime(copy, COMPILED);
            }
        }
        return to;
    }

    private static void delete(Path tree) throws IOException {
        try (Stream<Path> paths = Files.walk(tree)) {
            for (Path path : (Iterable<Path>) paths.sorted(Comparator.reverseOrder())::iterator) Files.delete(path);
        }
    }
}
