package dev.freshpyc.cli.serve;

import dev.freshpyc.cli.serve.equivalence.Equivalences;
import java.time.Clock;

/**
 * The parts of the service that answer requests.
 *
 * @param equivalencePrefix the part of paths before {@code /v1/equivalent}: empty, or a path without a slash at its end
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
