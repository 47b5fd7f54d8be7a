package dev.freshpyc.cli.render;

import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.indexer.audit.EntryReport;
import dev.freshpyc.indexer.audit.EntryReport.DirectoryReport;
import dev.freshpyc.indexer.audit.Finding;
import dev.freshpyc.indexer.judge.VerdictCounts;
import java.io.PrintStream;
import java.util.List;
import java.util.Optional;

/** Prints the report for people: by entry, then by directory, the costliest directory first. */
final class TextReport implements AuditRenderer {

    private static final int SHOWN_DIRECTORIES = 10;

    private final PrintStream out;
    private final AuditView view;
    private final Palette palette;
    private final Optional<Survival> after;
    private final Optional<LayerNotes> layers;
    private final Optional<HashlessPycs> hashless;

    TextReport(PrintStream out, AuditView view) {
        this.out = out;
        this.view = view;
        this.palette = view.palette();
        this.after = view.after();
        this.hashless = after.map(HashlessPycs::new);
        this.layers = view.layers();
    }

    /** Only the examples that the sums keep are printed; pycs that no header can save are counted. */
    @Override
    public void accept(List<Finding> directory) {
        layers.ifPresent(notes -> notes.count(directory));
        hashless.ifPresent(known -> known.count(directory));
    }

    @Override
    public void finish(List<EntryReport> entries, List<String> gaps) {
        after.ifPresent(known -> paragraph("", known.heading()));
        entries.forEach(this::entry);
        layers.ifPresent(notes -> notes.print(out));
        VerdictCounts sums = Counts.sum(entries);
        out.println(Counts.judged(sums));
        byHeader(
                sums.unreadBodies() - sums.unwalkableBodies(),
                "the bodies were not read." + (view.hints() ? " --deep reads them and finds those that fail." : ""));
        byHeader(sums.unwalkableBodies(), "freshpyc does not know the interpreter's code, so it judged no body.");
        if (sums.findings() > 0 && view.hints()) {
            paragraph(
                    "",
                    "--format jsonl lists all findings; '" + view.mending().explain() + " FILE' explains one file.");
        }
        if (hashless.isPresent()) {
            hashless.get().note().ifPresent(note -> paragraph("", note));
            hashless.get().commands(entries).forEach(out::println);
        } else if (view.hints()) {
            view.mending().next(entries).ifPresent(next -> out.println("Next: " + next));
            view.mending().note(entries).ifPresent(note -> paragraph("", note));
        }
    }

    /** Counts the pycs whose bodies were not judged. */
    private void byHeader(long pycs, String bodies) {
        if (pycs > 0) {
            String load = pycs == 1 ? " loads by its header; " : " load by their headers; ";
            paragraph("", Words.count(pycs, "pyc") + load + bodies);
        }
    }

    private void paragraph(String indent, String text) {
        out.println(Paragraph.of(indent, text));
    }

    @Override
    public void close() {
        out.flush();
    }

    private void entry(EntryReport report) {
        out.println(palette.heading(report.entry().path().shown()));
        if (report.refusal().isPresent()) {
            out.println("  could not be read: " + report.refusal().get().symbol());
            out.println();
            return;
        }
        paragraph("  ", Words.count(report.counts().total(), "pyc") + Counts.text(report.counts(), ": ", palette));
        if (report.archiveTimes().isPresent()) {
            ArchiveZone.lines(report.archiveTimes().get()).forEach(line -> paragraph("  ", line));
        } else if (after.isEmpty()) { // the transport changes today's times
            paragraph("  ", TrustParagraph.of(report.timestamps()));
        }
        if (report.recompiledBytes() > 0) {
            paragraph(
                    "  ",
                    "Compiled again at every start"
                            + (report.archiveTimes().isPresent()
                                    ? ", since nothing is written into an archive: "
                                    : " unless the interpreter can write the result: ")
                            + Words.bytes(report.recompiledBytes()) + " of source.");
        }
        unreadable(report);
        if (!report.costliest().isEmpty()) {
            directories(report);
        }
        out.println();
    }

    private void unreadable(EntryReport report) {
        if (report.unreadable().isEmpty()) {
            return;
        }
        long pycs =
                report.unreadable().values().stream().mapToLong(Long::longValue).sum();
        paragraph(
                "  ",
                "unreadable-to-others: the user cannot read " + Words.count(pycs, "pyc")
                        + ", and compiles at every start those sources that the user can read:");
        report.unreadable().entrySet().stream()
                .limit(SHOWN_DIRECTORIES)
                .forEach(one -> out.println("    " + one.getKey().shown() + ": " + Words.count(one.getValue(), "pyc")));
        if (report.unreadable().size() > SHOWN_DIRECTORIES) {
            out.println("    and " + Words.number(report.unreadable().size() - SHOWN_DIRECTORIES)
                    + " more; --format json lists them");
        }
    }

    private void directories(EntryReport report) {
        out.println();
        out.println("  The costliest of " + Words.count(report.directories(), "directory") + " with findings:");
        report.costliest().stream().limit(SHOWN_DIRECTORIES).forEach(this::directory);
    }

    private void directory(DirectoryReport report) {
        String name = report.path().equals(RawPath.EMPTY) ? "." : report.path().shown();
        String cost = report.recompiledBytes() > 0 ? ", " + Words.bytes(report.recompiledBytes()) + " of source" : "";
        out.println();
        paragraph("  ", palette.heading(name) + Counts.text(report.counts(), ": ", palette) + cost);
        report.examples().forEach(finding -> out.println(line(finding)));
        long more = report.counts().findings() - report.examples().size();
        if (more > 0) {
            out.println("  and " + Words.number(more) + " more");
        }
    }

    private String line(Finding finding) {
        String note = layers.flatMap(notes -> notes.text(finding))
                .map(text -> ": " + text)
                .orElse("");
        return FindingLine.of(finding, palette) + note;
    }
}
