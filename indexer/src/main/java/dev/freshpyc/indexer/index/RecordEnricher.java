package dev.freshpyc.indexer.index;

import dev.freshpyc.core.record.ContentFacts;
import dev.freshpyc.core.record.PycRecord;
import dev.freshpyc.core.verdict.Verdict;
import dev.freshpyc.indexer.scan.Sighting;
import java.util.Optional;

/** Is told of every bytecode file that one worker of a refresh looks at. */
@FunctionalInterface
public interface RecordEnricher {

    /** For a refresh that nobody listens to. */
    RecordEnricher NONE = (_, _, record) -> record;

    /**
     * A file was judged, and is still sighted.
     *
     * @param verdict with what the index knew
     * @param record what the index is to remember of it; empty where it remembers nothing of such files
     * @return the same, with what the listener {@linkplain ContentFacts learned} beyond it
     */
    Optional<PycRecord> looked(Sighting sighting, Verdict verdict, Optional<PycRecord> record);
}
