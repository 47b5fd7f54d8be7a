package dev.freshpyc.cli.option;

import dev.freshpyc.cli.equivalence.HttpEquivalenceServer;
import dev.freshpyc.core.store.StoreEvents;
import dev.freshpyc.core.store.file.IndexDirectory;
import dev.freshpyc.indexer.equivalence.EquivalenceCache;
import dev.freshpyc.indexer.equivalence.EquivalenceExchange;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** The options that name a hash-equivalence server, which is asked about pairs and told about proven ones. */
public final class EquivalenceServerArgument {

    private static final String SERVER = "--equivalence";
    private static final String TOKEN = "--equivalence-token-file";
    private static final Pattern SECRET = Pattern.compile("[\\x21-\\x7e]{1,512}");

    private EquivalenceServerArgument() {}

    public static void declare(CommandSpec spec) {
        spec.addOption(
                        Options.value(
                                SERVER,
                                "URL",
                                String.class,
                                "The hash-equivalence server ('freshpyc serve') to ask about bytecode that nothing proves, and to report proofs to. Its answers are evidence."))
                .addOption(
                        Options.value(TOKEN, "FILE", String.class, "The file with the token that the server wants."));
    }

    /** Whether a server is named. */
    public static boolean isAsked(ParseResult parsed) {
        return parsed.hasMatchedOption(SERVER);
    }

    /**
     * The exchange with the server; empty without the option.
     *
     * @throws CommandFailure when an option is wrong
     */
    public static Optional<EquivalenceExchange> of(ParseResult parsed) {
        @Nullable String url = parsed.matchedOptionValue(SERVER, (String) null);
        if (url == null) {
            if (parsed.hasMatchedOption(TOKEN)) {
                throw new CommandFailure(ExitCode.USAGE, TOKEN + " needs " + SERVER + " URL");
            }
            return Optional.empty();
        }
        URI address = ServerAddress.of(SERVER, url);
        Optional<String> token = token(parsed, address);
        IndexDirectory directory = new IndexDirectory(IndexArguments.requiredLocation(parsed), StoreEvents.NONE);
        return Optional.of(new EquivalenceExchange(
                new HttpEquivalenceServer(address, token, ServerAddress.client(SERVER, address)),
                EquivalenceCache.open(directory, address.toString())));
    }

    private static Optional<String> token(ParseResult parsed, URI address) {
        @Nullable String name = parsed.matchedOptionValue(TOKEN, (String) null);
        if (name == null) {
            return Optional.empty();
        }
        OptionFile file = new OptionFile(TOKEN, name);
        String token = new String(file.read(), StandardCharsets.ISO_8859_1).strip();
        if (!SECRET.matcher(token).matches()) {
            throw file.unusable("it must hold one line: the token whose SHA-256 is in the --token-file of the server");
        }
        if ("http".equals(address.getScheme()) && !isLoopback(address.getHost())) {
            throw new CommandFailure(
                    ExitCode.USAGE, TOKEN + ": the network could read the token; use https:// in " + SERVER);
        }
        return Optional.of(token);
    }

    private static boolean isLoopback(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException _) {
            return false;
        }
    }
}
