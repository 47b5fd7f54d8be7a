package dev.freshpyc.cli.option;

import dev.freshpyc.core.path.RawPath;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/** Says why a file operation failed. Java's own message is often a path without a reason, and is not escaped. */
public final class CauseText {

    private CauseText() {}

    /** The file and the cause of a failure, escaped for a terminal. */
    public static String withFile(IOException failed) {
        return failed instanceof FileSystemException refused && refused.getFile() != null
                ? RawPath.of(refused.getFile()).shown() + ": " + of(failed)
                : of(failed);
    }

    /** The cause of a failure, without the file, escaped for a terminal. */
    public static String of(IOException failed) {
        String cause = switch (failed) {
            case NoSuchFileException _ -> "no such file or directory";
            case AccessDeniedException _ -> "permission denied";
            case FileAlreadyExistsException _ -> "the file exists already";
            case NotDirectoryException _ -> "not a directory";
            case DirectoryNotEmptyException _ -> "the directory is not empty";
            case FileSystemException refused ->
                refused.getReason() == null ? "the system refuses it" : refused.getReason();
            default -> String.valueOf(failed.getMessage());
        };
        return RawPath.of(cause).shown();
    }
}
