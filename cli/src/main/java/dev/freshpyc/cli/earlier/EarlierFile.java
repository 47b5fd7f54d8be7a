package dev.freshpyc.cli.earlier;

import dev.freshpyc.core.file.NamelessFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Opens the file of an earlier report so that it can be read twice. A pipe gives its bytes only once, so it is copied
 * to a temporary file.
 */
final class EarlierFile {

    /** The longest report from a pipe, in bytes: some ten million findings. An endless pipe must not fill the disk. */
    private static final long MOST = 4L << 30;

    private static final int AT_ONCE = 64 << 10;

    private EarlierFile() {}

    static FileChannel open(Path file) throws IOException {
        if (Files.isDirectory(file)) {
            throw new IOException("is a directory");
        }
        return Files.isRegularFile(file) ? FileChannel.open(file, StandardOpenOption.READ) : copy(file);
    }

    private static FileChannel copy(Path pipe) throws IOException {
        try (InputStream in = Files.newInputStream(pipe)) {
            FileChannel copy = temporary();
            try {
                byte[] bytes = new byte[AT_ONCE];
                for (int read = in.read(bytes); read >= 0; read = in.read(bytes)) {
                    write(copy, ByteBuffer.wrap(bytes, 0, read));
                    if (copy.position() > MOST) {
                        throw new IOException("has no end within 4 GiB, and is no regular file");
                    }
                }
                return copy;
            } catch (IOException failed) {
                copy.close();
                throw failed;
            }
        }
    }

    private static FileChannel temporary() throws IOException {
        try {
            return NamelessFile.temporary(".report");
        } catch (IOException failed) {
            throw uncopied(failed);
        }
    }

    private static void write(FileChannel copy, ByteBuffer bytes) throws IOException {
        try {
            while (bytes.hasRemaining()) {
                copy.write(bytes);
            }
        } catch (IOException failed) {
            throw uncopied(failed);
        }
    }

    private static IOException uncopied(IOException failed) {
        return new IOException(
                "is no regular file, and cannot be copied to a temporary one (" + failed.getMessage()
                        + "): save it as a file first",
                failed);
    }
}
