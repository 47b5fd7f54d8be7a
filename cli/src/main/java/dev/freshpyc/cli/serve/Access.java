package dev.freshpyc.cli.serve;

import java.util.Optional;
import java.util.Set;

/**
 * The rules of access to the service.
 *
 * @param identity for TLS; empty for plain HTTP
 * @param tokens tells which clients may write
 * @param hosts further names of the service that a {@code Host} header may have, in lower case
 */
public record Access(ListenAddress address, Optional<ServerIdentity> identity, Tokens tokens, Set<String> hosts) {

    /** On the loopback interface everybody may do everything. */
    public static Access local(ListenAddress address) {
        return new Access(address, Optional.empty(), Tokens.NOT_NEEDED, Set.of());
    }

    /** The same rules at another address. */
    public Access at(ListenAddress other, boolean isTls) {
        return new Access(other, isTls ? identity : Optional.empty(), tokens, hosts);
    }

    String scheme() {
        return identity.isPresent() ? "https" : "http";
    }

    /** The address for people. */
    public String shown(int port) {
        return scheme() + "://" + address.shownHost() + ":" + port;
    }
}
