package dev.freshpyc.cli.meter;

import dev.freshpyc.indexer.refresh.RefreshSummary;
import java.io.IOException;
import java.nio.file.Path;

/** The meters of a refresh. */
public final class RefreshMeters {

    private RefreshMeters() {}

    /** Writes the meters of a refresh that took {@code nanos}. */
    public static void write(RefreshSummary summary, long nanos, Path file) throws IOException {
        MeterFile meters = new MeterFile();
        meters.count("freshpyc.refresh.seen", "Bytecode files looked at", summary.seen());
        meters.count(
                "freshpyc.refresh.reused",
                "Bytecode files whose record was reused without opening them",
                summary.reused());
        meters.count("freshpyc.refresh.hashed", "Files read whole", summary.hashed());
        meters.count("freshpyc.refresh.hashed.bytes", "Bytes read for hashing", summary.hashedBytes());
        meters.count("freshpyc.refresh.changed", "Records that are new or differ", summary.changed());
        meters.count("freshpyc.refresh.vanished", "Records dropped", summary.vanished());
        meters.count(
                "freshpyc.refresh.troubles",
                "Entries that could not be read or written",
                summary.problems().size());
        meters.verdicts("freshpyc.refresh.pycs", "Bytecode files by verdict", summary.verdicts());
        meters.duration("freshpyc.refresh.duration", "How long the refresh took", nanos);
        meters.write(file);
    }
}
