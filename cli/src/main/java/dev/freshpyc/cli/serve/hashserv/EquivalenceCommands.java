package dev.freshpyc.cli.serve.hashserv;

import dev.freshpyc.cli.serve.equivalence.Column;
import dev.freshpyc.cli.serve.equivalence.Equivalences;
import dev.freshpyc.cli.serve.equivalence.FieldException;
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
     * What builds get as a unihash they put into names of files and into variables that they expand: only harmless characters are taken from a
     * client.
     */
    private static final Pattern UNIHASH = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.:+=-]*");

    private final Equivalences equivalences;

    EquivalenceCommands(Equivalences equivalences) {
        this.equivalences = equivalences;
    }

    Map<String, Command> all() {
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

    /** Which task has made an output. The protocol sends a taskhash too, which no server looks at. */
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

    /** Stores a report; of a client that may only read, it is answered and not stored. */
    private String report(Arguments arguments, Caller caller)
            throws RefusedException, IOException, InterruptedException {
        caller.require(Permission.READ);
        TaskKey task = arguments.task();
        String outhash = arguments.required(Column.OUTHASH);
        requireStorable(task, outhash);
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

    /** What people want to know of the task; whoever has said who it is counts as the owner. */
    private static Map<Column, String> details(Arguments arguments, Caller caller) {
        Map<Column, String> details = new EnumMap<>(Column.class);
        for (Column column : Column.DETAILS) {
            arguments.text(column.label()).ifPresent(value -> details.put(column, value));
        }
        caller.user().ifPresent(user -> details.put(Column.OWNER, user.name()));
        return details;
    }

    /** Stores that a task has a unihash, unless the task has one by now. */
    private String reportEquivalence(Arguments arguments, Caller caller)
            throws RefusedException, IOException, InterruptedException {
        caller.require(Permission.READ, Permission.REPORT);
        requireWritable(equivalences);
        TaskKey task = arguments.task();
        requireStorable(task, "");
        String unihash = unihash(arguments);
        String kept = equivalences.store().keep(Map.of(task, unihash)).getOrDefault(task, unihash);
        return Reply.unihash(task, kept);
    }

    private static void requireStorable(TaskKey task, String outhash) throws RefusedException {
        try {
            task.requireStorable(outhash);
        } catch (FieldException tooLong) {
            throw new RefusedException(String.valueOf(tooLong.getMessage()));
        }
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
