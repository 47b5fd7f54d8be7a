package dev.freshpyc.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;

/** Writes pycs as an interpreter does: each pyc is created after the last change of its source. */
public final class CompiledFile {

    private CompiledFile() {}

    /** Writes a pyc anew until its creation time is later than the last change of the source. */
    public static void write(Path source, Path pyc, byte[] bytes) throws IOException {
        FileTime changed = (FileTime) Files.getAttribute(source, "unix:ctime");
        do {
            Files.deleteIfExists(pyc);
            Files.write(pyc, bytes);
        } while (birth(pyc).compareTo(changed) <= 0);
    }

    private static FileTime birth(Path file) throws IOException {
        return Files.readAttributes(file, BasicFileAttributes.class).creationTime();
    }
}
