package dev.freshpyc.cli.serve.hashserv;

import dev.freshpyc.cli.serve.equivalence.CollectionStatus;
import dev.freshpyc.cli.serve.equivalence.Column;
import dev.freshpyc.cli.serve.equivalence.Equivalences;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** The commands that collect and remove equivalences, and tell how many there are. */
final class MaintenanceCommands {

    private static final BigDecimal MAX_SECONDS = BigDecimal.valueOf(Integer.MAX_VALUE);

    private final Equivalences equivalences;

    MaintenanceCommands(Equivalences equivalences) {
        this.equivalences = equivalences;
    }

    Map<String, HashservCommand> all() {
        return Map.of(
                "gc-mark", this::mark,
                "gc-sweep", this::sweep,
                "gc-status", this::status,
                "remove", this::remove,
                "clean-unused", this::cleanUnused,
                "get-db-usage", this::usage,
                "get-db-query-columns", this::columns);
    }

    private void requireAdmin(Caller caller) throws RefusedException {
        caller.require(Permission.DB_ADMIN);
        EquivalenceCommands.requireWritable(equivalences);
    }

    private String mark(Arguments arguments, Caller caller) throws RefusedException, IOException, InterruptedException {
        requireAdmin(caller);
        return Reply.count(equivalences
                .store()
                .maintenance()
                .mark(arguments.required(Arguments.MARK), List.of(arguments.where()))
                .getFirst());
    }

    private String sweep(Arguments arguments, Caller caller)
            throws RefusedException, IOException, InterruptedException {
        requireAdmin(caller);
        OptionalLong removed = equivalences.sweep(arguments.required(Arguments.MARK));
        if (removed.isEmpty()) {
            throw new RefusedException("This mark is not in use: mark rows with gc-mark first.");
        }
        return Reply.count(removed.getAsLong());
    }

    private String status(Arguments arguments, Caller caller)
            throws RefusedException, IOException, InterruptedException {
        caller.require(Permission.DB_ADMIN);
        CollectionStatus status = equivalences.store().rows().status();
        return Reply.object(json -> {
            json.writeNumberProperty("keep", status.kept());
            json.writeNumberProperty("remove", status.removed());
            Reply.write(json, Arguments.MARK, status.mark());
        });
    }

    /** Removes the rows that fulfil conditions; removes none where there is no condition. */
    private String remove(Arguments arguments, Caller caller)
            throws RefusedException, IOException, InterruptedException {
        requireAdmin(caller);
        Map<Column, String> where = arguments.where();
        return Reply.count(
                where.isEmpty() ? 0 : equivalences.store().maintenance().remove(where));
    }

    private String cleanUnused(Arguments arguments, Caller caller)
            throws RefusedException, IOException, InterruptedException {
        requireAdmin(caller);
        Duration age = seconds(arguments.required(Arguments.MAX_AGE));
        return Reply.count(equivalences.store().maintenance().cleanUnused(age));
    }

    private static Duration seconds(String text) throws RefusedException {
        try {
            BigDecimal seconds = new BigDecimal(text);
            if (seconds.signum() >= 0 && seconds.compareTo(MAX_SECONDS) <= 0) {
                return Duration.ofSeconds(seconds.longValue());
            }
        } catch (NumberFormatException _) {
            // The text is refused below, like a number that is out of range.
        }
        throw new RefusedException("The field 'max_age_seconds' is not a number of seconds.");
    }

    private String usage(Arguments arguments, Caller caller)
            throws RefusedException, IOException, InterruptedException {
        caller.require(Permission.DB_ADMIN);
        Map<String, Long> usage = equivalences.store().rows().usage();
        return Reply.object(json -> {
            json.writeObjectPropertyStart("usage");
            usage.forEach((table, rows) -> {
                json.writeObjectPropertyStart(table);
                json.writeNumberProperty("rows", rows);
                json.writeEndObject();
            });
            json.writeEndObject();
        });
    }

    /** The columns that conditions may name. */
    private String columns(Arguments arguments, Caller caller) throws RefusedException {
        caller.require(Permission.DB_ADMIN);
        List<String> columns = Arrays.stream(Column.values()).map(Column::label).toList();
        return Reply.object(json -> Reply.write(json, "columns", columns));
    }
}
