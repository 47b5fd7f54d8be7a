package dev.freshpyc.core.store.file;

import dev.freshpyc.core.file.Permissions;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** Replaces files so that every reader, also after a crash, finds either the old or the new file, complete. */
final class Publisher {

    private final Path directory;
    private final Forcing forcing;

    Publisher(Path directory, Forcing forcing) {
        this.directory = directory;
        this.forcing = forcing;
    }

    /** Writes, forces and renames the file, and forces the directory, as far as this publisher forces. Returns false when the writer refused the new file. */
    boolean replace(Path file, FileWriter writer) throws IOException {
        try {
            prepare(file);
            boolean published = writeAndRename(file, writer);
            forceDirectory();
            return published;
        } catch (UnusableIndexException unreadable) {
            throw unreadable; // of the generation before
        } catch (IOException e) {
            throw Refusals.toWrite(file, e);
        }
    }

    /** Replaces a file without forcing it: a crash may lose the new file, or leave it empty. */
    void replaceQuickly(Path file, byte[] contents) throws IOException {
        try {
            prepare(file);
            try (PendingFile pending = PendingFile.create(file)) {
                ByteBuffer rest = ByteBuffer.wrap(contents);
                while (rest.hasRemaining()) {
                    pending.channel().write(rest);
                }
                pending.publish();
            }
        } catch (IOException e) {
            throw Refusals.toWrite(file, e);
        }
    }

    /** A new, empty file beside a file to be replaced, deleted when it is closed. */
    PendingFile temporary(Path file) throws IOException {
        prepare(file);
        return PendingFile.create(file);
    }

    private boolean writeAndRename(Path file, FileWriter writer) throws IOException {
        try (PendingFile pending = PendingFile.create(file)) {
            writer.write(pending.channel());
            if (forcing == Forcing.ALWAYS) {
                pending.channel().force(true);
            }
            boolean wanted = writer.stillWanted(pending.channel());
            if (wanted) {
                pending.publish();
            }
            return wanted;
        }
    }

    /** Refuses a directory that other users may change, and refuses to replace the file of another user. */
    private void prepare(Path file) throws IOException {
        if (Files.notExists(directory)) {
            createDirectory();
        }
        require(directory, Ownership.objectionToDirectory(directory));
        require(file, Ownership.objectionToFile(file));
    }

    private void createDirectory() throws IOException {
        Files.createDirectories(directory, Permissions.ofNew(directory, "rwxr-xr-x"));
    }

    private static void require(Path path, @Nullable String objection) throws FileSystemException {
        if (objection != null) {
            throw new FileSystemException(path.toString(), null, objection);
        }
    }

    private void forceDirectory() throws IOException {
        if (forcing == Forcing.ALWAYS && Permissions.areKept(directory)) { // other systems cannot open a directory
            try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }
}
