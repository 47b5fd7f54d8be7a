package dev.freshpyc.cli.render;

import dev.freshpyc.indexer.audit.EntryReport;
import dev.freshpyc.indexer.audit.Finding;
import dev.freshpyc.indexer.scan.PathEntry;
import java.io.PrintStream;
import java.util.List;
import java.util.Optional;

/** Writes a line with one object for each finding, in the order of the paths. */
final class JsonLines implements AuditRenderer {

    private final PrintStream out;
    private final Optional<Survival> after;
    private final Optional<LayerNotes> layers;
    private final RowWriter writer = new RowWriter();
    private final SortedRows<PathEntry> rows = new SortedRows<>("");

    JsonLines(PrintStream out, Optional<Survival> after, Optional<LayerNotes> layers) {
        this.out = out;
        this.after = after;
        this.layers = layers;
    }

    @Override
    public void accept(List<Finding> directory) {
        for (Finding finding : directory) {
            rows.add(
                    finding.entry(),
                    finding.path(),
                    finding.level().name(),
                    writer.render(json -> FindingJson.write(json, finding, after, layers), "\n"));
        }
    }

    @Override
    public void finish(List<EntryReport> entries, List<String> gaps) {
        AccessObstacle.forEach(
                entries,
                obstacle -> rows.add(obstacle.entry(), obstacle.path(), "", writer.render(obstacle::write, "\n")));
        rows.writeTo(out);
    }

    @Override
    public void close() {
        rows.close();
        out.flush();
    }
}
