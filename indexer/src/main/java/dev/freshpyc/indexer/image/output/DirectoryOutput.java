package dev.freshpyc.indexer.image.output;

import dev.freshpyc.core.file.FileTreeRemoval;
import dev.freshpyc.core.file.TemporaryFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;

/** An image as a directory. */
final class DirectoryOutput implements ImageOutput {

    private final Path target;
    private final Path pending;

    DirectoryOutput(Path target) throws IOException {
        this.target = target;
        this.pending = TemporaryFile.directoryIn(target.toAbsolutePath().resolveSibling(""), ".freshpyc-image-");
    }

    @Override
    public void write(String name, InputStream content, long size) throws IOException {
        Path file = pending.resolve(name);
        Files.createDirectories(file.getParent());
        try (OutputStream out = Files.newOutputStream(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            content.transferTo(out);
        }
    }

    @Override
    public boolean isArchive() {
        return false;
    }

    @Override
    public void commit() throws IOException {
        Files.setPosixFilePermissions(pending, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.move(pending, target, StandardCopyOption.ATOMIC_MOVE);
    }

    @Override
    public void close() throws IOException {
        if (Files.exists(pending)) {
            FileTreeRemoval.remove(pending);
        }
    }
}
