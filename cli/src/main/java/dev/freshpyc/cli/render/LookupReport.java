package dev.freshpyc.cli.render;

import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.record.SourceRecord;
import dev.freshpyc.core.store.IndexInfo;
import java.io.PrintStream;
import java.time.Clock;

/** Prints the records of paths. */
public interface LookupReport extends AutoCloseable {

    static LookupReport of(DocumentFormat format, PrintStream out, Clock clock) {
        return switch (format) {
            case TEXT -> new LookupText(out, clock);
            case JSON -> new LookupJson(out, clock);
        };
    }

    /** No index has a record of the path. */
    void unknown(RawPath path);

    /** The record of the source that the path is or belongs to. */
    void known(RawPath path, RawPath source, IndexInfo info, SourceRecord record);

    @Override
    void close();
}
