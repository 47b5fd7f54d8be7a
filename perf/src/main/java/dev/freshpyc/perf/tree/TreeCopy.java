package dev.freshpyc.perf.tree;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Instant;

/**
 * Copies a limited number of sources, each with its bytecode if there is any.
 *
 * <p>Times are kept, since a header holds its source's mtime; a source younger than a minute gets an older mtime, since young
 * timestamps are not trusted. Other files are created empty: they cost as much to list, and no contender reads them.
 */
final class TreeCopy extends SimpleFileVisitor<Path> {

    private static final long SETTLED_SECONDS = 60;

    private final PeerInterpreter python;
    private final Path from;
    private final Path to;
    private final int wanted;
    private final FileTime newest = FileTime.from(Instant.now().minusSeconds(SETTLED_SECONDS));
    private int sources;

    private TreeCopy(PeerInterpreter python, Path from, Path to, int wanted) {
        this.python = python;
        this.from = from;
        this.to = to;
        this.wanted = wanted;
    }

    /** Copies at most {@code wanted} sources and returns the number of copies. */
    static int of(PeerInterpreter python, Path from, Path to, int wanted) throws IOException {
        TreeCopy copy = new TreeCopy(python, from, to, wanted);
        Files.createDirectories(to);
        Files.walkFileTree(from, copy);
        return copy.sources;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) throws IOException {
        if (directory.endsWith("__pycache__")) {
            return FileVisitResult.SKIP_SUBTREE;
        }
        if (sources >= wanted) {
            return FileVisitResult.TERMINATE;
        }
        Files.createDirectories(target(directory));
        return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
        if (Thread.currentThread().isInterrupted()) {
            throw new InterruptedIOException("interrupted while the tree was built");
        }
        if (!attributes.isRegularFile() || file.toString().endsWith(".pyc")) {
            return FileVisitResult.CONTINUE;
        }
        if (!file.toString().endsWith(".py")) {
            Files.createFile(target(file));
        } else if (sources < wanted) {
            copySource(file, attributes);
        }
        return FileVisitResult.CONTINUE;
    }

    private void copySource(Path source, BasicFileAttributes attributes) throws IOException {
        Path copy = target(source);
        Files.copy(source, copy, StandardCopyOption.COPY_ATTRIBUTES);
        if (attributes.lastModifiedTime().compareTo(newest) > 0) {
            Files.setLastModifiedTime(copy, newest);
        }
        Path cached = python.cached(source);
        if (Files.exists(cached)) {
            Files.createDirectories(copy.resolveSibling("__pycache__"));
            Files.copy(cached, python.cached(copy), StandardCopyOption.COPY_ATTRIBUTES);
        }
        sources++;
    }

    private Path target(Path original) {
        return to.resolve(from.relativize(original).toString());
    }
}
