package dev.freshpyc.indexer.clean;

import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.plan.CleanSelection;
import dev.freshpyc.core.plan.ModuleProfile;
import dev.freshpyc.indexer.repair.change.RepairOptions.RecordPolicy;
import java.util.Optional;
import java.util.Set;

/**
 * What the user asked a clean to do.
 *
 * @param expected the tags of the interpreters that are there; empty where they are to be found
 * @param root the root directory of the system that the tree belongs to, absolute and without links; empty for this system's
 * @param keepLimit how many bytes journals and the files that they keep may take before the oldest is dropped
 * @param records what is done about files whose digests stand in the records of package managers
 * @param profile the modules whose bytecode stays, while that of all others is removed; empty where the user named none
 */
public record CleanOptions(
        CleanSelection selection,
        Set<String> expected,
        Optional<RawPath> root,
        long keepLimit,
        RecordPolicy records,
        Optional<ModuleProfile> profile) {

    /** Copies the set. */
    public CleanOptions {
        expected = Set.copyOf(expected);
    }
}
