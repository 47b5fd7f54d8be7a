package dev.freshpyc.cli.serve.hashserv;

import dev.freshpyc.cli.serve.equivalence.Column;
import dev.freshpyc.cli.serve.equivalence.Equivalences;
import dev.freshpyc.cli.serve.equivalence.Report;
import dev.freshpyc.cli.serve.equivalence.StoredRow;
import dev.freshpyc.cli.serve.equivalence.TaskKey;
import java.io.IOException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** The commands that ask for equivalences and report them. */
final class EquivalenceCommands {

    /**
     * The unihashes that a client may report. Builds put unihashes into file names and into variables that they expand, so only harmless
     * characters are allowed.
     */
    private static final Pattern UNIHASH = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.:+=-]*");

    private final Equivalences equivalences;

    EquivalenceCommands(Equivalences equivalences) {
        this.equivalences = equivalences;
    }

    Map<String, HashservCommand> all() {
        return Map.of(
                "get", this::get,
                "get-taskhash", this::get,
                "get-outhash", this::getOuthash,
                "report", this::report,
                "report-equiv", this::reportEquivalence,
                "backfill-wait", this::awaitBackfill);
    }

    private String get(Arguments arguments, Caller caller) throws RefusedException, IOException, InterruptedException {
        caller.require(Permission.READ);
        TaskKey task = arguments.task();
        if (arguments.flag("all", false)) {
            Optional<StoredRow> row = equivalences.store().rows().ofTask(task);
            return row.map(found -> Reply.row(found, true)).orElse(Reply.NOTHING);
        }
        return equivalences
                .unihash(task)
                .map(unihash -> Reply.unihash(task, unihash))
                .orElse(Reply.NOTHING);
    }

    /** Answers with the task that has made an output. The protocol sends a taskhash too, which no server uses. */
    private String getOuthash(Arguments arguments, Caller caller)
            throws RefusedException, IOException, InterruptedException {
        caller.require(Permission.READ);
        boolean withUnihash = arguments.flag("with_unihash", true);
        Optional<StoredRow> row = equivalences
                .store()
                .rows()
                .ofOutput(arguments.required(Column.METHOD), arguments.required(Column.OUTHASH), withUnihash);
        return row.map(found -> Reply.row(found, withUnihash)).orElse(Reply.NOTHING);
    }

    /** Stores a report. The report of a client who may only read is answered and not stored. */
    private String report(Arguments arguments, Caller caller)
            throws RefusedException, IOException, InterruptedException {
        caller.require(Permission.READ);
        TaskKey task = arguments.task();
        String outhash = arguments.required(Column.OUTHASH);
        Report report = new Report(task, outhash, Optional.of(unihash(arguments)), details(arguments, caller));
        Optional<String> unihash = caller.may(Permission.REPORT)
                ? equivalences.assign(report)
                : equivalences.store().preview(List.of(report)).getFirst();
        return Reply.unihash(task, unihash.orElseThrow());
    }

    private static String unihash(Arguments arguments) throws RefusedException {
        return arguments
                .text(Column.UNIHASH.label())
                .filter(text -> UNIHASH.matcher(text).matches())
                .orElseThrow(() -> new RefusedException("Invalid unihash"));
    }

    /** The facts about the task for people. An authenticated client counts as the owner. */
    private static Map<Column, String> details(Arguments arguments, Caller caller) {
        Map<Column, String> details = new EnumMap<>(Column.class);
        for (Column column : Column.DETAILS) {
            arguments.text(column.label()).ifPresent(value -> details.put(column, value));
        }
        caller.user().ifPresent(user -> details.put(Column.OWNER, user.name()));
        return details;
    }

    /** Stores the unihash of a task, unless the task has one already. */
    private String reportEquivalence(Arguments arguments, Caller caller)
            throws RefusedException, IOException, InterruptedException {
        caller.require(Permission.READ, Permission.REPORT);
        requireWritable(equivalences);
        TaskKey task = arguments.task();
        String unihash = unihash(arguments);
        String kept = equivalences.store().keep(Map.of(task, unihash)).getOrDefault(task, unihash);
        return Reply.unihash(task, kept);
    }

    private String awaitBackfill(Arguments arguments, Caller caller) throws RefusedException, InterruptedException {
        caller.require(Permission.READ);
        int waited = equivalences.fetches().await();
        return Reply.object(json -> json.writeNumberProperty("tasks", waited));
    }

    static void requireWritable(Equivalences equivalences) throws RefusedException {
        if (equivalences.isReadOnly()) {
            throw new RefusedException("The equivalences of this service are read-only.");
        }
    }
}
