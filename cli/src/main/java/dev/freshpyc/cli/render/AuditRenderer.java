package dev.freshpyc.cli.render;

import dev.freshpyc.indexer.audit.Audit.FindingSink;
import dev.freshpyc.indexer.audit.EntryReport;
import java.util.List;

/** Prints a report in one format: the findings during the scan, then the sums. */
public interface AuditRenderer extends FindingSink, AutoCloseable {

    void finish(List<EntryReport> entries);

    @Override
    void close();
}
