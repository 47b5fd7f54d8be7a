package dev.freshpyc.indexer.snapshot;

import java.util.List;
import java.util.Optional;

/**
 * The result of a save.
 *
 * @param kept counts the pycs that the snapshot keeps
 * @param unproven how many kept pycs are unproven: nothing tells whether they were compiled from their sources
 * @param wrong how many kept pycs have other code than their sources compile to
 * @param left the first pycs that could not be kept, each with the reason, as lines for the user
 * @param leftCount how many pycs could not be kept
 * @param warning about the room that snapshots take
 */
public record SaveResult(
        KeptCount kept, long unproven, long wrong, List<String> left, long leftCount, Optional<String> warning) {

    public SaveResult {
        left = List.copyOf(left);
    }
}
