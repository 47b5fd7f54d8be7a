package dev.freshpyc.cli.command;

import dev.freshpyc.cli.option.ExitCode;
import dev.freshpyc.cli.option.IndexArguments;
import dev.freshpyc.cli.option.Options;
import dev.freshpyc.cli.option.RootArgument;
import dev.freshpyc.cli.option.Streams;
import dev.freshpyc.cli.option.ValueConverters;
import dev.freshpyc.core.path.JavaPath;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.store.Generation.IndexVerification;
import dev.freshpyc.core.store.IndexInfo;
import dev.freshpyc.core.store.IndexStore;
import dev.freshpyc.indexer.fs.CanonicalPath;
import dev.freshpyc.indexer.scan.GivenPath;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code freshpyc index prune|verify}: care of the index files. */
final class IndexCommand implements Command {

    /** The task of the command. */
    enum Care {
        PRUNE,
        VERIFY;

        static Care of(String word) {
            return ValueConverters.oneOf(values(), word);
        }
    }

    @Override
    public CommandSpec spec() {
        CommandSpec spec = CommandSpec.create().name("index");
        spec.usageMessage()
                .description(
                        "Maintains the indexes: prune removes the indexes of path entries that no longer exist; verify reads every record and"
                                + " reports damage.");
        IndexArguments.declare(spec);
        return spec.addOption(RootArgument.ofEntries())
                .addPositional(Options.word("prune|verify", 0, Care.class, "What to do."));
    }

    @Override
    public int run(ParseResult parsed, Streams streams) {
        Predicate<RawPath> entries = RootArgument.contains(parsed);
        return switch (parsed.matchedPositionalValue(0, Care.VERIFY)) {
            case PRUNE -> prune(IndexArguments.required(parsed, streams), entries, streams);
            case VERIFY -> verify(IndexArguments.requiredUnchanged(parsed, streams), entries, streams);
        };
    }

    private static int prune(IndexStore store, Predicate<RawPath> entries, Streams streams) {
        for (IndexInfo info : StoreReads.list(store, entries)) {
            if (!isThere(info.entry())) {
                StoreReads.ask(() -> {
                    store.remove(info.entry());
                    return true;
                });
                streams.out().println(info.entry().shown() + ": removed");
            }
        }
        return ExitCode.OK;
    }

    /** Whether a path entry exists: a directory, or an archive. */
    private static boolean isThere(RawPath entry) {
        return CanonicalPath.isDirectory(entry) || GivenPath.archive(entry, 0).isPresent();
    }

    private static int verify(IndexStore store, Predicate<RawPath> entries, Streams streams) {
        List<Path> damaged = StoreReads.ask(store::damaged);
        for (Path file : damaged) {
            streams.out()
                    .println(JavaPath.toRaw(file).shown()
                            + ": damaged; 'freshpyc refresh' of the entry makes a new index");
        }
        boolean passed = damaged.isEmpty();
        for (IndexInfo info : StoreReads.list(store, entries)) {
            Optional<IndexVerification> verification = StoreReads.ask(() -> store.verify(info.entry()));
            passed &= verification.isPresent() && verification.get().passed();
            streams.out().println(info.entry().shown() + ": " + describe(verification));
        }
        return passed ? ExitCode.OK : ExitCode.INCOMPLETE;
    }

    private static String describe(Optional<IndexVerification> verification) {
        if (verification.isEmpty()) {
            return "damaged";
        }
        IndexVerification found = verification.get();
        String faulty = found.faulty().isEmpty()
                ? ""
                : "; invalid: "
                        + String.join(
                                ", ",
                                found.faulty().stream().map(RawPath::shown).toList());
        return found.whole() + " of " + found.info().records() + " records are valid" + faulty;
    }
}
