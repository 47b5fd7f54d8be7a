package dev.freshpyc.core.proof;

import dev.freshpyc.core.digest.Sha256;
import dev.freshpyc.core.pyc.Magic;
import dev.freshpyc.core.pyc.OptimizationLevel;
import dev.freshpyc.core.verdict.Evidence;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Stores of proofs for tests: pairs that differ by a number, and short ways to add and find them. */
final class StoredProofs {

    /** A day, counted from 1970-01-01. */
    static final int TODAY = 20_000;

    static final Magic MAGIC = Magic.of(3495);

    private StoredProofs() {}

    static void refute(ProofStore store, ProvenPair... pairs) throws IOException {
        try (ProofDraft draft = store.draft(TODAY)) {
            for (ProvenPair pair : pairs) {
                draft.refute(pair, "/lib");
            }
            draft.publish();
        }
    }

    /** A run has compiled the source and found equal code. */
    static void compare(ProofStore store, ProvenPair pair) throws IOException {
        try (ProofDraft draft = store.draft(TODAY)) {
            draft.addCompared(pair, "/lib", false);
            draft.publish();
        }
    }

    static void add(ProofStore store, int day, ProvenPair... pairs) throws IOException {
        try (ProofDraft draft = store.draft(day)) {
            for (ProvenPair pair : pairs) {
                draft.add(pair, Evidence.HEADER, "/lib");
            }
            draft.publish();
        }
    }

    static Optional<ContentProof> find(ProofStore store, ProvenPair pair) {
        try (OpenProofs open = store.open()) {
            return open.find(pair);
        }
    }

    /** The files of a store, in the order of their names. */
    static List<Path> files(Path directory) throws IOException {
        try (Stream<Path> all = Files.list(directory)) {
            return all.filter(file -> file.toString().endsWith(".table")
                            || file.toString().endsWith(".pending"))
                    .sorted()
                    .toList();
        }
    }

    static void prove(ProofStore store, ProvenPair pair, Evidence evidence) throws IOException {
        try (ProofDraft draft = store.draft(TODAY)) {
            draft.add(pair, evidence, "/lib");
            draft.publish();
        }
    }

    static Stream<ProvenPair> pairs(int from, int to) {
        return IntStream.range(from, to).mapToObj(StoredProofs::pair);
    }

    static ProvenPair pair(int number) {
        return new ProvenPair(digest("source" + number), MAGIC, OptimizationLevel.NONE, digest("body" + number));
    }

    static Sha256 digest(String text) {
        byte[] bytes = Sha256.newDigest().digest(text.getBytes(StandardCharsets.UTF_8));
        return Sha256.of(bytes);
    }
}
