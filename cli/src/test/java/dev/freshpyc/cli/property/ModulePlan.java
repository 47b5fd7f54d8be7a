package dev.freshpyc.cli.property;

import java.util.List;
import java.util.Map;

/**
 * One random module and what happens to it.
 *
 * @param directory where it is
 * @param docstring whether it begins with one
 * @param bytecode the kind of header by optimization level
 * @param early what happens before the index looks, if it does
 * @param late what happens after
 * @param again what happens between two repairs
 */
record ModulePlan(
        String directory,
        Place place,
        boolean docstring,
        List<Line> lines,
        Map<Integer, Kind> bytecode,
        Links links,
        Happening early,
        Happening late,
        Happening again) {

    enum Place {
        PLAIN,
        PACKAGE,
        /** With a file beside it that is ignored. */
        WITH_LEGACY,
        /** Nothing but the file that would be ignored beside a source. */
        SOURCELESS
    }

    enum Kind {
        TIMESTAMP,
        CHECKED_HASH,
        UNCHECKED_HASH;

        boolean isHash() {
            return this != TIMESTAMP;
        }
    }

    enum Links {
        NONE,
        /** Levels of the same bytes are one file. */
        LEVELS,
        /** A module of the same text has the same file for its bytecode, and nothing ever happens to its source. */
        TWIN,
        /** The file has a name outside the tree as well. */
        OUTSIDE
    }

    /** To the source and to the bytecode. */
    record Happening(Edit edit, boolean replaced, Damage damage) {}

    enum Edit {
        NONE,
        TOUCHED,
        EDITED,
        EDITED_SAME_SIZE,
        EDITED_SAME_MTIME,
        /** Neither size nor mtime tell it. */
        SWAPPED,
        /** Not Python any more. */
        BROKEN
    }

    enum Damage {
        NONE,
        TRUNCATED_BODY,
        NO_BODY,
        SHORT_HEADER,
        EMPTY,
        FOREIGN_MAGIC,
        NOBODYS_MAGIC,
        BAD_FLAGS,
        TRAILING_BYTES,
        MISSING
    }
}
