package dev.freshpyc.core.proof;

import static dev.freshpyc.core.proof.StoredProofs.TODAY;
import static dev.freshpyc.core.proof.StoredProofs.add;
import static dev.freshpyc.core.proof.StoredProofs.compare;
import static dev.freshpyc.core.proof.StoredProofs.find;
import static dev.freshpyc.core.proof.StoredProofs.pair;
import static dev.freshpyc.core.proof.StoredProofs.pairs;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshpyc.core.store.StoreEvents;
import dev.freshpyc.core.verdict.Evidence;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A refuted pair has no proof until a comparison on the same machine restores the pair. */
class RefutedProofTest {

    @TempDir
    private Path directory = Path.of("");

    @Test
    void aRefutationOverridesEveryProofOfItsPair() throws IOException {
        add(store(), TODAY, pairs(0, 1000).toArray(ProvenPair[]::new)); // a file too large to be merged
        refute(pair(1));
        try (ProofDraft draft = store().draft(TODAY)) {
            draft.add(pair(1), Evidence.RECOMPILED, "/lib");
            draft.publish();
        }

        assertThat(find(store(), pair(1))).isEmpty();
        assertThat(find(store(), pair(2))).isPresent();
        assertThat(store().stats().refuted()).isOne();
        try (OpenProofs open = store().open()) {
            assertThat(open.isRefuted(pair(1))).isTrue();
            assertThat(open.isRefuted(pair(2))).isFalse();
        }
    }

    @Test
    void aProofOfTheSameRunDoesNotOverrideARefutation() throws IOException {
        try (ProofDraft draft = store().draft(TODAY)) {
            draft.add(pair(1), Evidence.RECOMPILED, "/lib");
            draft.refute(pair(1), "/lib");
            draft.publish();
        }

        assertThat(find(store(), pair(1))).isEmpty();
        assertThat(store().stats().proofs()).isZero();
    }

    @Test
    void aRefutationOverridesTheProofsOfOtherStores() throws IOException {
        ProofStore other = new ProofStore(directory.resolve("other"), StoreEvents.NONE, 1000);
        add(other, TODAY, pair(1));
        refute(pair(1));

        try (ManyProofs both = new ManyProofs(List.of(other.open(), store().open()))) {
            assertThat(both.find(pair(1))).isEmpty();
            assertThat(both.isRefuted(pair(1))).isTrue();
        }
    }

    @Test
    void refutationsAreDroppedLast() throws IOException {
        ProofStore small = new ProofStore(directory, StoreEvents.NONE, 100);
        try (ProofDraft draft = small.draft(TODAY - 1000)) {
            draft.refute(pair(1), "/lib");
            draft.publish();
        }
        add(small, TODAY, pairs(2, 150).toArray(ProvenPair[]::new));

        try (OpenProofs open = small.open()) {
            assertThat(open.isRefuted(pair(1))).isTrue();
        }
        assertThat(small.stats().proofs()).isLessThan(100);
    }

    /** The release that made the body was missing at the first comparison. */
    @Test
    void aLaterComparisonRestoresARefutedPair() throws IOException {
        add(store(), TODAY, pairs(0, 1000).toArray(ProvenPair[]::new));
        refute(pairs(1, 600).toArray(ProvenPair[]::new)); // a file too large to be merged
        compare(store(), pair(1));

        assertThat(find(store(), pair(1))).contains(new ContentProof(Evidence.RECOMPILED, "/lib", TODAY));
        try (OpenProofs open = store().open()) {
            assertThat(open.isRestored(pair(1))).isTrue();
            assertThat(open.isRefuted(pair(1))).isFalse();
            assertThat(open.isRestored(pair(2))).isFalse();
            assertThat(open.isRefuted(pair(2))).isTrue();
        }
        assertThat(store().stats().refuted()).isEqualTo(598);
    }

    @Test
    void theLastComparisonDecides() throws IOException {
        for (int turn = 0; turn < 3; turn++) {
            refute(pair(1));
            assertThat(find(store(), pair(1))).isEmpty();
            refute(pair(1));
            assertThat(find(store(), pair(1))).isEmpty();
            compare(store(), pair(1));
            assertThat(find(store(), pair(1))).isPresent();
            compare(store(), pair(1));
            assertThat(find(store(), pair(1))).isPresent();
        }
        for (int turn = 0; turn < 100; turn++) {
            refute(pair(1));
            compare(store(), pair(1));
        }
        assertThat(find(store(), pair(1))).isEmpty(); // nobody can tell what is right
    }

    /** Each run has looked at the store before the other publishes. */
    @Test
    void ofTwoComparisonsAtOnceTheRefutationDecides() throws IOException {
        for (int turn = 0; turn < 2; turn++) {
            try (ProofDraft right = store().draft(TODAY);
                    ProofDraft wrong = store().draft(TODAY)) {
                right.addCompared(pair(1), "/lib", false);
                wrong.refute(pair(1), "/lib");
                right.publish();
                wrong.publish();
            }
            assertThat(find(store(), pair(1))).isEmpty();
            compare(store(), pair(1));
        }
    }

    /** The index has recorded a refutation that the store does not have. */
    @Test
    void aComparisonRestoresAPairThatOnlyTheIndexRefutes() throws IOException {
        add(store(), TODAY, pair(1));
        try (ProofDraft draft = store().draft(TODAY)) {
            draft.addCompared(pair(1), "/lib", true);
            draft.publish();
        }
        try (OpenProofs open = store().open()) {
            assertThat(open.isRestored(pair(1))).isTrue();
        }
        assertThat(find(store(), pair(1))).map(ContentProof::evidence).contains(Evidence.RECOMPILED);
    }

    /** Neither an export nor the very file of another store restores what was refuted here. */
    @Test
    void nothingFromElsewhereRestoresARefutedPair() throws IOException {
        ProofStore other = new ProofStore(directory.resolve("other"), StoreEvents.NONE, 1000);
        StoredProofs.refute(other, pair(1));
        compare(other, pair(1));
        Path export = directory.resolve("export");
        ExportedProofs.write(other, export, Optional.empty());
        Path file = directory.resolve("copied");
        Files.copy(StoredProofs.files(directory.resolve("other")).getFirst(), file);
        refute(pair(1));

        for (Path imported : List.of(export, file)) {
            ExportedProofs.read(store(), imported, Optional.empty(), TODAY);
            assertThat(find(store(), pair(1))).isEmpty();
            try (OpenProofs open = store().open()) {
                assertThat(open.isRefuted(pair(1))).isTrue();
                assertThat(open.isRestored(pair(1))).isFalse();
            }
        }

        ProofStore third = new ProofStore(directory.resolve("third"), StoreEvents.NONE, 1000);
        ExportedProofs.read(third, file, Optional.empty(), TODAY);
        try (OpenProofs open = third.open()) {
            assertThat(open.find(pair(1))).isPresent();
            assertThat(open.isRestored(pair(1))).isFalse();
        }
    }

    /** A refutation that was imported before is older than the comparison; one that is imported later does not come from here. */
    @Test
    void aRestoredPairStaysWhenARefutationIsImported() throws IOException {
        ProofStore other = new ProofStore(directory.resolve("other"), StoreEvents.NONE, 1000);
        StoredProofs.refute(other, pair(1));
        Path file = directory.resolve("refuted");
        ExportedProofs.write(other, file, Optional.empty());

        ExportedProofs.read(store(), file, Optional.empty(), TODAY);
        assertThat(find(store(), pair(1))).isEmpty();
        compare(store(), pair(1));
        ExportedProofs.read(store(), file, Optional.empty(), TODAY);

        assertThat(find(store(), pair(1))).isPresent();
    }

    /** The store of an image, or that of root for another user. */
    @Test
    void aStoreOfOthersRestoresItsOwnPairsAlone() throws IOException {
        Path others = directory.resolve("others");
        ProofStore filled = new ProofStore(others, StoreEvents.NONE, 1000);
        StoredProofs.refute(filled, pair(1), pair(2));
        compare(filled, pair(1));
        compare(filled, pair(2));
        StoredProofs.refute(filled, pair(3));
        refute(pair(1));
        ProofStore own = new ProofStore(
                directory, StoreEvents.NONE, 1000, List.of(ProofStore.ofOthers(others, StoreEvents.NONE)));
        compare(own, pair(3));

        try (ManyProofs both = new ManyProofs(List.of(
                store().open(), ProofStore.ofOthers(others, StoreEvents.NONE).open()))) {
            assertThat(both.isRefuted(pair(1))).isTrue();
            assertThat(both.find(pair(1))).isEmpty();
            assertThat(both.find(pair(2))).isPresent();
            assertThat(both.isRestored(pair(2))).isFalse();
            assertThat(both.find(pair(3))).isPresent();
            assertThat(both.isRestored(pair(3))).isTrue();
        }
    }

    /** The package describes the number of the format and the value of a row. */
    @Test
    void theFormatTellsWhichRowsAFileMayHave() throws IOException {
        List<Integer> formats = new ArrayList<>();
        List<Integer> values = new ArrayList<>();
        for (int turn = 0; turn < 4; turn++) {
            if (turn % 2 == 0) {
                compare(store(), pair(1));
            } else {
                refute(pair(1));
            }
            byte[] bytes = Files.readAllBytes(files().getFirst());
            byte[] day = {(byte) TODAY, (byte) (TODAY >>> 8)};
            formats.add((int) bytes[8]);
            values.add((int) bytes[
                    new String(bytes, StandardCharsets.ISO_8859_1)
                                    .lastIndexOf(new String(day, StandardCharsets.ISO_8859_1))
                            + 2]);
        }

        assertThat(formats).containsExactly(1, 2, 3, 3);
        assertThat(values).containsExactly(0, 127, 126, 125);
    }

    @Test
    void aRestoredPairIsConfirmedLikeOthers() throws IOException {
        refute(pair(1));
        compare(store(), pair(1));
        List<Path> before = files();
        add(store(), TODAY + 3, pair(1));
        assertThat(files()).isEqualTo(before);

        add(store(), TODAY + 40, pair(1));

        assertThat(find(store(), pair(1))).contains(new ContentProof(Evidence.RECOMPILED, "/lib", TODAY + 40));
        try (OpenProofs open = store().open()) {
            assertThat(open.isRestored(pair(1))).isTrue();
        }
    }

    private ProofStore store() {
        return new ProofStore(directory, StoreEvents.NONE, ProofStore.DEFAULT_MOST);
    }

    private void refute(ProvenPair... pairs) throws IOException {
        StoredProofs.refute(store(), pairs);
    }

    private List<Path> files() throws IOException {
        return StoredProofs.files(directory);
    }
}
