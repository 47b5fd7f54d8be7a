package dev.freshpyc.cli.render;

import dev.freshpyc.core.digest.Sha256;
import dev.freshpyc.indexer.audit.EntryReport;
import dev.freshpyc.indexer.audit.Finding;
import dev.freshpyc.indexer.judge.VerdictCounts;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Objects;

/**
 * Writes one page that needs no network and no other file. Names come from the file system and may be hostile: all text is escaped,
 * and the page's policy lets no script and no style run but the two whose digests it names.
 */
final class HtmlReport implements AuditRenderer {

    private final PrintStream out;
    private final AuditView view;
    private final Icicle icicle = new Icicle();
    private final HtmlFindings findings;

    HtmlReport(PrintStream out, AuditView view) {
        this.out = out;
        this.view = view;
        findings = new HtmlFindings(view);
    }

    @Override
    public void accept(List<Finding> directory) {
        view.layers().ifPresent(notes -> notes.count(directory));
        for (Finding finding : directory) {
            icicle.add(finding);
            if (view.all() || VerdictCounts.isFinding(finding.verdict().kind())) {
                findings.add(finding);
            }
        }
    }

    @Override
    public void finish(List<EntryReport> entries) {
        HtmlSummary summary = new HtmlSummary(view, entries);
        String style = resource("audit.css");
        String script = resource("audit.js");
        out.println("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">");
        out.println("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; script-src '"
                + digest(script) + "'; style-src '" + digest(style) + "'; base-uri 'none'; form-action 'none'\">");
        out.println("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">");
        out.println("<meta name=\"color-scheme\" content=\"light dark\">\n<title>" + HtmlText.escape(summary.headline())
                + " - freshpyc audit</title>");
        out.println("<style>" + style + "</style>\n</head>\n<body>\n<header><p class=\"soft\">freshpyc audit, version "
                + HtmlText.escape(Version.number()) + "</p>");
        out.println("<h1>" + HtmlText.escape(summary.headline()) + "</h1></header>\n<main>");
        summary.print(out, icicle);
        table();
        out.println("</main>\n<script>" + script + "</script>\n</body>\n</html>");
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

    private static String digest(String text) {
        byte[] digest = Sha256.newDigest().digest(text.getBytes(StandardCharsets.UTF_8));
        return "sha256-" + Base64.getEncoder().encodeToString(digest);
    }

    private static String resource(String name) {
        try (InputStream in = Objects.requireNonNull(HtmlReport.class.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
