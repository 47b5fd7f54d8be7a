package dev.freshpyc.indexer.testing;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;

/**
 * A named pipe that shows when a program and its children have ended. The program under test opens the pipe for
 * writing, and its children inherit the pipe. A reader thread reaches the end of the pipe when the last of these
 * processes has ended.
 */
public record HeldPipe(Path path, CompletableFuture<byte[]> allHoldersEnded) {

    /** Makes the pipe in a directory and starts its reader. */
    public static HeldPipe in(Path directory) throws InterruptedException {
        Path path = directory.resolve("held");
        Programs.succeeds("mkfifo", path);
        return new HeldPipe(path, CompletableFuture.supplyAsync(() -> readToTheEnd(path)));
    }

    /** Lets the reader end even if the program was killed before it opened the pipe. */
    public void letReaderEnd() throws IOException {
        // Opened for reading and writing, since opening for writing only would wait for a reader.
        new RandomAccessFile(path.toFile(), "rw").close();
    }

    private static byte[] readToTheEnd(Path path) {
        try {
            return Files.readAllBytes(path);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
