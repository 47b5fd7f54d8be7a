package dev.freshpyc.indexer.scan;

import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.pyc.CacheTag;
import dev.freshpyc.core.pyc.KnownInterpreter;
import dev.freshpyc.core.verdict.LegacyReader;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * How to walk and observe.
 *
 * @param workers threads, at least one
 * @param pycachePrefix {@code PYTHONPYCACHEPREFIX}, absolute; where bytecode lies outside the tree
 * @param interpreter the one that was asked about; its magic is taken from it rather than from the table
 * @param clock tells when an observation was taken
 */
public record ScanOptions(
        int workers,
        Optional<RawPath> pycachePrefix,
        List<Expected> expected,
        Exclusions exclusions,
        Optional<KnownInterpreter> interpreter,
        InstantSource clock) {

    /** All cores, and nothing out of the ordinary. */
    public static ScanOptions defaults() {
        return new ScanOptions(
                Runtime.getRuntime().availableProcessors(),
                Optional.empty(),
                List.of(),
                Exclusions.NONE,
                Optional.empty(),
                InstantSource.system());
    }

    /** The same with that many threads. */
    public ScanOptions withWorkers(int count) {
        return new ScanOptions(count, pycachePrefix, expected, exclusions, interpreter, clock);
    }

    /** The same with other sources to be expected and left out. */
    public ScanOptions selecting(List<Expected> wanted, Exclusions unwanted) {
        return new ScanOptions(workers, pycachePrefix, wanted, unwanted, interpreter, clock);
    }

    CacheTag tag(String name) {
        return interpreter.map(known -> known.tagOf(name)).orElseGet(() -> CacheTag.of(name));
    }

    LegacyReader legacyReader() {
        return new LegacyReader(interpreter);
    }
}
