package dev.freshpyc.cli.render;

import dev.freshpyc.indexer.audit.EntryReport;
import dev.freshpyc.indexer.audit.Finding;
import dev.freshpyc.indexer.judge.VerdictCounts;
import java.io.PrintStream;
import java.util.List;
import java.util.Optional;

/**
 * Writes one page that needs no network and no other file. Names come from the file system and may be hostile: all text is escaped.
 */
final class HtmlReport implements AuditRenderer {

    private final PrintStream out;
    private final AuditView view;
    private final Icicle icicle = new Icicle();
    private final Headline headline = new Headline();
    private final HtmlFindings findings;
    private final Optional<HashlessPycs> hashless;

    HtmlReport(PrintStream out, AuditView view) {
        this.out = out;
        this.view = view;
        findings = new HtmlFindings(view);
        hashless = view.after().map(HashlessPycs::new);
    }

    @Override
    public void accept(List<Finding> directory) {
        view.layers().ifPresent(notes -> notes.count(directory));
        hashless.ifPresent(known -> known.count(directory));
        for (Finding finding : directory) {
            icicle.add(finding);
            headline.add(finding);
            if (view.all() || VerdictCounts.isFinding(finding.verdict().kind())) {
                findings.add(finding);
            }
        }
    }

    @Override
    public void finish(List<EntryReport> entries, List<String> gaps) {
        HtmlSummary summary = new HtmlSummary(view, entries, headline, hashless);
        HtmlPage page = new HtmlPage(HtmlReport.class, "audit");
        page.begin(out, "audit", headline.of(entries, gaps.isEmpty()));
        gaps.forEach(gap -> out.println("<p>Not complete: " + HtmlText.escape(gap) + ".</p>"));
        summary.print(out, icicle);
        table();
        page.end(out);
    }

    @Override
    public void close() {
        findings.close();
        out.flush();
    }

    private void table() {
        out.println("""
                <section id="list" hidden><h2 id="findings">Findings</h2>
                <div class="tools"><label>Search <input type="search" id="search" autocomplete="off" spellcheck="false"></label>
                <label>Verdict <select id="verdict"><option value="">all</option></select></label></div>
                <p id="status" class="soft" role="status"></p>
                <table aria-labelledby="findings"><thead><tr><th scope="col" class="verdict">Verdict</th><th scope="col">File</th></tr></thead>
                <tbody id="rows"></tbody></table>
                <div class="tools"><button type="button" id="previous">Previous</button> <button type="button" id="next">Next</button></div>
                </section>
                <noscript><section><h2>Findings</h2><p>The list of all findings needs scripts. freshpyc audit --format jsonl prints it as text.</p></section></noscript>""");
        out.print("<script type=\"application/json\" id=\"data\">");
        findings.print(out);
        out.println("</script>");
    }
}
