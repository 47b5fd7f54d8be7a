package dev.freshpyc.indexer.repair.write;

import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.indexer.repair.change.FileChange;
import dev.freshpyc.indexer.repair.journal.FileState;
import java.util.Optional;

/**
 * A change that one rename or one write will complete.
 *
 * @param temporary the new file beside the old one, to be renamed onto it; empty for a change in place
 * @param linked whether the old file has other names: their replacement changes the file's ctime meanwhile
 * @param link the text of the symbolic link that the new file replaces; empty where the old file is no link
 * @param after the state of the file after the change
 */
record PreparedChange(
        FileChange change, Optional<RawPath> temporary, boolean linked, Optional<RawPath> link, FileState after) {

    /** The change of a header in a file of one name. Whether the file is unchanged is checked when the header is written. */
    static PreparedChange inPlace(FileChange change) {
        FileState state = FileState.of(change.oldStamp().orElseThrow());
        return new PreparedChange(change, Optional.empty(), false, Optional.empty(), state);
    }
}
