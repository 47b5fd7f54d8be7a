package dev.freshpyc.core.store.file;

import dev.freshpyc.core.path.JavaPath;
import dev.freshpyc.core.path.RawPath;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Builds messages about refused file operations. Java's own messages often have only a path and no reason, and do not escape
 * the path.
 */
final class Refusals {

    private static final String ELSEWHERE = "; choose another directory";

    /** Texts of EIO, and of EUCLEAN and EBADMSG, with which file systems answer where their own structures are damaged. */
    private static final List<String> DAMAGE = List.of("Input/output", "needs cleaning", "Bad message");

    private Refusals() {}

    static IOException toWrite(Path file, IOException cause) {
        String why = cause instanceof AccessDeniedException
                ? "permission denied; choose a directory that you may write to"
                : reason(file, cause);
        return new IOException("cannot write " + shown(file) + ": " + why + ". Nothing was changed.", cause);
    }

    static IOException toRead(Path file, IOException cause) {
        String why = cause instanceof AccessDeniedException ? "permission denied" : reason(file, cause);
        return new IOException("cannot read " + shown(file) + ": " + why, cause);
    }

    static String shown(Path file) {
        return JavaPath.toRaw(file).shown();
    }

    private static String shown(@Nullable String file) {
        return RawPath.of(String.valueOf(file)).shown();
    }

    private static String reason(Path file, IOException cause) {
        return switch (cause) {
            case FileSystemException e
            when e.getReason() != null -> {
                String where = file.toString().equals(e.getFile()) ? "" : shown(e.getFile()) + ": ";
                yield where + advice(e.getReason());
            }
            case NoSuchFileException e -> shown(e.getFile()) + " does not exist and cannot be made" + ELSEWHERE;
            case FileAlreadyExistsException e -> shown(e.getFile()) + " is in the way" + ELSEWHERE;
            case FileSystemException e -> "the system refuses " + shown(e.getFile());
            default -> cause.getMessage() == null ? "the system refuses it" : advice(cause.getMessage());
        };
    }

    private static String advice(String reason) {
        if (reason.contains("space") || reason.contains("quota")) {
            return reason + "; make room there or choose another directory";
        }
        if (DAMAGE.stream().anyMatch(reason::contains)) {
            return reason + "; the disk fails, as 'dmesg' tells" + ELSEWHERE;
        }
        return reason.contains("Read-only") ? reason + ELSEWHERE : reason;
    }
}
