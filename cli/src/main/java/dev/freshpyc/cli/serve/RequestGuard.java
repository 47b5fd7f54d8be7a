package dev.freshpyc.cli.serve;

import java.net.InetAddress;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Refuses requests that a web page of another site makes a browser send. A page can point its own name at the address of the
 * service (DNS rebinding), and {@code Host} has this name then. So {@code Host} must be a literal address, {@code localhost}, or a
 * configured name. A page can also send a request to the address itself, and {@code Origin} has the page's site then.
 */
public final class RequestGuard {

    private static final Pattern AUTHORITY = Pattern.compile("(?:\\[([0-9a-fA-F:.]+)]|([^:\\[\\]@/]+))(?::\\d{1,5})?");

    private final Access access;

    /** A guard of the service at the address of an access. */
    public RequestGuard(Access access) {
        this.access = access;
    }

    /**
     * The reason for refusing a request; empty for a request that may pass.
     *
     * @param hosts the values of {@code Host} and the authority of an absolute target
     * @param origins the values of {@code Origin}
     */
    public Optional<String> refusal(List<String> hosts, List<String> origins) {
        if (hosts.isEmpty() || !hosts.stream().allMatch(this::isOwn)) {
            return Optional.of(
                    "The Host header does not name this service: start the service with --host NAME to add a name.");
        }
        String own = access.scheme() + "://" + hosts.getFirst();
        return origins.stream().allMatch(own::equalsIgnoreCase)
                ? Optional.empty()
                : Optional.of("The Origin header names another site.");
    }

    private boolean isOwn(String host) {
        Matcher match = AUTHORITY.matcher(host);
        if (!match.matches()) {
            return false;
        }
        String name = (match.group(1) == null ? match.group(2) : match.group(1)).toLowerCase(Locale.ROOT);
        return name.equals("localhost") || access.hosts().contains(name) || isAllowedLiteral(name);
    }

    /** Whether a host is a literal address that may name the service: a loopback address, or any address where it listens elsewhere. */
    private boolean isAllowedLiteral(String name) {
        try {
            return InetAddress.ofLiteral(name).isLoopbackAddress()
                    || !access.address().isLoopback();
        } catch (IllegalArgumentException _) {
            return false;
        }
    }
}
