package dev.freshpyc.core.proof;

import dev.freshpyc.core.pyc.Magic;
import dev.freshpyc.core.store.table.Cursor;
import dev.freshpyc.core.verdict.Evidence;
import java.io.IOException;
import java.util.Collection;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;

/**
 * Counts of the proofs in some files.
 *
 * @param proofs how many; a proof that two files have counts twice
 * @param refuted how many pairs are refuted: their code is not what an interpreter makes of the source. A pair that two files refute
 *     counts twice; a pair that was restored does not count
 * @param bytes of all files
 * @param byEvidence number of proofs by evidence
 * @param byMagic number of proofs by the magic of their interpreter, in ascending order
 * @param byOrigin number of proofs by origin
 */
public record ProofStats(
        long proofs,
        long refuted,
        long bytes,
        Map<Evidence, Long> byEvidence,
        Map<Magic, Long> byMagic,
        Map<String, Long> byOrigin) {

    /** Reads all rows of the files. */
    static ProofStats of(Collection<ProofFile> files) throws IOException {
        long proofs = 0;
        long refuted = 0;
        long bytes = 0;
        Map<Evidence, Long> byEvidence = new TreeMap<>();
        Map<Magic, Long> byMagic = new TreeMap<>(Comparator.comparingInt(Magic::number));
        Map<String, Long> byOrigin = new TreeMap<>();
        for (ProofFile file : files) {
            bytes += file.bytes();
            Cursor rows = file.cursor();
            while (rows.next()) {
                byte[] value = rows.value();
                if (ProofRow.isRefuted(value)) {
                    refuted += isRestored(rows.key(), ProofRow.turn(value), files) ? 0 : 1;
                    continue;
                }
                proofs++;
                byEvidence.merge(ProofRow.evidence(value), 1L, Long::sum);
                byMagic.merge(ProofRow.magic(rows.key()), 1L, Long::sum);
                byOrigin.merge(file.origins().get(ProofRow.origin(value)), 1L, Long::sum);
            }
        }
        return new ProofStats(proofs, refuted, bytes, byEvidence, byMagic, byOrigin);
    }

    /** Whether a file has a later turn of a pair: the pair was restored since, or refuted again, which counts there. */
    private static boolean isRestored(byte[] key, int turn, Collection<ProofFile> files) throws IOException {
        for (ProofFile file : files) {
            if (file.turn(key) > turn) {
                return true;
            }
        }
        return false;
    }
}
