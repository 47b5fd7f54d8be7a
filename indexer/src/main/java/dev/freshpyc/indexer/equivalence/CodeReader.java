package dev.freshpyc.indexer.equivalence;

import dev.freshpyc.core.marshal.SharedDigester;
import dev.freshpyc.core.proof.ProvenPair;
import dev.freshpyc.core.record.HeaderBytes;
import dev.freshpyc.indexer.prove.PairContents;
import dev.freshpyc.indexer.prove.PairReader;
import dev.freshpyc.indexer.scan.Sighting;
import java.util.Optional;

/** Reads which code a pyc has, and for which task. Belongs to one worker of a scan. */
final class CodeReader {

    private final PairReader reader = new PairReader();
    private final SharedDigester digester = new SharedDigester();

    /**
     * The code of the sighted pyc; empty if the two files no longer have the contents of the pair, or the code cannot be compared.
     *
     * @param head the first bytes of the pyc
     */
    Optional<TaskCode> read(Sighting sighting, HeaderBytes head, ProvenPair pair) {
        return reader.read(sighting, head)
                .filter(read ->
                        read.content().equals(pair.source()) && read.body().equals(pair.body()))
                .flatMap(read -> code(sighting, read, pair));
    }

    private Optional<TaskCode> code(Sighting sighting, PairContents read, ProvenPair pair) {
        return digester.digest(read.pyc(), read.bodyAt(), sighting.tag(), read.magic())
                .map(code -> new TaskCode(
                        CompileTask.of(pair.magic(), pair.level(), pair.source(), code.fileName()), code.digest()));
    }
}
