package dev.freshpyc.indexer.repair;

import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.plan.TargetHeader;
import java.util.Optional;

/**
 * How a repair goes about it.
 *
 * @param assumeMatching whether the operator vouches for bodies that nothing speaks against
 * @param setSourceTimes whether sources get the mtime that the headers name, where it is another
 * @param share whether levels whose compiled files turn out the same become one file with several names
 * @param root what will be the root directory of the system that the tree belongs to, absolute and without links
 * @param keepLimit bytes that journals and the files they keep may take before the oldest are dropped
 */
public record RepairOptions(
        TargetHeader wanted,
        boolean assumeMatching,
        boolean setSourceTimes,
        WriteMode write,
        Durability durability,
        HardLinks hardLinks,
        boolean share,
        Optional<RawPath> root,
        long keepLimit) {

    /** How a header gets into a file. */
    public enum WriteMode {
        /** A new file takes the old one's place: every reader sees the one or the other, whole. */
        REPLACE,
        /** The header is written over in the file itself, which keeps its inode and its links. */
        IN_PLACE
    }

    /** When changes are on the disk. */
    public enum Durability {
        /** When the system likes. */
        NONE,
        /** New files before any of them takes its place, and all of it before the end. */
        BATCH,
        /** Each file before the next. */
        EACH
    }

    /** What becomes of a file that has names outside the tree. */
    public enum HardLinks {
        /** It is left alone. */
        REFUSE,
        /** Its names in the tree become a file of their own. */
        BREAK,
        /** It is changed in place, under all of its names. */
        IN_PLACE
    }
}
