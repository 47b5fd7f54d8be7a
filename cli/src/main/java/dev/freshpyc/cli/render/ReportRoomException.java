package dev.freshpyc.cli.render;

import java.io.IOException;
import java.nio.file.Path;

/** A report that neither fits into memory nor into a temporary file. What the command did besides is done. */
public final class ReportRoomException extends RuntimeException {

    private static final long serialVersionUID = 1;

    ReportRoomException(Path directory, IOException cause) {
        super(
                "the report does not fit into memory, and no temporary file can be written in " + directory + " ("
                        + reason(cause) + "): make room there, or use --format text",
                cause);
    }

    private static String reason(IOException cause) {
        String simple = cause.getClass().getSimpleName();
        return cause.getClass() == IOException.class ? String.valueOf(cause.getMessage()) : simple;
    }
}
