package dev.freshpyc.indexer.scan;

import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.pyc.CacheTag;
import dev.freshpyc.core.pyc.KnownInterpreter;
import dev.freshpyc.core.pyc.OptimizationLevel;
import dev.freshpyc.core.verdict.LegacyReader;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * How to walk the entries and observe their files.
 *
 * @param workers threads, at least one
 * @param pycachePrefix {@code PYTHONPYCACHEPREFIX}, absolute; the pycs lie below it
 * @param interpreter the interpreter that the user asked about; its own magic is used, and not the one in the table
 * @param clock gives the time of an observation
 */
public record ScanOptions(
        int workers,
        Optional<RawPath> pycachePrefix,
        List<Expected> expected,
        Exclusions exclusions,
        Optional<KnownInterpreter> interpreter,
        InstantSource clock) {

    /** The default: one worker for each core. */
    public static ScanOptions defaults() {
        return new ScanOptions(
                Runtime.getRuntime().availableProcessors(),
                Optional.empty(),
                List.of(),
                Exclusions.NONE,
                Optional.empty(),
                InstantSource.system());
    }

    /** A copy with that many workers. */
    public ScanOptions withWorkers(int count) {
        return new ScanOptions(count, pycachePrefix, expected, exclusions, interpreter, clock);
    }

    /** A copy with other expected pycs and exclusions. */
    public ScanOptions selecting(List<Expected> wanted, Exclusions unwanted) {
        return new ScanOptions(workers, pycachePrefix, wanted, unwanted, interpreter, clock);
    }

    CacheTag tag(String name) {
        return interpreter.map(known -> known.tagOf(name)).orElseGet(() -> CacheTag.of(name));
    }

    LegacyReader legacyReader() {
        return new LegacyReader(interpreter);
    }

    /** A pyc that every source should have. An absent pyc is a finding only where the user named its tag and level. */
    public record Expected(CacheTag tag, OptimizationLevel level) {}
}
