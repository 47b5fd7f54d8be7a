package dev.freshpyc.cli.render;

import dev.freshpyc.indexer.audit.EntryReport;
import dev.freshpyc.indexer.audit.FindingSink;
import java.util.List;

/** One form of a report: findings while the scan goes on, then the sums. */
public interface AuditRenderer extends FindingSink, AutoCloseable {

    void finish(List<EntryReport> entries);

    @Override
    void close();
}
