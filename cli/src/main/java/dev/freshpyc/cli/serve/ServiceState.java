package dev.freshpyc.cli.serve;

import dev.freshpyc.cli.serve.equivalence.Equivalences;
import java.time.Clock;

/**
 * What the service answers from.
 *
 * @param equivalencePrefix what stands before {@code /v1/equivalent} in paths; empty, or a path without a slash at its end
 */
public record ServiceState(
        ServedEntries entries,
        RefreshJobs jobs,
        Equivalences equivalences,
        String equivalencePrefix,
        ServiceMeters meters,
        VerdictEvents events,
        VerdictHistory history,
        Clock clock) {}
