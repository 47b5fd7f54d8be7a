package dev.freshpyc.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.stream.Stream;

/**
 * The training run of the AOT cache: what runs here starts fast in the distribution. Only the build calls it (see
 * {@code src/dist/Distribution.java}). The arguments are a tree of sources and bytecode and the cache's name; the tree is copied and given the mtimes that the
 * bytecode expects, because a checkout keeps none.
 */
final class Training {
    private static final FileTime COMPILED = FileTime.fromMillis(1_700_000_000_000L);

    private static final PrintStream SILENT = new PrintStream(OutputStream.nullOutputStream());

    private Training() {}

    public static void main(String[] args) throws IOException {
        Path tree = copy(Path.of(args[0]));
        String file = tree.resolve("sample/__init__.py").toString();
        for (List<String> command : args[1].equals("index") ? withIndex(tree, file) : withoutIndex(tree, file)) {
            int code = Main.run(RawArguments.of(command.toArray(String[]::new)), SILENT, SILENT);
            if (code != 0) {
                throw new IllegalStateException("the training run of " + command + " ended with " + code);
            }
        }
        // These may fail: a build needs no Python, and usage errors are worth a fast answer, too.
        Main.run(new String[] {"audit", "--no-index", "--python", "python3", tree.toString()}, SILENT, SILENT);
        Main.run(new String[] {"no-such-command"}, SILENT, SILENT);
        System.exit(0); // as Main ends: Runtime.exit asks for a logger
    }

    private static List<List<String>> withoutIndex(Path tree, String file) {
        return List.of(
                List.of("--version"),
                List.of("--help"),
                List.of("audit", "--no-index", tree.toString()),
                List.of("audit", "--no-index", "--format", "json", tree.toString()),
                List.of("audit", "--no-index", "--format", "jsonl", tree.toString()),
                List.of("explain", file));
    }

    private static List<List<String>> withIndex(Path tree, String file) {
        String index = tree.resolve("index").toString();
        return List.of(
                List.of("refresh", "--index", index, tree.toString()),
                List.of("refresh", "--index", index, tree.toString()),
                List.of("audit", "--index", index, tree.toString()),
                List.of("lookup", "--index", index, file),
                List.of("status", "--index", index));
    }

    private static Path copy(Path from) throws IOException {
        Path to = Files.createTempDirectory("freshpyc-training");
        to.toFile().deleteOnExit();
        try (Stream<Path> paths = Files.walk(from)) {
            for (Path path : (Iterable<Path>) paths.skip(1)::iterator) {
                Path copy = Files.copy(path, to.resolve(from.relativize(path).toString()));
                copy.toFile().deleteOnExit();
                if (path.toString().endsWith(".py")) Files.setLastModifiedTime(copy, COMPILED);
            }
        }
        return to;
    }
}
