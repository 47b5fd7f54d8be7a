package dev.freshpyc.indexer.hook;

import java.io.IOException;
import java.util.List;

/** The files that make one tool run {@code freshpyc refresh}. */
public interface Hook {

    /** The state of the files of a hook. */
    enum HookState {
        INSTALLED,
        /** A file of the hook is missing or has another text, as after an upgrade of freshpyc. */
        OUTDATED,
        ABSENT
    }

    /** The present state of the files. */
    HookState state() throws IOException;

    /** Writes the files; files that are there and are not of freshpyc are kept beside them. */
    void install() throws IOException;

    /** Removes the files and restores those that were there before. */
    void remove() throws IOException;

    /** The paths of the files, for a message. */
    List<String> files() throws IOException;
}
