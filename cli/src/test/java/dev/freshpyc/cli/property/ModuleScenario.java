package dev.freshpyc.cli.property;

import java.util.List;
import java.util.Map;

/**
 * A random module and its mutations.
 *
 * @param directory the directory of the module
 * @param docstring whether the module begins with a docstring
 * @param bytecode the kind of header for each optimization level that has a pyc
 * @param beforeIndex the mutation before the index is refreshed
 * @param afterIndex the mutation after the index was refreshed
 * @param betweenRepairs the mutation between two repairs
 */
record ModuleScenario(
        String directory,
        Layout layout,
        boolean docstring,
        List<SourceLine> lines,
        Map<Integer, Kind> bytecode,
        Links links,
        Mutation beforeIndex,
        Mutation afterIndex,
        Mutation betweenRepairs) {

    enum Layout {
        PLAIN,
        PACKAGE,
        /** A source with a legacy pyc beside the source. The interpreter ignores the legacy pyc. */
        WITH_LEGACY,
        /** A legacy pyc without a source. */
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
        /** Levels with equal bytes are hard links of one file. */
        LEVELS,
        /** The pyc is a hard link to the pyc of a second module. That module has the same source and never changes. */
        TWIN,
        /** The pyc has a hard link outside the tree. */
        OUTSIDE
    }

    /** An edit of the source and damage to the bytecode. */
    record Mutation(Edit edit, boolean replaced, Damage damage) {}

    enum Edit {
        NONE,
        TOUCHED,
        EDITED,
        EDITED_SAME_SIZE,
        EDITED_SAME_MTIME,
        /** The content changes; size and mtime stay the same. */
        SWAPPED,
        /** The source does not compile any more. */
        BROKEN
    }

    enum Damage {
        NONE,
        TRUNCATED_BODY,
        NO_BODY,
        SHORT_HEADER,
        EMPTY,
        FOREIGN_MAGIC,
        UNKNOWN_MAGIC,
        BAD_FLAGS,
        TRAILING_BYTES,
        MISSING
    }
}
