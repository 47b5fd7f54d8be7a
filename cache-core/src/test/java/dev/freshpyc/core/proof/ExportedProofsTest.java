package dev.freshpyc.core.proof;

import static dev.freshpyc.core.proof.StoredProofs.TODAY;
import static dev.freshpyc.core.proof.StoredProofs.add;
import static dev.freshpyc.core.proof.StoredProofs.compare;
import static dev.freshpyc.core.proof.StoredProofs.find;
import static dev.freshpyc.core.proof.StoredProofs.pair;
import static dev.freshpyc.core.proof.StoredProofs.pairs;
import static dev.freshpyc.core.proof.StoredProofs.prove;
import static dev.freshpyc.core.proof.StoredProofs.refute;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshpyc.core.store.StoreEvents;
import dev.freshpyc.core.verdict.Evidence;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Proofs that travel to another store in a file. */
class ExportedProofsTest {

    @TempDir
    private Path directory = Path.of("");

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
    void theExportOfARestoredPairIsThatOfAnyProof() throws IOException {
        refute(store(), pair(1));
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
        assertThat(StoredProofs.files(directory.resolve("sealed")).getFirst()).hasSameBinaryContentAs(plain);
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

    /** A pair may be in several files of a store, and in several layers of a merge, in any order of strength. */
    @Test
    void aRecompilationReplacesWeakerEvidenceAndIsNeverReplaced() throws IOException {
        add(store(), TODAY, pairs(0, 100).toArray(ProvenPair[]::new));
        prove(store(), pair(1), Evidence.RECOMPILED);
        prove(store(), pair(1), Evidence.HASH_HEADER);
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

    private ProofStore store() {
        return new ProofStore(directory, StoreEvents.NONE, ProofStore.DEFAULT_MOST);
    }
}
