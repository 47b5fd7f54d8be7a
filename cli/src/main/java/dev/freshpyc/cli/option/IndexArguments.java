package dev.freshpyc.cli.option;

import dev.freshpyc.core.path.EnvironmentVariables;
import dev.freshpyc.core.path.JavaPath;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.proof.ManyProofs;
import dev.freshpyc.core.proof.ProofStore;
import dev.freshpyc.core.store.IndexStore;
import dev.freshpyc.core.store.LayeredStore;
import dev.freshpyc.core.store.RootedStore;
import dev.freshpyc.core.store.StoreEvents;
import dev.freshpyc.core.store.chronicle.ChronicleStore;
import dev.freshpyc.core.store.file.IndexDirectory;
import dev.freshpyc.core.verdict.RacyWindow;
import dev.freshpyc.indexer.answer.AnswerStore;
import dev.freshpyc.indexer.environment.AnswerMemory;
import dev.freshpyc.indexer.host.HostFiles;
import dev.freshpyc.indexer.index.IndexLocation;
import dev.freshpyc.indexer.metadata.EntryPointCache;
import dev.freshpyc.indexer.repair.journal.JournalDirectory;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** The options that name the directory of the indexes. */
public final class IndexArguments {

    private static final String INDEX = "--index";
    private static final String NO_INDEX = "--no-index";
    private static final String MAX_PROOFS = "--max-proofs";
    private static final String NO_PLACE =
            "no directory for the index: the default cache directory is not yours; choose one with --index DIR";

    private IndexArguments() {}

    public static void declare(CommandSpec spec) {
        spec.addOption(
                Options.value(
                        INDEX,
                        "DIR",
                        String.class,
                        "The directory of the indexes. Default: $FRESHPYC_INDEX, else /var/cache/freshpyc for root and the user's cache directory for others."));
    }

    /** The directory of the indexes; empty when there is none that this user may write to. */
    public static Optional<Path> location(ParseResult parsed) {
        return IndexLocation.find(wished(parsed), EnvironmentVariables.all());
    }

    /** The directory of the indexes, where the user named one. */
    public static Optional<Path> named(ParseResult parsed) {
        return wished(parsed).map(JavaPath::of);
    }

    private static Optional<String> wished(ParseResult parsed) {
        @Nullable String wished = parsed.matchedOptionValue(INDEX, (String) null);
        return Optional.ofNullable(wished);
    }

    /**
     * The indexes to read: the user's, then those that root has made for all users, then the sealed indexes of the system's image. Empty
     * where none exist. With a root directory, the indexes may name the entries by their paths inside.
     *
     * @param events gets the faults of index files
     */
    public static Optional<IndexStore> readable(ParseResult parsed, StoreEvents events) {
        Stream<IndexStore> own = existing(location(parsed).stream()).map(place -> toRead(place, events));
        Stream<IndexStore> others = existing(ofOthers(parsed)).map(place -> ChronicleStore.ofOthers(place, events));
        Optional<IndexStore> stores = Stream.concat(own, others).reduce(LayeredStore::new);
        Optional<RawPath> root = RootArgument.of(parsed);
        return stores.map(
                known -> root.isEmpty() ? known : new LayeredStore(known, new RootedStore(known, root.get())));
    }

    /** The indexes to read, for a command that reads nothing else. */
    public static IndexStore requiredToRead(ParseResult parsed, Streams streams) {
        return readable(parsed, telling(streams.err())).orElseGet(() -> required(parsed, streams));
    }

    /**
     * The proofs by content to read, the user's own first.
     *
     * @param err gets a line for each file that is not usable
     */
    public static ManyProofs openProofs(ParseResult parsed, Optional<PrintStream> err) {
        StoreEvents events = err.map(IndexArguments::tellingOfProofs).orElse(StoreEvents.NONE);
        Stream<ProofStore> own = existing(location(parsed).stream())
                .map(place -> IndexLocation.isOfImage(place)
                        ? ProofStore.ofOthers(place, events)
                        : new ProofStore(place, events, ProofStore.DEFAULT_MOST));
        return new ManyProofs(Stream.concat(own, sharedProofs(parsed, events))
                .filter(kept -> !kept.isEmpty())
                .map(ProofStore::open)
                .toList());
    }

    /** The proofs that this user reads and does not write: root's, and those of the system's image. */
    private static Stream<ProofStore> sharedProofs(ParseResult parsed, StoreEvents events) {
        return existing(ofOthers(parsed)).map(place -> ProofStore.ofOthers(place, events));
    }

    /** The directories that this user reads and does not write: root's, and that of the system's image. */
    private static Stream<Path> ofOthers(ParseResult parsed) {
        return Stream.of(
                        IndexLocation.shared(wished(parsed), EnvironmentVariables.all()),
                        IndexLocation.sealed(wished(parsed), EnvironmentVariables.all()))
                .flatMap(Optional::stream);
    }

    private static Stream<Path> existing(Stream<Path> places) {
        return places.filter(IndexDirectory::mayExist);
    }

    /**
     * The cache of entry points beside the indexes. For another root directory, in which links lead elsewhere, no entry points are kept.
     *
     * @param err gets a line for each file that is not usable
     */
    public static EntryPointCache entryPoints(ParseResult parsed, PrintStream err) {
        Optional<RawPath> root = RootArgument.of(parsed);
        return new EntryPointCache(
                root.isPresent() ? Optional.empty() : location(parsed),
                root.isPresent() ? Optional.empty() : IndexLocation.shared(wished(parsed), EnvironmentVariables.all()),
                telling(err, "file of entry points", "the path entry is read again"),
                RacyWindow.DEFAULT,
                HostFiles.readers(root),
                InstantSource.system());
    }

    /** The option that bounds the proofs by content. */
    public static OptionSpec mostProofs() {
        return Options.value(
                MAX_PROOFS,
                "N",
                Long.class,
                "Keep at most N proofs by content; those that were confirmed longest ago go first. Default: 2000000.");
    }

    /** The proofs by content beside the indexes, for a command that adds to them; empty when the user wants none. */
    public static Optional<ProofStore> proofs(ParseResult parsed, PrintStream err) {
        long most = parsed.matchedOptionValue(MAX_PROOFS, ProofStore.DEFAULT_MOST);
        if (most < 0) {
            throw new CommandFailure(ExitCode.USAGE, MAX_PROOFS + " needs a number that is not negative");
        }
        StoreEvents events = tellingOfProofs(err);
        return most == 0
                ? Optional.empty()
                : Optional.of(new ProofStore(
                        new IndexDirectory(requiredLocation(parsed), events, DurabilityArgument.forcing(parsed)),
                        most,
                        sharedProofs(parsed, events).toList()));
    }

    /** The proofs by content in a directory; faults of their files are printed. */
    public static ProofStore proofs(Path directory, PrintStream err) {
        return new ProofStore(directory, tellingOfProofs(err), ProofStore.DEFAULT_MOST);
    }

    /** The answers of interpreters in earlier runs, kept beside the indexes; none for a run without an index. */
    public static AnswerMemory answers(ParseResult parsed) {
        Optional<Path> place = parsed.hasMatchedOption(NO_INDEX) ? Optional.empty() : location(parsed);
        return place.<AnswerMemory>map(directory -> new AnswerStore(directory, StoreEvents.NONE, AnswerStore.SETTLING))
                .orElse(AnswerMemory.NONE);
    }

    /** The indexes, for a command that needs them. */
    public static IndexStore required(ParseResult parsed, Streams streams) {
        return new ChronicleStore(requiredLocation(parsed), telling(streams.err()), DurabilityArgument.forcing(parsed));
    }

    /** The indexes of one directory, for a command that changes none of them. */
    public static IndexStore requiredUnchanged(ParseResult parsed, Streams streams) {
        return toRead(requiredLocation(parsed), telling(streams.err()));
    }

    /** A user may name the directory of an image's sealed indexes. */
    private static IndexStore toRead(Path place, StoreEvents events) {
        return IndexLocation.isOfImage(place)
                ? ChronicleStore.ofOthers(place, events)
                : new ChronicleStore(place, events);
    }

    /**
     * Whether a run that only plans has no directory for indexes, where a run that changes something would be refused; prints that
     * the plan knows nothing of earlier runs.
     */
    public static boolean plansWithout(ParseResult parsed, boolean dry, PrintStream err) {
        boolean withoutIndex = dry && location(parsed).isEmpty();
        if (withoutIndex) {
            err.println(
                    "freshpyc: " + NO_PLACE + ". This plan is made without an index: it knows nothing of earlier runs");
        }
        return withoutIndex;
    }

    /** The directory of the indexes, for a command that reads and writes beside them. */
    public static IndexDirectory directory(ParseResult parsed, Streams streams) {
        return new IndexDirectory(requiredLocation(parsed), telling(streams.err()), DurabilityArgument.forcing(parsed));
    }

    /** The directory of the indexes, for a command that must write there. */
    public static Path requiredLocation(ParseResult parsed) {
        return location(parsed).orElseThrow(() -> new CommandFailure(ExitCode.INCOMPLETE, NO_PLACE));
    }

    /** The journals of repairs, in a directory beside the indexes. */
    public static JournalDirectory journals(ParseResult parsed) {
        return new JournalDirectory(requiredLocation(parsed).resolve("undo"));
    }

    /** The indexes in a directory; faults of index files are printed. */
    public static IndexStore store(Path place, PrintStream err) {
        return new ChronicleStore(place, telling(err));
    }

    /** Prints faults of index files. */
    public static StoreEvents telling(PrintStream err) {
        return telling(err, "index", "a refresh makes a new index");
    }

    private static StoreEvents tellingOfProofs(PrintStream err) {
        return telling(err, "file of proofs", "later runs prove anew what is needed");
    }

    private static StoreEvents telling(PrintStream err, String kind, String consequence) {
        return new StoreEvents() {
            @Override
            public void setAside(Path file, String expected, String found) {
                err.println("freshpyc: " + shown(file) + ": not a usable " + kind + " (expected " + expected
                        + ", found " + found + "): set aside as .bad; " + consequence);
            }

            @Override
            public void leftInPlace(Path file, String expected, String found, String why) {
                err.println("freshpyc: " + shown(file) + ": not a usable " + kind + " (expected " + expected
                        + ", found " + found + "): not used, and left in place since " + why
                        + "; make or copy it anew where it comes from");
            }

            @Override
            public void newer(Path file, String found) {
                err.println("freshpyc: " + shown(file) + " was written by a newer freshpyc (" + found
                        + ") and is ignored; upgrade freshpyc or remove the file");
            }

            @Override
            public void distrusted(Path file, String why) {
                err.println("freshpyc: " + shown(file) + ": not trusted: " + why);
            }

            @Override
            public void notKept(RawPath entry, String why) {
                err.println("freshpyc: " + entry.shown() + " is read every time, since " + why);
            }
        };
    }

    private static String shown(Path file) {
        return JavaPath.toRaw(file).shown();
    }
}
