package dev.freshpyc.cli.command;

import dev.freshpyc.cli.option.CommandFailure;
import dev.freshpyc.cli.option.ExitCode;
import dev.freshpyc.cli.option.OptionFile;
import dev.freshpyc.cli.option.Options;
import dev.freshpyc.cli.serve.Access;
import dev.freshpyc.cli.serve.ListenAddress;
import dev.freshpyc.cli.serve.ServerIdentity;
import dev.freshpyc.cli.serve.Tokens;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** The options of {@code serve} that say who may reach the service. Anything but the loopback interface needs TLS and tokens. */
final class AccessArguments {

    private static final String LISTEN = "--listen";
    private static final String CERTIFICATE = "--tls-cert";
    private static final String KEY = "--tls-key";
    private static final String INSECURE = "--insecure";
    private static final String TOKENS = "--token-file";
    private static final String HOST = "--host";

    private AccessArguments() {}

    static void declare(CommandSpec spec) {
        spec.addOption(Options.value(
                        LISTEN,
                        "ADDRESS:PORT",
                        String.class,
                        "The address to listen at; port 0 takes any free port. An address that is not of the loopback"
                                + " interface needs --tls-cert with --tls-key, or --insecure, and --token-file. Default: "
                                + ListenAddress.DEFAULT + "."))
                .addOption(Options.value(CERTIFICATE, "FILE", String.class, "The certificate chain for TLS, in PEM."))
                .addOption(Options.value(
                        KEY, "FILE", String.class, "The key of the certificate, in PEM (PKCS #8) without a password."))
                .addOption(Options.flag(INSECURE, "Listen without TLS at an address that others can reach."))
                .addOption(Options.value(
                        TOKENS,
                        "FILE",
                        String.class,
                        "Let only clients write that send a token (Authorization: Bearer TOKEN). FILE has the SHA-256 of"
                                + " each token in a line, as sha256sum prints it."))
                .addOption(Options.repeated(
                        HOST, "NAME", "A name of this service that requests may have in the Host header."));
    }

    static Access of(ParseResult parsed) {
        ListenAddress address = ListenAddress.of(parsed.matchedOptionValue(LISTEN, ListenAddress.DEFAULT));
        Optional<ServerIdentity> identity = identity(parsed);
        @Nullable String tokens = parsed.matchedOptionValue(TOKENS, (String) null);
        if (!address.isLoopback()) {
            require(
                    identity.isPresent() || isInsecure(parsed),
                    "others can reach this address: add --tls-cert and --tls-key, or --insecure");
            require(tokens != null, "others can reach this address: add --token-file");
        }
        List<String> hosts = parsed.matchedOptionValue(HOST, List.of());
        Set<String> names =
                hosts.stream().map(name -> name.toLowerCase(Locale.ROOT)).collect(Collectors.toUnmodifiableSet());
        return new Access(
                address,
                identity,
                tokens == null ? Tokens.NOT_NEEDED : Tokens.read(new OptionFile(TOKENS, tokens)),
                names);
    }

    static boolean isInsecure(ParseResult parsed) {
        return parsed.hasMatchedOption(INSECURE);
    }

    private static Optional<ServerIdentity> identity(ParseResult parsed) {
        @Nullable String certificate = parsed.matchedOptionValue(CERTIFICATE, (String) null);
        @Nullable String key = parsed.matchedOptionValue(KEY, (String) null);
        if (certificate == null && key == null) {
            return Optional.empty();
        }
        if (certificate == null || key == null) {
            throw new CommandFailure(ExitCode.USAGE, "give both " + CERTIFICATE + " and " + KEY);
        }
        return Optional.of(ServerIdentity.read(new OptionFile(CERTIFICATE, certificate), new OptionFile(KEY, key)));
    }

    private static void require(boolean condition, String why) {
        if (!condition) {
            throw new CommandFailure(ExitCode.USAGE, LISTEN + ": " + why);
        }
    }
}
