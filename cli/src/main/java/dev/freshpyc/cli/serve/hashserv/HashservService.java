package dev.freshpyc.cli.serve.hashserv;

import dev.freshpyc.cli.serve.Access;
import dev.freshpyc.cli.serve.equivalence.Equivalences;
import java.util.ArrayList;
import java.util.List;

/** Answers clients of OEHASHEQUIV at any number of addresses, each client on a virtual thread. */
public final class HashservService implements AutoCloseable {

    private final Connections connections;
    private final List<Listener> listeners = new ArrayList<>();

    private HashservService(ConnectionLimits limits) {
        connections = new Connections(limits);
    }

    /**
     * Starts to listen.
     *
     * @param access has the tokens, the certificate and the host names of the service
     * @throws dev.freshpyc.cli.option.CommandFailure when an address cannot be listened at
     */
    public static HashservService start(List<HashservAddress> addresses, Access access, Equivalences equivalences) {
        return start(addresses, access, equivalences, ConnectionLimits.DEFAULT);
    }

    static HashservService start(
            List<HashservAddress> addresses, Access access, Equivalences equivalences, ConnectionLimits limits) {
        HashservService service = new HashservService(limits);
        CommandTable commands = new CommandTable(equivalences, access.tokens());
        try {
            for (HashservAddress address : addresses) {
                service.listeners.add(Listener.of(address, access, commands, service.connections));
            }
        } catch (RuntimeException refused) {
            service.close();
            throw refused;
        }
        return service;
    }

    /** The addresses as clients spell them, with the ports that the system chose. */
    public List<String> addresses() {
        return listeners.stream().map(Listener::shown).toList();
    }

    /** Stops listening and drops the connections. */
    @Override
    public void close() {
        listeners.forEach(Listener::close);
        connections.close();
    }
}
