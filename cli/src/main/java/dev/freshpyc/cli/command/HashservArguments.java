package dev.freshpyc.cli.command;

import dev.freshpyc.cli.option.CommandFailure;
import dev.freshpyc.cli.option.ExitCode;
import dev.freshpyc.cli.option.Options;
import dev.freshpyc.cli.serve.Access;
import dev.freshpyc.cli.serve.ListenAddress;
import dev.freshpyc.cli.serve.hashserv.HashservAddress;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** The addresses of {@code serve} for clients of OEHASHEQUIV. */
final class HashservArguments {

    private HashservArguments() {}

    static void declare(CommandSpec spec) {
        spec.addOption(Options.repeated(
                HashservAddress.OPTION,
                "ADDRESS",
                "Also answer clients of OEHASHEQUIV 1.1, which bitbake speaks, at HOST:PORT, unix:PATH, ws://HOST:PORT or"
                        + " wss://HOST:PORT. Can be given several times."));
    }

    /**
     * The addresses.
     *
     * @throws CommandFailure when an address is wrong, or when others can reach it and an option that this requires is missing
     */
    static List<HashservAddress> of(ParseResult parsed, Access access) {
        List<String> texts = parsed.matchedOptionValue(HashservAddress.OPTION, List.of());
        List<HashservAddress> addresses =
                texts.stream().map(HashservAddress::of).toList();
        addresses.forEach(address -> require(address, parsed, access));
        return addresses;
    }

    private static void require(HashservAddress address, ParseResult parsed, Access access) {
        switch (address) {
            case HashservAddress.Unix _ -> {}
            case HashservAddress.Tcp(var tcp) -> requireOpen(tcp, false, parsed, access);
            case HashservAddress.WebSocket(var tcp, var isTls) -> {
                require(access.identity().isPresent() || !isTls, "wss:// needs --tls-cert and --tls-key");
                requireOpen(tcp, isTls, parsed, access);
            }
        }
    }

    private static void requireOpen(ListenAddress address, boolean isTls, ParseResult parsed, Access access) {
        if (!address.isLoopback()) {
            require(
                    isTls || AccessArguments.isInsecure(parsed),
                    "others can reach this address, and there is no TLS but with wss://: use wss://, or add --insecure");
            require(access.tokens().areNeeded(), "others can reach this address: add --token-file");
        }
    }

    private static void require(boolean condition, String why) {
        if (!condition) {
            throw new CommandFailure(ExitCode.USAGE, HashservAddress.OPTION + ": " + why);
        }
    }
}
