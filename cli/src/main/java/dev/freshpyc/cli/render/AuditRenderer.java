package dev.freshpyc.cli.render;

import dev.freshpyc.indexer.audit.Audit.FindingSink;
import dev.freshpyc.indexer.audit.EntryReport;
import java.util.List;

/** Prints a report in one format: the findings during the scan, then the sums. */
public interface AuditRenderer extends FindingSink, AutoCloseable {

    /**
     * Prints the part of the report that was not printed before.
     *
     * @param gaps what the audit has missed besides the entries that could not be read, each in a sentence
     */
    void finish(List<EntryReport> entries, List<String> gaps);

    @Override
    void close();
}
