package dev.freshpyc.cli.command;

import dev.freshpyc.cli.option.CommandFailure;
import dev.freshpyc.cli.option.ExitCode;
import dev.freshpyc.cli.option.IndexArguments;
import dev.freshpyc.cli.option.OptionFile;
import dev.freshpyc.cli.option.Options;
import dev.freshpyc.cli.option.ServerAddress;
import dev.freshpyc.cli.serve.equivalence.EquivalenceStore;
import dev.freshpyc.cli.serve.equivalence.Equivalences;
import dev.freshpyc.cli.serve.equivalence.PostgresAddress;
import dev.freshpyc.cli.serve.equivalence.Upstream;
import dev.freshpyc.core.path.EnvironmentVariables;
import dev.freshpyc.core.path.JavaPath;
import dev.freshpyc.core.path.RawPath;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** The options of {@code serve} about the store of equivalences and about another server to ask. */
final class EquivalenceArguments {

    private static final String STORE = "--store";
    private static final String PASSWORD = "--store-password-file";
    private static final String UPSTREAM = "--upstream";
    private static final String READ_ONLY = "--read-only-equivalence";
    private static final String PREFIX = "--equivalence-prefix";
    private static final Pattern PREFIXES = Pattern.compile("(/[A-Za-z0-9._~-]+)*");
    private static final String SQLITE = "jdbc:sqlite:";
    private static final String POSTGRES = PostgresAddress.PREFIX + "//HOST/DATABASE?user=NAME";
    private static final String FILE = "equivalence.sqlite";

    private EquivalenceArguments() {}

    static void declare(CommandSpec spec) {
        spec.addOption(Options.value(
                        STORE,
                        "URL",
                        String.class,
                        "The database of hash equivalences: " + SQLITE + "FILE, or " + POSTGRES
                                + " for several services that share it. Default: " + FILE
                                + " in the directory of the indexes."))
                .addOption(Options.value(
                        PASSWORD,
                        "FILE",
                        String.class,
                        "The password of the PostgreSQL user is the first line of FILE. Default: PGPASSWORD, or the file"
                                + " that PGPASSFILE names, or ~/.pgpass."))
                .addOption(
                        Options.value(
                                UPSTREAM,
                                "URL",
                                String.class,
                                "A hash-equivalence server that is asked about tasks that are not known here; its answers are kept."))
                .addOption(Options.value(
                        PREFIX,
                        "PATH",
                        String.class,
                        "What stands before /v1/equivalent in the addresses that clients use, such as /builds."))
                .addOption(Options.flag(READ_ONLY, "Answer reports of equivalences and do not store them."));
    }

    /**
     * Opens the store.
     *
     * @param tell takes a line for the operator when another server stops answering, and when it answers again
     * @throws CommandFailure when an option is wrong or the database cannot be used
     */
    static Equivalences open(ParseResult parsed, Consumer<String> tell) {
        Optional<Upstream> upstream = upstream(parsed)
                .map(url -> new Upstream(url, ServerAddress.client(UPSTREAM, url), System::nanoTime, tell));
        try {
            return new Equivalences(store(parsed, tell), upstream, parsed.hasMatchedOption(READ_ONLY));
        } catch (IOException unusable) {
            throw new CommandFailure(
                    ExitCode.INCOMPLETE,
                    "cannot use the database of equivalences: "
                            + RawPath.of(String.valueOf(unusable.getMessage())).shown()
                            + " (mend this, or name another database with "
                            + STORE + ")");
        }
    }

    /**
     * The part of paths before {@code /v1/equivalent}; empty without the option.
     *
     * @throws CommandFailure when the value is not a plain path
     */
    static String prefix(ParseResult parsed) {
        String prefix = parsed.matchedOptionValue(PREFIX, "").replaceFirst("/$", "");
        if (!PREFIXES.matcher(prefix).matches()) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    PREFIX + " " + RawPath.of(prefix).shown()
                            + ": not a path of letters, digits, and - . _ ~, such as /builds");
        }
        return prefix;
    }

    private static EquivalenceStore store(ParseResult parsed, Consumer<String> tell) throws IOException {
        @Nullable String url = parsed.matchedOptionValue(STORE, (String) null);
        Optional<String> password = password(parsed);
        if (url == null) {
            return EquivalenceStore.open(IndexArguments.requiredLocation(parsed).resolve(FILE));
        }
        if (url.startsWith(PostgresAddress.PREFIX)) {
            return EquivalenceStore.open(address(url, password), tell);
        }
        if (!url.startsWith(SQLITE) || url.length() == SQLITE.length()) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    STORE + " " + RawPath.of(url).shown() + ": neither " + SQLITE + "FILE nor " + POSTGRES);
        }
        return EquivalenceStore.open(JavaPath.of(url.substring(SQLITE.length())));
    }

    /** The address in a URL. Messages do not show the URL, since it may have a password. */
    private static PostgresAddress address(String url, Optional<String> password) {
        try {
            return PostgresAddress.of(url, password);
        } catch (IllegalArgumentException wrong) {
            throw new CommandFailure(
                    ExitCode.USAGE, STORE + ": " + wrong.getMessage() + "; write " + POSTGRES + " and " + PASSWORD);
        }
    }

    private static Optional<String> password(ParseResult parsed) {
        @Nullable String name = parsed.matchedOptionValue(PASSWORD, (String) null);
        if (name == null) {
            return EnvironmentVariables.get("PGPASSWORD");
        }
        OptionFile file = new OptionFile(PASSWORD, name);
        return Optional.of(new String(file.read(), StandardCharsets.UTF_8)
                .lines()
                .findFirst()
                .filter(line -> !line.isEmpty())
                .orElseThrow(() -> file.unusable("its first line is empty")));
    }

    private static Optional<URI> upstream(ParseResult parsed) {
        @Nullable String url = parsed.matchedOptionValue(UPSTREAM, (String) null);
        return Optional.ofNullable(url).map(address -> ServerAddress.of(UPSTREAM, address));
    }
}
