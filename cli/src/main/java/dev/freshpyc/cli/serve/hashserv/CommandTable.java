package dev.freshpyc.cli.serve.hashserv;

import dev.freshpyc.cli.serve.Tokens;
import dev.freshpyc.cli.serve.equivalence.Equivalences;
import java.io.IOException;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** All commands by their names. */
final class CommandTable {

    private static final Set<String> STREAMS = Set.of("get-stream", "exists-stream", "gc-mark-stream");

    private final Map<String, HashservCommand> commands = new HashMap<>();
    private final LineStreams streams;
    private final RequestStats stats = new RequestStats();
    private final Set<Permission> anonymous;

    /** The commands of a service. Where there are tokens, only clients with a token may write. */
    CommandTable(Equivalences equivalences, Tokens tokens) {
        streams = new LineStreams(equivalences);
        anonymous = tokens.areNeeded()
                ? EnumSet.of(Permission.READ)
                : EnumSet.of(Permission.READ, Permission.REPORT, Permission.DB_ADMIN);
        commands.put("ping", (_, _) -> Reply.object(json -> json.writeBooleanProperty("alive", true)));
        commands.putAll(stats.commands());
        commands.putAll(new EquivalenceCommands(equivalences).all());
        commands.putAll(new MaintenanceCommands(equivalences).all());
        commands.putAll(new UserCommands(equivalences, tokens).all());
    }

    /** An anonymous client. */
    Caller newCaller() {
        return new Caller(anonymous);
    }

    boolean knows(String name) {
        return commands.containsKey(name) || STREAMS.contains(name);
    }

    /** The stream of a name, for a client that may use it. */
    Optional<LineStream> stream(String name, Caller caller) throws RefusedException {
        return streams.open(name, caller);
    }

    /** The answer to a message that opens no stream. */
    String answer(Message message, Caller caller) throws RefusedException, IOException, InterruptedException {
        HashservCommand command = commands.get(message.command());
        if (command == null) {
            throw new RefusedException("Unrecognized command");
        }
        return command.answer(message.arguments(), caller);
    }

    RequestStats stats() {
        return stats;
    }
}
