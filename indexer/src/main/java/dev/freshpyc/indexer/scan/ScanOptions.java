package dev.freshpyc.indexer.scan;

import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.pyc.CacheTag;
import dev.freshpyc.core.pyc.KnownInterpreter;
import dev.freshpyc.core.pyc.OptimizationLevel;
import dev.freshpyc.core.verdict.LegacyReader;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Options for walking the entries and observing their files.
 *
 * @param workers threads, at least one
 * @param pycachePrefix where the pycs lie when they lie in no {@code __pycache__}
 * @param interpreter the interpreter that the user asked about; its own magic replaces that of the table
 * @param clock gives the time of an observation
 * @param order tells which modules the interpreter finds elsewhere
 * @param zone the time zone of the process that imports, for the local times of archives; asked where there is an archive, since a
 *     JVM loads its time zones slowly
 */
public record ScanOptions(
        int workers,
        Optional<PycachePrefix> pycachePrefix,
        List<Expected> expected,
        Exclusions exclusions,
        Optional<KnownInterpreter> interpreter,
        InstantSource clock,
        PathOrder order,
        Supplier<ZoneId> zone) {

    /** Options for entries whose order on a path is not known. */
    public ScanOptions(
            int workers,
            Optional<PycachePrefix> pycachePrefix,
            List<Expected> expected,
            Exclusions exclusions,
            Optional<KnownInterpreter> interpreter,
            InstantSource clock) {
        this(workers, pycachePrefix, expected, exclusions, interpreter, clock, PathOrder.NONE, ZoneId::systemDefault);
    }

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

    /** A copy with another number of workers. */
    public ScanOptions withWorkers(int count) {
        return new ScanOptions(count, pycachePrefix, expected, exclusions, interpreter, clock, order, zone);
    }

    /** A copy with other expected pycs and exclusions. */
    public ScanOptions selecting(List<Expected> wanted, Exclusions unwanted) {
        return new ScanOptions(workers, pycachePrefix, wanted, unwanted, interpreter, clock, order, zone);
    }

    /** A copy for entries whose modules the interpreter finds in an order. */
    public ScanOptions withOrder(PathOrder known) {
        return new ScanOptions(workers, pycachePrefix, expected, exclusions, interpreter, clock, known, zone);
    }

    /** A copy for processes in another time zone. */
    public ScanOptions inZone(ZoneId other) {
        return new ScanOptions(workers, pycachePrefix, expected, exclusions, interpreter, clock, order, () -> other);
    }

    /** A copy for an interpreter that looks under a cache prefix. */
    public ScanOptions withPrefix(Optional<PycachePrefix> prefix) {
        return new ScanOptions(workers, prefix, expected, exclusions, interpreter, clock, order, zone);
    }

    /**
     * The name of an entry's index: the entry's canonical path, below the cache prefix where there is one, since pycs of equal
     * names lie in both places.
     */
    public RawPath indexKey(PathEntry entry) {
        RawPath canonical = entry.canonicalPath();
        if (entry instanceof PathEntry.Archive) {
            return canonical; // no interpreter caches bytecode of an archive's modules
        }
        return pycachePrefix.map(prefix -> prefix.mirrored(canonical)).orElse(canonical);
    }

    /** The canonical path of the entry whose index has the name {@code key}; empty for a name by other scan options. */
    public Optional<RawPath> indexed(RawPath key) {
        return pycachePrefix.isEmpty() ? Optional.of(key) : pycachePrefix.get().original(key);
    }

    /**
     * Whether the interpreter of a tag does not look for pycs in a place.
     *
     * @param underPrefix whether the place is under the cache prefix; otherwise it is a {@code __pycache__}
     */
    boolean looksElsewhere(CacheTag asked, boolean underPrefix) {
        return pycachePrefix.isPresent() && pycachePrefix.get().isOf(asked) != underPrefix;
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
