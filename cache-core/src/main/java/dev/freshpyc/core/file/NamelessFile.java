package dev.freshpyc.core.file;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Makes temporary files without a name: such a file is gone with its process, however the process ends. */
public final class NamelessFile {

    private NamelessFile() {}

    /**
     * An empty file, open for reading and writing.
     *
     * @param suffix the end of the name that the file has until it is deleted at once
     */
    public static FileChannel in(Path directory, String suffix) throws IOException {
        Path path = TemporaryFile.in(directory, "freshpyc-", suffix);
        try {
            return FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE);
        } finally {
            Files.delete(path);
        }
    }

    /** An empty file in the temporary directory of the system, open for reading and writing. */
    public static FileChannel temporary(String suffix) throws IOException {
        return in(TemporaryFile.place(), suffix);
    }
}
