package dev.freshpyc.cli.meter;

import dev.freshpyc.core.record.SourceRecord;
import dev.freshpyc.indexer.judge.VerdictCounts;
import java.io.IOException;
import java.nio.file.Path;

/** Counts the answers of lookups, for monitoring. */
public final class LookupMeters {

    private final VerdictCounts verdicts = new VerdictCounts();
    private long known;
    private long unknown;

    public void known(SourceRecord record) {
        known++;
        record.pycs().forEach(pyc -> verdicts.add(pyc.verdict().kind()));
    }

    public void unknown() {
        unknown++;
    }

    /** Writes the meters of lookups that took {@code nanos} in all. */
    public void write(long nanos, Path file) throws IOException {
        MeterFile meters = new MeterFile();
        meters.count("freshpyc.lookup.known", "Paths with a record", known);
        meters.count("freshpyc.lookup.unknown", "Paths without a record", unknown);
        meters.verdicts("freshpyc.lookup.pycs", "Bytecode files of the known paths, by verdict", verdicts);
        meters.duration("freshpyc.lookup.duration", "How long the lookups took", nanos);
        meters.write(file);
    }
}
