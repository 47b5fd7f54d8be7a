package dev.freshpyc.cli.oracle;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The places of the source and the bytecode of a module. "Cached" is the place to which the interpreter itself writes
 * the bytecode.
 */
enum Layout {
    CACHED,
    CACHED_PACKAGE,
    CACHED_LINKED_SOURCE,
    CACHED_LINKED_BYTECODE,
    /** A sparse source that is 2^32 bytes longer than the size field of the header says. */
    CACHED_GIANT_SOURCE,
    /** Bytecode in {@code __pycache__} although a cache prefix is set. */
    CACHED_IN_TREE_DESPITE_PREFIX,
    /** Bytecode in {@code __pycache__} without a source. */
    ORPHANED,
    ORPHANED_DANGLING_SOURCE,
    ORPHANED_PACKAGE,
    LEGACY_BESIDE_SOURCE,
    SOURCELESS,
    SOURCELESS_PACKAGE,
    SOURCELESS_DANGLING_SOURCE,
    SOURCELESS_DIRECTORY_FOR_SOURCE;

    boolean suits(Interpreter python, Setting setting) {
        return switch (this) {
            case CACHED, CACHED_PACKAGE, CACHED_LINKED_SOURCE, CACHED_LINKED_BYTECODE, CACHED_GIANT_SOURCE -> true;
            case SOURCELESS, SOURCELESS_PACKAGE, SOURCELESS_DANGLING_SOURCE -> true;
            case CACHED_IN_TREE_DESPITE_PREFIX -> setting.prefixed();
            case ORPHANED, ORPHANED_DANGLING_SOURCE, ORPHANED_PACKAGE -> python.isTagged();
            case LEGACY_BESIDE_SOURCE, SOURCELESS_DIRECTORY_FOR_SOURCE -> python.isTagged();
        };
    }

    boolean isSourceless() {
        return switch (this) {
            case SOURCELESS, SOURCELESS_PACKAGE, SOURCELESS_DANGLING_SOURCE, SOURCELESS_DIRECTORY_FOR_SOURCE -> true;
            default -> false;
        };
    }

    /** Whether the name of the bytecode file contains a tag. */
    boolean isTagged(Interpreter python) {
        return python.isTagged() && !isSourceless() && this != LEGACY_BESIDE_SOURCE;
    }

    boolean isPackage() {
        return this == CACHED_PACKAGE || this == ORPHANED_PACKAGE || this == SOURCELESS_PACKAGE;
    }

    /** The bytecode file of {@code stem} in {@code directory}. */
    Path pyc(Path directory, String stem, Tree tree) {
        return switch (this) {
            case CACHED, CACHED_PACKAGE, CACHED_LINKED_SOURCE, CACHED_LINKED_BYTECODE, CACHED_GIANT_SOURCE ->
                tree.cache(directory, stem);
            case CACHED_IN_TREE_DESPITE_PREFIX, ORPHANED, ORPHANED_DANGLING_SOURCE, ORPHANED_PACKAGE ->
                directory.resolve("__pycache__").resolve(tree.cacheName(stem));
            default -> directory.resolve(stem + ".pyc");
        };
    }

    /** Makes the source, or the file that replaces the source in this layout. */
    void placeSource(Path source, Tree tree, SourceTime time) throws IOException {
        switch (this) {
            case ORPHANED, ORPHANED_PACKAGE, SOURCELESS, SOURCELESS_PACKAGE -> {}
            case ORPHANED_DANGLING_SOURCE, SOURCELESS_DANGLING_SOURCE ->
                Files.createSymbolicLink(source, tree.outside("nowhere"));
            case SOURCELESS_DIRECTORY_FOR_SOURCE -> Files.createDirectory(source);
            case CACHED_LINKED_SOURCE -> {
                Path target = tree.outside(source.getFileName().toString());
                tree.writeSource(target, time);
                Files.createSymbolicLink(source, target);
            }
            case CACHED_GIANT_SOURCE -> {
                tree.writeSource(source, time);
                lengthen(source);
            }
            default -> tree.writeSource(source, time);
        }
    }

    void placeBytecode(Path pyc, byte[] bytes, Tree tree) throws IOException {
        Files.createDirectories(pyc.getParent());
        if (this == CACHED_LINKED_BYTECODE) {
            Path target = tree.outside(pyc.getFileName().toString());
            Files.createSymbolicLink(pyc, Files.write(target, bytes));
        } else {
            Files.write(pyc, bytes);
        }
    }

    private static void lengthen(Path source) throws IOException {
        try (var file = new RandomAccessFile(source.toFile(), "rw")) {
            file.setLength(file.length() + (1L << 32));
        }
    }
}
