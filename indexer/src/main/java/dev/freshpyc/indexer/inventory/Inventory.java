package dev.freshpyc.indexer.inventory;

import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.indexer.environment.InterpreterException;
import dev.freshpyc.indexer.environment.InterpreterProbe;
import dev.freshpyc.indexer.environment.PythonEnvironment;
import dev.freshpyc.indexer.interpreter.StartPolicy;
import dev.freshpyc.indexer.site.ComputedPath;
import dev.freshpyc.indexer.site.ComputedPath.Start;
import dev.freshpyc.indexer.site.InterpreterLayout;
import dev.freshpyc.indexer.site.PathFinding;
import dev.freshpyc.indexer.site.PathFinding.Oddity;
import dev.freshpyc.indexer.site.SiteFiles;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Says of interpreters what is on their path. One that may be started is asked; of the others, and of all in another system, the
 * path is computed.
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
         * A program of which nothing is known.
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
            return computed(program, ELSEWHERE);
        }
        Optional<String> objection =
                named ? Optional.empty() : StartPolicy.of(List.of()).objection(program.toPython());
        if (objection.isPresent()) {
            return computed(program, objection.get());
        }
        try {
            return new Entry.Known(asked(probe.get().probe(program.toPython())));
        } catch (InterpreterException failed) {
            return computed(program, failed.reason());
        }
    }

    private Entry computed(RawPath program, String why) {
        return layout(program)
                .map(layout -> ComputedPath.of(files, layout, Start.ISOLATED))
                .<Entry>map(path -> new Entry.Known(Installation.computed(path, why)))
                .orElseGet(() -> new Entry.Unknown(program, why));
    }

    /** What the files say is odd about them, and what is odd about the path that the interpreter reported. */
    private Installation asked(PythonEnvironment answer) {
        Optional<InterpreterLayout> layout = layout(answer.executable());
        List<PathFinding> findings = new ArrayList<>();
        layout.map(found -> ComputedPath.of(files, found, Start.ISOLATED)).stream()
                .flatMap(path -> path.findings().stream())
                .filter(finding -> finding.kind() != Oddity.MISSING && finding.kind() != Oddity.TWICE)
                .forEach(findings::add);
        RawPath zip = layout.map(InterpreterLayout::zip).orElse(RawPath.EMPTY);
        findings.addAll(ComputedPath.odd(files, zip, answer.path()));
        return Installation.asked(answer, findings);
    }

    private Optional<InterpreterLayout> layout(RawPath program) {
        return InterpreterLayout.of(files, program);
    }
}
