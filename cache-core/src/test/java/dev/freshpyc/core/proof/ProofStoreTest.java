package dev.freshpyc.core.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshpyc.core.digest.Sha256;
import dev.freshpyc.core.pyc.Magic;
import dev.freshpyc.core.pyc.OptimizationLevel;
import dev.freshpyc.core.store.StoreEvents;
import dev.freshpyc.core.verdict.Evidence;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProofStoreTest {

    private static final int TODAY = 20_000;
    private static final Magic MAGIC = Magic.of(3495);

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
        refute(other, pair(1));
        compare(other, pair(1));
        Path export = directory.resolve("export");
        ExportedProofs.write(other, export, Optional.empty());
        Path file = directory.resolve("copied");
        Files.copy(files(directory.resolve("other")).getFirst(), file);
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

    @Test
    void theExportOfARestoredPairIsThatOfAnyProof() throws IOException {
        refute(pair(1));
        compare(store(), pair(1));
        ProofStore other = new ProofStore(directory.resolve("other"), StoreEvents.NONE, 1000);
        compare(other, pair(1));
        Path restored = directory.resolve("restored");
        Path plain = directory.resolve("plain");

        ExportedProofs.write(store(), restored, Optional.empty());
        ExportedProofs.write(other, plain, Optional.empty());

        assertThat(restored).hasSameBinaryContentAs(plain);
        ProofStore sealed = new ProofStore(directory.resolve("sealed"), StoreEvents.NONE, 1000);
        store().seal(sealed);
        assertThat(files(directory.resolve("sealed")).getFirst()).hasSameBinaryContentAs(plain);
    }

    /** A refutation that was imported before is older than the comparison; one that is imported later does not come from here. */
    @Test
    void aRestoredPairStaysWhenARefutationIsImported() throws IOException {
        ProofStore other = new ProofStore(directory.resolve("other"), StoreEvents.NONE, 1000);
        refute(other, pair(1));
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
        refute(filled, pair(1), pair(2));
        compare(filled, pair(1));
        compare(filled, pair(2));
        refute(filled, pair(3));
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

    private void refute(ProvenPair... pairs) throws IOException {
        refute(store(), pairs);
    }

    private static void refute(ProofStore store, ProvenPair... pairs) throws IOException {
        try (ProofDraft draft = store.draft(TODAY)) {
            for (ProvenPair pair : pairs) {
                draft.refute(pair, "/lib");
            }
            draft.publish();
        }
    }

    /** A run has compiled the source and found equal code. */
    private static void compare(ProofStore store, ProvenPair pair) throws IOException {
        try (ProofDraft draft = store.draft(TODAY)) {
            draft.addCompared(pair, "/lib", false);
            draft.publish();
        }
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

    /** A pair may be in several files of a store, and in several layers of a merge, in any order of strength. */
    @Test
    void aRecompilationReplacesWeakerEvidenceAndIsNeverReplaced() throws IOException {
        add(store(), TODAY, pairs(0, 100).toArray(ProvenPair[]::new));
        prove(pair(1), Evidence.RECOMPILED);
        prove(pair(1), Evidence.HASH_HEADER);
        assertThat(find(store(), pair(1))).map(ContentProof::evidence).contains(Evidence.RECOMPILED);
        assertThat(find(store(), pair(2))).map(ContentProof::evidence).contains(Evidence.HEADER);

        Path export = directory.resolve("export");
        ExportedProofs.write(store(), export, Optional.empty());
        ProofStore other = new ProofStore(directory.resolve("other"), StoreEvents.NONE, 1000);
        add(other, TODAY, pairs(0, 100).toArray(ProvenPair[]::new));
        ExportedProofs.read(other, export, Optional.empty(), TODAY);
        assertThat(find(other, pair(1))).map(ContentProof::evidence).contains(Evidence.RECOMPILED);

        Path weak = directory.resolve("weak");
        ProofStore third = new ProofStore(directory.resolve("third"), StoreEvents.NONE, 1000);
        add(third, TODAY, pairs(0, 100).toArray(ProvenPair[]::new));
        ExportedProofs.write(third, weak, Optional.empty());
        ExportedProofs.read(store(), weak, Optional.empty(), TODAY);
        assertThat(find(store(), pair(1))).map(ContentProof::evidence).contains(Evidence.RECOMPILED);
        assertThat(store().stats().byEvidence()).containsEntry(Evidence.RECOMPILED, 1L);
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
    void anExportDependsOnTheProofsAlone() throws IOException {
        add(store(), TODAY, pairs(0, 300).toArray(ProvenPair[]::new));
        Path one = directory.resolve("one");
        ExportedProofs.write(store(), one, Optional.empty());
        ProofStore other = new ProofStore(directory.resolve("other"), StoreEvents.NONE, 1000);
        add(other, TODAY + 9, pairs(200, 300).toArray(ProvenPair[]::new));
        add(other, TODAY + 70, pairs(0, 210).toArray(ProvenPair[]::new));
        Path two = directory.resolve("two");
        ExportedProofs.write(other, two, Optional.empty());

        assertThat(two).hasSameBinaryContentAs(one);
    }

    @Test
    void anImportKeepsTheOriginAndNamesTheFile() throws IOException {
        add(store(), TODAY, pair(1));
        Path file = directory.resolve("build.proofs");
        ExportedProofs.write(store(), file, Optional.empty());
        ProofStore other = new ProofStore(directory.resolve("other"), StoreEvents.NONE, 1000);

        assertThat(ExportedProofs.read(other, file, Optional.empty(), TODAY + 5))
                .isEqualTo(1);

        assertThat(find(other, pair(1))).contains(new ContentProof(Evidence.HEADER, "build.proofs: /lib", TODAY + 5));
    }

    /** An import takes all proofs of a file or none. */
    @Test
    void aDamagedExportIsRefused() throws IOException {
        add(store(), TODAY, pairs(0, 200).toArray(ProvenPair[]::new));
        Path file = directory.resolve("export");
        ExportedProofs.write(store(), file, Optional.empty());
        byte[] whole = Files.readAllBytes(file);
        ProofStore other = new ProofStore(directory.resolve("other"), StoreEvents.NONE, 1000);
        Random random = new Random(7);
        for (int mutant = 0; mutant < 2_000; mutant++) {
            byte[] bytes = whole.clone();
            if (mutant % 4 == 0) {
                bytes = Arrays.copyOf(bytes, random.nextInt(bytes.length));
            } else {
                int at = random.nextInt(mutant % 2 == 0 ? 64 : bytes.length);
                bytes[at] ^= (byte) (1 << random.nextInt(8));
            }
            Files.write(file, bytes);
            assertThatThrownBy(() -> ExportedProofs.read(other, file, Optional.empty(), TODAY))
                    .isInstanceOf(IOException.class);
        }
        assertThat(other.isEmpty()).isTrue();
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

    private static void add(ProofStore store, int day, ProvenPair... pairs) throws IOException {
        try (ProofDraft draft = store.draft(day)) {
            for (ProvenPair pair : pairs) {
                draft.add(pair, Evidence.HEADER, "/lib");
            }
            draft.publish();
        }
    }

    private void addUnchecked(ProvenPair... pairs) {
        try {
            add(store(), TODAY, pairs);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static Optional<ContentProof> find(ProofStore store, ProvenPair pair) {
        try (OpenProofs open = store.open()) {
            return open.find(pair);
        }
    }

    private List<Path> files() throws IOException {
        return files(directory);
    }

    private static List<Path> files(Path directory) throws IOException {
        try (Stream<Path> all = Files.list(directory)) {
            return all.filter(file -> file.toString().endsWith(".table")
                            || file.toString().endsWith(".pending"))
                    .sorted()
                    .toList();
        }
    }

    private void prove(ProvenPair pair, Evidence evidence) throws IOException {
        try (ProofDraft draft = store().draft(TODAY)) {
            draft.add(pair, evidence, "/lib");
            draft.publish();
        }
    }

    private static Stream<ProvenPair> pairs(int from, int to) {
        return IntStream.range(from, to).mapToObj(ProofStoreTest::pair);
    }

    private static ProvenPair pair(int number) {
        return new ProvenPair(digest("source" + number), MAGIC, OptimizationLevel.NONE, digest("body" + number));
    }

    private static Sha256 digest(String text) {
        byte[] bytes = Sha256.newDigest().digest(text.getBytes(StandardCharsets.UTF_8));
        return Sha256.of(bytes);
    }
}
