package dev.freshpyc.cli.serve;

import dev.freshpyc.cli.option.CommandFailure;
import dev.freshpyc.cli.option.ExitCode;
import dev.freshpyc.core.path.RawPath;
import java.net.InetAddress;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The address that the service listens at.
 *
 * @param host a literal address without brackets; no name is resolved
 * @param port 0 for any free port
 */
public record ListenAddress(String host, int port) {

    /** The address without {@code --listen}. */
    public static final String DEFAULT = "127.0.0.1:8686";

    private static final Pattern SPELLING = Pattern.compile("(?:\\[([0-9a-fA-F:.]+)]|([^:\\[\\]]+)):(\\d{1,5})");
    private static final int MAX_PORT = 65_535;

    /**
     * Reads {@code HOST:PORT}; an IPv6 address stands in brackets.
     *
     * @throws CommandFailure when the text is not an address
     */
    public static ListenAddress of(String text) {
        return of("--listen", text);
    }

    /**
     * Reads the value of an option as {@link #of(String)} does.
     *
     * @throws CommandFailure when the text is not an address
     */
    public static ListenAddress of(String option, String text) {
        Matcher match = SPELLING.matcher(text);
        if (!match.matches() || Integer.parseInt(match.group(3)) > MAX_PORT) {
            throw refused(option, text, "not HOST:PORT, such as " + DEFAULT);
        }
        String named = match.group(1) == null ? match.group(2) : match.group(1);
        String host = named.equals("localhost") ? "127.0.0.1" : named;
        try {
            InetAddress.ofLiteral(host);
        } catch (IllegalArgumentException name) {
            throw refused(option, text, "not a literal address, such as " + DEFAULT);
        }
        return new ListenAddress(host, Integer.parseInt(match.group(3)));
    }

    /** Whether only programs of this machine can reach the address. */
    public boolean isLoopback() {
        return InetAddress.ofLiteral(host).isLoopbackAddress();
    }

    /** The host as it stands in a URL. */
    public String shownHost() {
        return host.indexOf(':') < 0 ? host : "[" + host + "]";
    }

    private static CommandFailure refused(String option, String text, String why) {
        return new CommandFailure(
                ExitCode.USAGE, option + " " + RawPath.of(text).shown() + ": " + why);
    }
}
