package dev.freshpyc.indexer.repair.write;

import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.indexer.repair.change.FileChange;
import dev.freshpyc.indexer.repair.journal.FileState;
import java.util.Optional;

/**
 * A change that takes one more call.
 *
 * @param temporary the new file beside the old one, to be renamed onto it; empty for a change in place
 * @param linked whether the old file has other names, whose replacement changes its ctime meanwhile
 * @param link the text of the symbolic link that the new file replaces; empty where the old file is none
 * @param after the file as it will be
 */
record PreparedChange(
        FileChange change, Optional<RawPath> temporary, boolean linked, Optional<RawPath> link, FileState after) {

    /** A header to be written over a file of one name; whether the file is still the same is checked when it is written. */
    static PreparedChange inPlace(FileChange change) {
        FileState state = FileState.of(change.oldStamp().orElseThrow());
        return new PreparedChange(change, Optional.empty(), false, Optional.empty(), state);
    }
}
