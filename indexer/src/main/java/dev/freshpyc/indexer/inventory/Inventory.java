package dev.freshpyc.indexer.inventory;

import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.indexer.environment.InterpreterException;
import dev.freshpyc.indexer.environment.InterpreterFacts;
import dev.freshpyc.indexer.environment.InterpreterProbe;
import dev.freshpyc.indexer.environment.PythonEnvironment;
import dev.freshpyc.indexer.interpreter.StartPolicy;
import dev.freshpyc.indexer.site.ComputedPath;
import dev.freshpyc.indexer.site.ComputedPath.Start;
import dev.freshpyc.indexer.site.InterpreterLayout;
import dev.freshpyc.indexer.site.SiteFiles;
import dev.freshpyc.indexer.site.StartFindings;
import java.util.List;
import java.util.Optional;

/**
 * Finds out the paths of interpreters. An interpreter that may be started is asked; the path of any other interpreter,
 * and of all interpreters in another system, is computed from files.
 *
 * @param files of the system that the interpreters belong to
 * @param probe empty for another system, whose interpreters are not started
 */
public record Inventory(SiteFiles files, Optional<InterpreterProbe> probe) {

    private static final String ELSEWHERE = "belongs to another system";

    /** The result for one program. */
    public sealed interface Entry {

        record Known(Installation installation) implements Entry {}

        /**
         * A program whose path is unknown.
         *
         * @param reason a predicate whose subject is the program; safe to print
         */
        record Unknown(RawPath program, String reason) implements Entry {}
    }

    /**
     * One program.
     *
     * @param named whether the user named it: then it is started whoever may replace it
     */
    public Entry of(RawPath program, boolean named) {
        if (probe.isEmpty()) {
            return computed(program, ELSEWHERE, true);
        }
        Optional<String> objection =
                named ? Optional.empty() : StartPolicy.of(List.of()).objection(program.toPython());
        if (objection.isPresent()) {
            return computed(program, objection.get(), true);
        }
        try {
            return new Entry.Known(asked(probe.get().probe(program.toPython())));
        } catch (InterpreterException failed) {
            return computed(program, failed.reason(), false);
        }
    }

    /**
     * @param python whether the program is probably a Python; the reason then also says why its path is not computed
     */
    private Entry computed(RawPath program, String why, boolean python) {
        return InterpreterLayout.of(files, program)
                .map(layout -> ComputedPath.of(files, layout, Start.ISOLATED))
                .<Entry>map(path -> new Entry.Known(Installation.computed(path, why)))
                .orElseGet(() -> new Entry.Unknown(
                        program, python ? why + ", and " + InterpreterLayout.absence(files, program) : why));
    }

    private Installation asked(PythonEnvironment answer) {
        InterpreterFacts facts = answer.facts();
        return Installation.asked(
                answer,
                new StartFindings(files, answer.path())
                        .of(answer.interpreter().version(), facts.sites(), facts.startModules()));
    }
}
