package dev.freshpyc.cli.serve;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Refuses requests that a web page of another site makes a browser send. A page can point its own name at 127.0.0.1 (DNS
 * rebinding): then {@code Host} has the page's name. A page can also send a request to a loopback address: then {@code Origin} has the
 * page's site.
 */
final class RequestGuard {

    private static final String LOOPBACK = "(?:localhost|127\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}|\\[::1])(?::\\d{1,5})?";
    private static final Pattern HOST = Pattern.compile(LOOPBACK, Pattern.CASE_INSENSITIVE);

    private RequestGuard() {}

    /**
     * Why a request is refused; empty for a request that may pass.
     *
     * @param hosts the values of {@code Host} and the authority of an absolute target
     * @param origins the values of {@code Origin}
     */
    static Optional<String> refusal(List<String> hosts, List<String> origins) {
        if (hosts.isEmpty()
                || !hosts.stream().allMatch(host -> HOST.matcher(host).matches())) {
            return Optional.of("The Host header does not name a loopback address.");
        }
        String own = "http://" + hosts.getFirst();
        return origins.stream().allMatch(own::equalsIgnoreCase)
                ? Optional.empty()
                : Optional.of("The Origin header names another site.");
    }
}
