package dev.freshpyc.core.store.file;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import org.jspecify.annotations.Nullable;

/** Replaces files so that every reader, and every crash, meets either the old or the new one, whole. */
final class Publisher {

    private final Path directory;

    Publisher(Path directory) {
        this.directory = directory;
    }

    /** Write, force, rename, force the directory; false when the writer did not want it any more. */
    boolean replace(Path file, FileWriter writer) throws IOException {
        try {
            prepare(file);
            boolean published = writeAndRename(file, writer);
            forceDirectory();
            return published;
        } catch (IOException e) {
            throw Refusals.toWrite(file, e);
        }
    }

    /** Without forcing anything: a crash may lose the new file, or leave it empty. */
    void replaceQuickly(Path file, FileWriter writer) throws IOException {
        try {
            prepare(file);
            try (PendingFile pending = PendingFile.create(file)) {
                writer.write(pending.channel());
                pending.publish();
            }
        } catch (IOException e) {
            throw Refusals.toWrite(file, e);
        }
    }

    private static boolean writeAndRename(Path file, FileWriter writer) throws IOException {
        try (PendingFile pending = PendingFile.create(file)) {
            writer.write(pending.channel());
            pending.channel().force(true);
            boolean wanted = writer.stillWanted(pending.channel());
            if (wanted) {
                pending.publish();
            }
            return wanted;
        }
    }

    /** Nothing is put where others could change it, nor in the place of something that was not made here. */
    private void prepare(Path file) throws IOException {
        if (Files.notExists(directory)) {
            createDirectory();
        }
        require(directory, Ownership.objectionToDirectory(directory));
        require(file, Ownership.objectionToFile(file));
    }

    private void createDirectory() throws IOException {
        if (OwnedFile.isPosix(directory)) {
            var mode = PosixFilePermissions.fromString("rwxr-xr-x");
            Files.createDirectories(directory, PosixFilePermissions.asFileAttribute(mode));
        } else {
            Files.createDirectories(directory);
        }
    }

    private static void require(Path path, @Nullable String objection) throws FileSystemException {
        if (objection != null) {
            throw new FileSystemException(path.toString(), null, objection);
        }
    }

    private void forceDirectory() throws IOException {
        if (OwnedFile.isPosix(directory)) { // elsewhere a directory cannot be opened
            try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }
}
