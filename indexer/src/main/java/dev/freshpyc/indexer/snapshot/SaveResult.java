package dev.freshpyc.indexer.snapshot;

import java.util.List;
import java.util.Optional;

/**
 * What became of a save.
 *
 * @param kept how many pycs the snapshot keeps, and how
 * @param unproven how many of them nothing proves to be their source's
 * @param left the first pycs that could not be kept, each with the reason, as lines for the user
 * @param leftCount how many could not be kept
 * @param warning about the room that snapshots take
 */
public record SaveResult(KeptCount kept, long unproven, List<String> left, long leftCount, Optional<String> warning) {

    public SaveResult {
        left = List.copyOf(left);
    }
}
