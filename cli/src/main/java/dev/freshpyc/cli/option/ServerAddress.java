package dev.freshpyc.cli.option;

import dev.freshpyc.cli.http.BoundedClient;
import dev.freshpyc.core.path.EnvironmentVariables;
import dev.freshpyc.core.path.RawPath;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Set;

/** The address of a hash-equivalence server, as an option names it, and a client of the server. */
public final class ServerAddress {

    private static final Set<String> SCHEMES = Set.of("http", "https");

    private ServerAddress() {}

    /**
     * The address of a server, to which the paths of the protocol are appended.
     *
     * @param option the name of the option
     * @throws CommandFailure when the text is no address of a server
     */
    public static URI of(String option, String url) {
        try {
            URI uri = new URI(url.replaceFirst("/+$", ""));
            boolean plain = uri.getHost() != null
                    && uri.getRawUserInfo() == null
                    && uri.getRawQuery() == null
                    && uri.getRawFragment() == null;
            if (plain && SCHEMES.contains(uri.getScheme())) {
                return uri;
            }
        } catch (URISyntaxException _) {
            // The text is refused below, like any other text that is no address of a server.
        }
        throw new CommandFailure(
                ExitCode.USAGE,
                option + " " + RawPath.of(url).shown() + ": not the address of a server, such as http://host:8686");
    }

    /**
     * A client of the server.
     *
     * @param option the name of the option
     * @throws CommandFailure when the environment names certificate authorities that cannot be read
     */
    public static BoundedClient client(String option, URI server) {
        try {
            return BoundedClient.of(server, EnvironmentVariables.all());
        } catch (IOException unusable) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    option + ": "
                            + RawPath.of(String.valueOf(unusable.getMessage())).shown());
        }
    }
}
