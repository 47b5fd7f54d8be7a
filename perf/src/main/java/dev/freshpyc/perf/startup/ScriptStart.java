package dev.freshpyc.perf.startup;

import java.nio.file.Path;
import java.util.Optional;

/** The start of one script of an environment: what a repair saves, or why that could not be measured. */
public sealed interface ScriptStart {

    /**
     * A script of an installed distribution.
     *
     * @param name of its entry point
     * @param version of the distribution
     */
    record Script(String name, Path file, Optional<String> distribution, Optional<String> version) {}

    Script script();

    /**
     * A script that was measured.
     *
     * @param asIs milliseconds until its end, as it is
     * @param repaired the same with the bytecode that a repair leaves
     */
    record Measured(Script script, Interval asIs, Interval repaired) implements ScriptStart {

        /** Milliseconds that a repair saves; 0 where the intervals overlap, so that no difference is shown. */
        public double saved() {
            return asIs.overlaps(repaired) ? 0 : Math.max(0, asIs.median() - repaired.median());
        }
    }

    /**
     * A script that was not measured.
     *
     * @param reason safe to print
     */
    record Unmeasured(Script script, String reason) implements ScriptStart {}
}
