package dev.freshpyc.core.proof;

import static dev.freshpyc.core.proof.StoredProofs.MAGIC;
import static dev.freshpyc.core.proof.StoredProofs.TODAY;
import static dev.freshpyc.core.proof.StoredProofs.add;
import static dev.freshpyc.core.proof.StoredProofs.digest;
import static dev.freshpyc.core.proof.StoredProofs.find;
import static dev.freshpyc.core.proof.StoredProofs.pair;
import static dev.freshpyc.core.proof.StoredProofs.pairs;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshpyc.core.pyc.Magic;
import dev.freshpyc.core.pyc.OptimizationLevel;
import dev.freshpyc.core.store.StoreEvents;
import dev.freshpyc.core.verdict.Evidence;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is published to a store of proofs is found there, by its contents alone. */
class ProofStoreTest {

    @TempDir
    private Path directory = Path.of("");

    @Test
    void aPublishedProofIsFoundByItsContentsAlone() throws IOException {
        add(store(), TODAY, pair(1));

        assertThat(find(store(), pair(1))).contains(new ContentProof(Evidence.HEADER, "/lib", TODAY));
        assertThat(find(store(), pair(2))).isEmpty();
    }

    @Test
    void aPairWithOneOtherPartIsNotFound() throws IOException {
        ProvenPair pair = pair(1);
        add(store(), TODAY, pair);

        assertThat(find(store(), new ProvenPair(digest("other"), MAGIC, pair.level(), pair.body())))
                .isEmpty();
        assertThat(find(store(), new ProvenPair(pair.source(), Magic.of(3531), pair.level(), pair.body())))
                .isEmpty();
        assertThat(find(store(), new ProvenPair(pair.source(), MAGIC, OptimizationLevel.O1, pair.body())))
                .isEmpty();
        assertThat(find(store(), new ProvenPair(pair.source(), MAGIC, pair.level(), digest("other"))))
                .isEmpty();
    }

    @Test
    void oneSourceMayHaveSeveralBodies() throws IOException {
        ProvenPair one = pair(1);
        ProvenPair other = new ProvenPair(one.source(), MAGIC, one.level(), digest("in another directory"));
        add(store(), TODAY, one, other);

        assertThat(find(store(), one)).isPresent();
        assertThat(find(store(), other)).isPresent();
    }

    @Test
    void anUnpublishedDraftLeavesNoFile() throws IOException {
        try (ProofDraft draft = store().draft(TODAY)) {
            pairs(0, 40_000).forEach(pair -> draft.add(pair, Evidence.HEADER, "/lib"));
        }
        assertThat(files()).isEmpty();
    }

    @Test
    void aDraftLargerThanItsMemoryIsPublishedWhole() throws IOException {
        add(store(), TODAY, pairs(0, 70_000).toArray(ProvenPair[]::new));

        try (OpenProofs open = store().open()) {
            assertThat(pairs(0, 70_000).filter(pair -> open.find(pair).isEmpty()))
                    .isEmpty();
        }
        assertThat(store().stats().proofs()).isEqualTo(70_000);
        assertThat(files()).hasSize(1);
        assertThat(store().stats().bytes() / 70_000.0).isLessThan(60);
    }

    @Test
    void manyPublicationsMakeFewFiles() throws IOException {
        for (int run = 0; run < 60; run++) {
            add(store(), TODAY, pairs(run * 10, run * 10 + 10).toArray(ProvenPair[]::new));
        }
        assertThat(store().stats().proofs()).isEqualTo(600);
        assertThat(files()).hasSizeLessThan(8);
    }

    @Test
    void concurrentPublishersLoseNoProof() throws Exception {
        List<Future<?>> runs = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            for (int run = 0; run < 80; run++) {
                int from = run * 10;
                runs.add(
                        threads.submit(() -> addUnchecked(pairs(from, from + 10).toArray(ProvenPair[]::new))));
            }
            for (int read = 0; read < 40; read++) {
                runs.add(threads.submit(() -> store().stats()));
            }
        }
        for (Future<?> run : runs) {
            run.get();
        }
        try (OpenProofs open = store().open()) {
            assertThat(pairs(0, 800).filter(pair -> open.find(pair).isEmpty())).isEmpty();
            assertThat(open.problems()).isEmpty();
        }
    }

    @Test
    void theProofsWithTheOldestConfirmationsAreRemovedFirst() throws IOException {
        ProofStore small = new ProofStore(directory, StoreEvents.NONE, 100);
        add(small, TODAY, pairs(0, 50).toArray(ProvenPair[]::new));
        add(small, TODAY + 1, pairs(50, 100).toArray(ProvenPair[]::new));
        add(small, TODAY + 40, pairs(0, 10).toArray(ProvenPair[]::new)); // confirms some of the oldest proofs
        add(small, TODAY + 41, pairs(100, 130).toArray(ProvenPair[]::new));

        assertThat(small.stats().proofs()).isBetween(60L, 100L);
        try (OpenProofs open = small.open()) {
            assertThat(pairs(100, 130).filter(pair -> open.find(pair).isEmpty()))
                    .isEmpty();
            assertThat(pairs(0, 10).filter(pair -> open.find(pair).isEmpty())).isEmpty();
            assertThat(pairs(10, 50).filter(pair -> open.find(pair).isPresent()))
                    .isEmpty();
        }
    }

    @Test
    void aRecentProofIsNotWrittenAgain() throws IOException {
        add(store(), TODAY, pair(1));
        List<Path> before = files();
        add(store(), TODAY + 3, pair(1));

        assertThat(files()).isEqualTo(before);
    }

    @Test
    void assumptionsAndFoundProofsAreNotStored() throws IOException {
        try (ProofDraft draft = store().draft(TODAY)) {
            draft.add(pair(1), Evidence.ASSUMED, "/lib");
            draft.add(pair(2), Evidence.PROOF, "/lib");
            draft.publish();
        }
        assertThat(store().stats().proofs()).isZero();
    }

    @Test
    void aDamagedFileIsSetAsideAndTheOtherFilesStay() throws IOException {
        add(store(), TODAY, pairs(0, 100).toArray(ProvenPair[]::new));
        add(store(), TODAY, pair(500));
        Path large = files().stream()
                .max(Comparator.comparingLong(file -> file.toFile().length()))
                .orElseThrow();
        byte[] bytes = Files.readAllBytes(large);
        bytes[200] ^= 1; // a byte of the table: the damage is found when its block is read
        Files.write(large, bytes);

        try (OpenProofs open = store().open()) {
            assertThat(open.find(pair(3))).isEmpty();
            assertThat(open.find(pair(500))).isPresent();
            assertThat(open.problems()).hasSize(1);
        }
        assertThat(large).doesNotExist();
        assertThat(Files.exists(large.resolveSibling(large.getFileName() + ".bad")))
                .isTrue();
    }

    /** A publication that reads a damaged file sets the file aside and publishes its own proofs. */
    @Test
    void aPublicationSucceedsDespiteADamagedFile() throws IOException {
        add(store(), TODAY, pairs(0, 100).toArray(ProvenPair[]::new));
        Path damaged = files().getFirst();
        byte[] bytes = Files.readAllBytes(damaged);
        bytes[200] ^= 1;
        Files.write(damaged, bytes);

        add(store(), TODAY, pairs(200, 300).toArray(ProvenPair[]::new)); // merges the damaged file, since it is smaller

        assertThat(store().stats().proofs()).isEqualTo(100);
        assertThat(find(store(), pair(250))).isPresent();
        assertThat(damaged).doesNotExist();
        assertThat(damaged.resolveSibling(damaged.getFileName() + ".bad")).exists();
    }

    private ProofStore store() {
        return new ProofStore(directory, StoreEvents.NONE, ProofStore.DEFAULT_MOST);
    }

    private void addUnchecked(ProvenPair... pairs) {
        try {
            add(store(), TODAY, pairs);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private List<Path> files() throws IOException {
        return StoredProofs.files(directory);
    }
}
