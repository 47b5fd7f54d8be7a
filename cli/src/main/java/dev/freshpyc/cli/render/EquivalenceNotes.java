package dev.freshpyc.cli.render;

import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.verdict.RacyWindow;
import dev.freshpyc.indexer.equivalence.EquivalenceExchange;
import java.io.IOException;
import java.io.PrintStream;

/** Prints the result of the exchange with a hash-equivalence server. */
public final class EquivalenceNotes {

    private EquivalenceNotes() {}

    /** Ends an exchange, keeps its answers, and prints its result; with {@code quiet}, prints faults alone. */
    public static void finish(EquivalenceExchange exchange, boolean quiet, PrintStream err) {
        try {
            exchange.finish();
        } catch (IOException refused) {
            err.println("freshpyc: what the server told is not kept: "
                    + RawPath.of(String.valueOf(refused.getMessage())).shown());
        }
        print(exchange.summary(), quiet, err);
    }

    /** Prints the result of an exchange; with {@code quiet}, faults alone. */
    public static void print(EquivalenceExchange.Summary summary, boolean quiet, PrintStream err) {
        if (!quiet) {
            err.println("freshpyc: equivalence: " + Words.count(summary.vouched(), "pair")
                    + " proven by the server; in this run, " + summary.asked() + " asked about and " + summary.told()
                    + " reported");
        }
        if (!quiet && summary.young() > 0) {
            err.println("freshpyc: equivalence: " + Words.count(summary.young(), "pair")
                    + " not reported, since files that changed less than "
                    + RacyWindow.DEFAULT.width().toSeconds()
                    + " seconds ago prove nothing by their times: run this command again "
                    + RacyWindow.DEFAULT.width().toSeconds() + " seconds later");
        }
        summary.fault()
                .ifPresent(why -> err.println("freshpyc: the equivalence server could not be used ("
                        + RawPath.of(why).shown() + "): the run went on without it"));
    }
}
