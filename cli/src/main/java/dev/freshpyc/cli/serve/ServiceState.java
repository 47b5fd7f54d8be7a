package dev.freshpyc.cli.serve;

import dev.freshpyc.cli.serve.equivalence.Equivalences;
import java.time.Clock;

/** What the service answers from. */
public record ServiceState(
        ServedEntries entries,
        RefreshJobs jobs,
        Equivalences equivalences,
        ServiceMeters meters,
        VerdictEvents events,
        VerdictHistory history,
        Clock clock) {}
