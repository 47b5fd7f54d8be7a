package dev.freshpyc.core.observe;

import dev.freshpyc.core.file.Errno;
import dev.freshpyc.core.pyc.PycHeader;

/** What was observed of a bytecode file. */
public sealed interface PycState {

    /** The file was expected and is absent. */
    record Absent() implements PycState {}

    /** A directory, FIFO, socket or device has the file's name; such a file is never opened. */
    record NotAFile() implements PycState {}

    record Unreadable(Errno errno) implements PycState {}

    /**
     * A regular file that could be read.
     *
     * @param magic the first four bytes, little-endian; 0 when the file is shorter
     * @param header decoded with the layout of the interpreter that would read it
     */
    record Read(int magic, PycHeader header, BodyState body) implements PycState {}

    PycState ABSENT = new Absent();
    PycState NOT_A_FILE = new NotAFile();
}
