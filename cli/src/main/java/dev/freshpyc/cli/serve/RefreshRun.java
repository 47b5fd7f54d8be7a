package dev.freshpyc.cli.serve;

import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.indexer.refresh.RefreshSummary;
import java.util.List;
import java.util.Optional;

/** Refreshes the entries of the service. */
@FunctionalInterface
public interface RefreshRun {

    /**
     * Refreshes some files, or everything; waits for another refresh of this process to end.
     *
     * @param paths the files that may have changed; empty for everything
     * @return the counts of the refresh; empty where it broke off
     */
    Optional<RefreshSummary> run(Optional<List<RawPath>> paths) throws InterruptedException;
}
