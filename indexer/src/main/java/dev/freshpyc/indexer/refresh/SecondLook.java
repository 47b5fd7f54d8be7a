package dev.freshpyc.indexer.refresh;

import dev.freshpyc.core.digest.Sha256;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.proof.ContentProof;
import dev.freshpyc.core.proof.ProofDraft;
import dev.freshpyc.core.proof.ProofStore;
import dev.freshpyc.core.record.SourceRecord;
import dev.freshpyc.core.store.Generation;
import dev.freshpyc.core.store.IndexStore;
import dev.freshpyc.indexer.fs.CanonicalPath;
import dev.freshpyc.indexer.judge.OutsideEvidence;
import dev.freshpyc.indexer.scan.PathEntry;
import dev.freshpyc.indexer.scan.ScanOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Finds the sources that a service should judge again although their files have not changed: time has passed, or another pair with
 * the same contents was proven. Not thread-safe.
 */
public final class SecondLook {

    private final IndexStore store;
    private final List<PathEntry> entries;
    private final ScanOptions scan;
    private final Optional<ProofStore> proofs;
    private Set<Path> seen = Set.of();

    /** @param proofs empty where nobody keeps proofs */
    public SecondLook(IndexStore store, List<PathEntry> entries, ScanOptions scan, Optional<ProofStore> proofs) {
        this.store = store;
        this.entries = List.copyOf(entries);
        this.scan = scan;
        this.proofs = proofs;
    }

    /**
     * The sources of which a file was read so soon after a change that its timestamps prove nothing; absolute paths.
     *
     * @throws IOException when an index cannot be read
     */
    public List<RawPath> unsettled() throws IOException {
        return select(record -> !record.isSettled());
    }

    /**
     * The sources with a pyc whose verdict changes by a proof that was published since the last call, by this process or another;
     * absolute paths. Reads no index where no proof was published.
     *
     * @throws IOException when an index or the directory of the proofs cannot be read
     */
    public List<RawPath> provable() throws IOException {
        if (proofs.isEmpty()) {
            return List.of();
        }
        Set<Path> files = proofs.get().files();
        if (files.equals(seen)) {
            return List.of();
        }
        try (ProofDraft known = proofs.get().draft(ContentProof.day(scan.clock()))) {
            OutsideEvidence evidence = OutsideEvidence.of(known);
            List<RawPath> provable = select(record -> isProvable(record, evidence));
            seen = files;
            return provable;
        }
    }

    private static boolean isProvable(SourceRecord record, OutsideEvidence evidence) {
        @Nullable Sha256 content = record.content();
        return content != null && record.pycs().stream().anyMatch(pyc -> evidence.isNewFor(pyc, content));
    }

    private List<RawPath> select(Predicate<SourceRecord> wanted) throws IOException {
        List<RawPath> selected = new ArrayList<>();
        for (PathEntry entry : entries) {
            Optional<Generation> opened = store.open(scan.indexKey(entry));
            if (opened.isPresent()) {
                try (Generation generation = opened.get()) {
                    select(entry, generation, wanted, selected);
                } catch (UncheckedIOException damaged) {
                    throw damaged.getCause();
                }
            }
        }
        return selected;
    }

    private static void select(
            PathEntry entry, Generation generation, Predicate<SourceRecord> wanted, List<RawPath> selected) {
        RawPath root = CanonicalPath.of(entry.path());
        List<RawPath> sources = new ArrayList<>();
        generation.forEach((source, record) -> {
            if (wanted.test(record)) {
                sources.add(root.resolve(source));
            }
        });
        if (entry instanceof PathEntry.Archive archive) {
            selected.addAll(
                    sources.isEmpty() ? List.of() : List.of(archive.file())); // an archive is scanned as a whole
        } else {
            selected.addAll(sources);
        }
    }
}
