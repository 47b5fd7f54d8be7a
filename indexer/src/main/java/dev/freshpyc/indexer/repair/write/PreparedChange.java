package dev.freshpyc.indexer.repair.write;

import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.indexer.repair.journal.FileState;
import dev.freshpyc.indexer.repair.plan.FileChange;
import java.util.Optional;

/**
 * A change that can be made with one call.
 *
 * @param temporary the new file that lies beside the old one, to be renamed onto it; empty for one that is written in place
 * @param linked whether the old file has other names too, which change its ctime as they are replaced
 * @param after the file as it will be
 */
public record PreparedChange(FileChange change, Optional<RawPath> temporary, boolean linked, FileState after) {

    /** One that is written over a file of a single name; whether it still is what was seen is for the moment of writing. */
    public static PreparedChange inPlace(FileChange change) {
        return new PreparedChange(
                change, Optional.empty(), false, FileState.of(change.stamp().orElseThrow()));
    }
}
