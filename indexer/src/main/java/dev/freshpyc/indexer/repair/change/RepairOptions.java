package dev.freshpyc.indexer.repair.change;

import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.plan.ModuleProfile;
import dev.freshpyc.core.plan.TargetHeader;
import dev.freshpyc.core.verdict.Evidence;
import java.util.Optional;

/**
 * What the user asked a repair to do.
 *
 * @param target the headers that are wanted
 * @param weakest the weakest evidence that allows writing a header without compiling and comparing; {@link Evidence#ASSUMED} where
 *     the operator vouches for bodies that nothing but an mtime speaks against
 * @param setSourceTimes whether sources get the mtime that the new headers name
 * @param share whether compiled files of equal bytes, of one source at several levels, become hard links of one file
 * @param root the root directory of the system that the tree belongs to, absolute and without links; empty for this system's
 * @param trustStamps whether an equal stamp means an unchanged file; false where ctime or inode numbers are not stable
 * @param keepLimit how many bytes journals and the old files that they keep may take before the oldest is dropped
 * @param records what is done about files whose digests stand in the records of package managers
 * @param bodies what becomes of bodies that are their source's
 * @param profile the modules whose bytecode is repaired; empty for all
 */
public record RepairOptions(
        TargetHeader target,
        Evidence weakest,
        boolean setSourceTimes,
        WriteMode write,
        Durability durability,
        HardLinks hardLinks,
        boolean share,
        Optional<RawPath> root,
        boolean trustStamps,
        long keepLimit,
        RecordPolicy records,
        Bodies bodies,
        Optional<ModuleProfile> profile) {

    /** Options that keep bodies which are their source's. */
    public RepairOptions(
            TargetHeader target,
            Evidence weakest,
            boolean setSourceTimes,
            WriteMode write,
            Durability durability,
            HardLinks hardLinks,
            boolean share,
            Optional<RawPath> root,
            boolean trustStamps,
            long keepLimit,
            RecordPolicy records,
            Optional<ModuleProfile> profile) {
        this(
                target,
                weakest,
                setSourceTimes,
                write,
                durability,
                hardLinks,
                share,
                root,
                trustStamps,
                keepLimit,
                records,
                Bodies.KEEP,
                profile);
    }

    /** What a repair does with a body that is its source's. */
    public enum Bodies {
        /** Keeps it. */
        KEEP,
        /**
         * Compiles the source under its own path and writes the result unless the file has exactly these bytes: equal code has
         * several encodings, and the name of the source may be that of the directory in which it was built.
         */
        RENEW,
        /** Keeps it, and writes nothing but headers of needless pycs: what would have to be compiled stays as it is. */
        KEEP_ALL
    }

    /** What a repair or a clean does about files whose digests stand in the records of package managers. */
    public enum RecordPolicy {
        /** Changes or removes them, and names them. */
        NAME,
        /** Leaves them. */
        KEEP,
        /** Changes or removes them, and brings the RECORD files of wheels up to date; databases of packages are never written. */
        UPDATE
    }

    /** How a header gets into a file. */
    public enum WriteMode {
        /** A new file takes the old file's name: every reader sees one of the two, whole. */
        REPLACE,
        /** The header is written over the old one in the file itself, which keeps its inode and its hard links. */
        IN_PLACE
    }

    /** When a repair waits for the disk. */
    public enum Durability {
        /** Never. */
        NONE,
        /** Once before the first rename, for all new files, and once at the end. */
        BATCH,
        /** For each file before the next. */
        EACH
    }

    /** What a repair does with a file that has names outside the tree. */
    public enum HardLinks {
        /** Leaves the file as it is. */
        REFUSE,
        /** Gives the names inside the tree a file of their own. */
        BREAK,
        /** Writes the header in place, which changes the file under all of its names. */
        IN_PLACE
    }
}
