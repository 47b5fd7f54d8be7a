package dev.freshpyc.cli.render;

import dev.freshpyc.cli.page.Page;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.verdict.Verdict.Kind;
import dev.freshpyc.indexer.audit.EntryReport;
import dev.freshpyc.indexer.audit.EntryReport.DirectoryReport;
import dev.freshpyc.indexer.audit.Finding;
import dev.freshpyc.indexer.judge.VerdictCounts;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The parts of the page that are readable without scripts: the counts of verdicts, the commands, the directories and the timestamps. */
final class HtmlSummary {

    private static final int SHOWN_DIRECTORIES = 12;

    private final AuditView view;
    private final List<EntryReport> entries;
    private final Headline headline;
    private final VerdictCounts sums;
    private final Optional<HashlessPycs> hashless;

    /** @param hashless of a report of predicted verdicts */
    HtmlSummary(AuditView view, List<EntryReport> entries, Headline headline, Optional<HashlessPycs> hashless) {
        this.view = view;
        this.entries = entries;
        this.headline = headline;
        this.sums = Counts.sum(entries);
        this.hashless = hashless;
    }

    void print(PrintStream out, Icicle icicle) {
        view.after().ifPresent(known -> out.println("<p>" + HtmlText.escape(known.heading()) + "</p>"));
        verdicts(out);
        obstacles(out);
        mending(out);
        tree(out, icicle);
        trust(out);
        view.layers().ifPresent(notes -> layers(out, notes));
    }

    private void verdicts(PrintStream out) {
        if (sums.total() == 0) {
            return;
        }
        out.println("<section><h2>Verdicts</h2><table><thead><tr><th scope=\"col\">Verdict</th>"
                + "<th scope=\"col\" class=\"n\">Files</th></tr></thead><tbody>");
        List<Kind> kinds = Arrays.stream(Kind.values())
                .filter(kind -> sums.of(kind) > 0)
                .sorted(Comparator.comparing(headline::worst))
                .toList();
        for (Kind kind : kinds) {
            String meaning = Page.of(kind.label()).map(Page::summary).orElse("").replace("`", "");
            out.println("<tr><th scope=\"row\">" + mark(headline.worst(kind)) + kind.label() + "<small>"
                    + HtmlText.escape(meaning) + "</small></th><td class=\"n\">" + Words.number(sums.of(kind))
                    + "</td></tr>");
        }
        out.println("</tbody></table></section>");
    }

    private void obstacles(PrintStream out) {
        List<AccessObstacle> obstacles = new ArrayList<>();
        AccessObstacle.forEach(entries, obstacles::add);
        if (obstacles.isEmpty()) {
            return;
        }
        out.println(
                "<section><h2>" + AccessObstacle.LABEL
                        + "</h2><p>The user cannot read these bytecode files, and compiles at"
                        + " every start those sources that the user can read. " + AccessObstacle.REMEDY + "</p>"
                        + "<table><thead><tr><th scope=\"col\">Cause</th><th scope=\"col\" class=\"n\">Files</th></tr></thead><tbody>");
        obstacles.forEach(obstacle -> out.println("<tr><th scope=\"row\">" + mark(AccessObstacle.SEVERITY) + "<code>"
                + HtmlText.escape(obstacle.file().shown()) + "</code></th><td class=\"n\">"
                + Words.number(obstacle.pycs()) + "</td></tr>"));
        out.println("</tbody></table></section>");
    }

    private void mending(PrintStream out) {
        List<String> lines = hashless.map(known -> known.commands(entries))
                .orElseGet(() -> view.mending().commands(entries));
        Optional<String> note =
                hashless.isPresent() ? hashless.get().note() : view.mending().note(entries);
        if (!lines.isEmpty() || note.isPresent()) {
            out.println("<section><h2>To mend</h2>");
            lines.forEach(line -> out.println("<pre><code>" + HtmlText.escape(line) + "</code></pre>"));
            note.ifPresent(text -> out.println("<p>" + HtmlText.escape(text) + "</p>"));
            out.println(
                    view.layers().isEmpty()
                            ? "<p class=\"soft\">freshpyc undo restores what the last command changed.</p></section>"
                            : "</section>");
        }
    }

    private void tree(PrintStream out, Icicle icicle) {
        if (icicle.isEmpty()) {
            return;
        }
        out.println("<section><h2>Where</h2><p class=\"soft\">Each cell is a directory, as wide as its share of the"
                + " bytecode files.</p>");
        out.print(icicle.svg());
        out.println("<p class=\"legend\"><span>" + mark(Severity.ERROR) + "wrong code or failing imports</span> <span>"
                + mark(Severity.WARNING) + "slow starts, or not judged</span> <span>" + mark(Severity.NOTE)
                + "of no use, or without a source</span> <span>"
                + mark(Severity.NONE) + "fresh</span></p>");
        if (sums.findings() > 0) {
            out.println(
                    "<table><thead><tr><th scope=\"col\">Costliest directories</th>"
                            + "<th scope=\"col\" class=\"n\">Findings</th><th scope=\"col\" class=\"n\">Compiled</th></tr></thead><tbody>");
            entries.forEach(entry -> entry.costliest().stream()
                    .limit(SHOWN_DIRECTORIES)
                    .forEach(directory -> directory(out, entry, directory)));
            out.println("</tbody></table>");
        }
        out.println("</section>");
    }

    private static void directory(PrintStream out, EntryReport entry, DirectoryReport directory) {
        RawPath path = entry.entry().path().locate(directory.path());
        String examples = directory.examples().stream()
                .map(finding -> name(finding) + " " + FindingText.verdict(finding))
                .collect(Collectors.joining(", "));
        long more = directory.counts().findings() - directory.examples().size();
        String rest = more > 0 ? " and " + Words.number(more) + " more" : "";
        out.println("<tr><th scope=\"row\"><code>" + HtmlText.escape(path.shown()) + "</code><small>"
                + HtmlText.escape(examples + rest) + "</small></th><td class=\"n\">"
                + Words.number(directory.counts().findings()) + "</td><td class=\"n\">"
                + (directory.recompiledBytes() == 0 ? "" : Words.bytes(directory.recompiledBytes())) + "</td></tr>");
    }

    private static String name(Finding finding) {
        return finding.path().equals(RawPath.EMPTY)
                ? "the directory"
                : FindingText.missing(finding).orElse(finding.path().name()).shown();
    }

    private void trust(PrintStream out) {
        out.println("<section><h2>Timestamps</h2><dl>");
        for (EntryReport entry : entries) {
            out.println("<dt><code>" + HtmlText.escape(entry.entry().path().shown()) + "</code></dt><dd>"
                    + HtmlText.escape(trust(entry)) + "</dd>");
        }
        out.println("</dl></section>");
    }

    private static String trust(EntryReport entry) {
        if (entry.refusal().isPresent()) {
            return "Could not be read: " + entry.refusal().get().symbol() + ".";
        }
        String times = entry.archiveTimes()
                .map(known -> String.join(" ", ArchiveZone.lines(known)))
                .orElseGet(() -> TrustParagraph.of(entry.timestamps()));
        return entry.recompiledBytes() == 0
                ? times
                : times + " " + Words.bytes(entry.recompiledBytes()) + " of source are compiled again at every start"
                        + (entry.archiveTimes().isPresent() ? "." : ", unless the interpreter can write the result.");
    }

    private static void layers(PrintStream out, LayerNotes notes) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        notes.print(new PrintStream(bytes, true, StandardCharsets.UTF_8));
        out.println("<section><h2>Layers</h2><pre><code>"
                + HtmlText.escape(bytes.toString(StandardCharsets.UTF_8).strip()) + "</code></pre></section>");
    }

    private static String mark(Severity severity) {
        return "<span class=\"mark " + severity.sarif() + "\"></span>";
    }
}
