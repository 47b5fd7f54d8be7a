package dev.freshpyc.cli.command;

import dev.freshpyc.cli.option.CauseText;
import dev.freshpyc.cli.option.CommandFailure;
import dev.freshpyc.cli.option.ExitCode;
import dev.freshpyc.cli.option.IndexArguments;
import dev.freshpyc.cli.option.Options;
import dev.freshpyc.cli.option.Streams;
import dev.freshpyc.cli.render.Words;
import dev.freshpyc.core.file.TemporaryFile;
import dev.freshpyc.core.path.EnvironmentVariables;
import dev.freshpyc.core.path.JavaPath;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.proof.ProofDraft;
import dev.freshpyc.core.proof.ProofStore;
import dev.freshpyc.core.store.IndexStore;
import dev.freshpyc.core.store.StoreEvents;
import dev.freshpyc.core.store.chronicle.ChronicleStore;
import dev.freshpyc.indexer.index.IndexLocation;
import dev.freshpyc.indexer.index.OpenIndexes;
import dev.freshpyc.indexer.refresh.ProvenRecords;
import dev.freshpyc.indexer.refresh.Refresh;
import dev.freshpyc.indexer.refresh.RefreshSummary;
import dev.freshpyc.indexer.scan.PathEntry;
import dev.freshpyc.indexer.scan.ScanOptions;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/**
 * Builds the index of {@code refresh --seal}, for a tree that will be copied. The tree is first read into a new index
 * in a temporary directory, since a sealed index must not depend on earlier indexes of this machine. Then the records
 * are written with stamps that survive a copy.
 */
final class SealedIndexBuild implements AutoCloseable {

    static final String SEAL = "--seal";
    private static final String EPOCH = "SOURCE_DATE_EPOCH";
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private final Path place;
    private final Path temporary;
    private final ChronicleStore store;
    private final ChronicleStore target;
    private final long sealedAtNanos;

    private SealedIndexBuild(Path place, Path temporary, long sealedAtNanos, PrintStream err) {
        this.place = place;
        this.temporary = temporary;
        this.sealedAtNanos = sealedAtNanos;
        this.store = new ChronicleStore(temporary, StoreEvents.NONE);
        this.target = new ChronicleStore(place, IndexArguments.telling(err));
    }

    static OptionSpec option() {
        return Options.flag(
                SEAL,
                "Write an index for copies of the tree, such as an image or a container layer: the stamps in it are those that a copy keeps."
                        + " It goes to --index DIR; default: usr/lib/freshpyc in --root, where runs on the copy find it."
                        + " With $SOURCE_DATE_EPOCH, equal trees give equal bytes.");
    }

    static boolean isAsked(ParseResult parsed) {
        return parsed.hasMatchedOption(SEAL);
    }

    /** A build with an empty temporary index. */
    static SealedIndexBuild of(ParseResult parsed, Optional<RawPath> root, PrintStream err) {
        Path top = root.map(JavaPath::of).orElse(Path.of("/"));
        Path place = IndexArguments.named(parsed).orElse(top.resolve(IndexLocation.SEALED_IN_ROOT));
        try {
            return new SealedIndexBuild(
                    place, TemporaryFile.directoryIn(TemporaryFile.place(), "freshpyc-seal-"), sealedAt(), err);
        } catch (IOException refused) {
            throw new CommandFailure(
                    ExitCode.INCOMPLETE,
                    SEAL + " writes temporary files to " + System.getProperty("java.io.tmpdir") + ": "
                            + CauseText.of(refused) + "; make room there, or run as a user who may write there");
        }
    }

    private static long sealedAt() {
        @Nullable String epoch = System.getenv(EPOCH);
        try {
            return NANOS_PER_SECOND * (epoch == null ? Instant.now().getEpochSecond() : Long.parseUnsignedLong(epoch));
        } catch (NumberFormatException _) {
            throw new CommandFailure(ExitCode.USAGE, "$" + EPOCH + " must be seconds since 1970: " + epoch);
        }
    }

    /** The temporary index. */
    IndexStore store() {
        return store;
    }

    /** The proofs of this machine. The sealing uses them and adds to them. Empty where there are none. */
    static Optional<ProofStore> proofs(PrintStream err) {
        return IndexLocation.find(Optional.empty(), EnvironmentVariables.all())
                .filter(Files::isDirectory)
                .map(known -> IndexArguments.proofs(known, err));
    }

    /** Reads the tree a second time where files were so young that their stamps did not count. */
    RefreshSummary settle(RefreshSummary first, Refresh refresh, List<PathEntry> entries, ScanOptions scan)
            throws InterruptedException {
        return YoungFiles.settle(first, refresh, store, entries, scan);
    }

    /** Writes the sealed indexes and the proofs of the entries, and prints how many entries are sealed; returns the exit code. */
    int seal(List<PathEntry> entries, ScanOptions scan, Optional<RawPath> root, boolean quiet, Streams streams) {
        int sealed = 0;
        try (ProofDraft proofs = proofs().draft(0)) {
            for (PathEntry entry : entries) {
                RawPath key = scan.indexKey(entry);
                RawPath inCopy = root.flatMap(key::seenFrom).orElse(key);
                sealed += store.seal(key, target, inCopy, sealedAtNanos) ? 1 : 0;
                try (OpenIndexes indexes = new OpenIndexes(store, List.of(entry), scan)) {
                    indexes.forEach((_, record) -> ProvenRecords.add(proofs, entry, record.portable(), inCopy.shown()));
                }
            }
            proofs.publish();
            proofs().seal(new ProofStore(place, StoreEvents.NONE, ProofStore.DEFAULT_MOST));
        } catch (IOException refused) {
            streams.err()
                    .println("freshpyc: no sealed index was written to "
                            + JavaPath.toRaw(place).shown() + ": " + CauseText.of(refused));
            return ExitCode.INCOMPLETE;
        }
        if (!quiet) {
            streams.out()
                    .println("sealed for copies of the tree: " + Words.count(sealed, "path entry") + ", in "
                            + JavaPath.toRaw(place).shown());
        }
        return sealed == entries.size() ? ExitCode.OK : ExitCode.INCOMPLETE;
    }

    private ProofStore proofs() {
        return new ProofStore(temporary, StoreEvents.NONE, ProofStore.DEFAULT_MOST);
    }

    /** Deletes the temporary index. */
    @Override
    public void close() {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(temporary)) {
            for (Path file : files) {
                Files.delete(file);
            }
            Files.delete(temporary);
        } catch (IOException _) {
            // The system deletes its temporary files.
        }
    }
}
