package dev.freshpyc.cli.render;

import java.io.PrintStream;
import java.util.Optional;

/** The formats of an audit's report. */
public enum AuditFormat {
    /** For people: counts, the costliest directories, and whether timestamps can be trusted. */
    TEXT,
    /** One document for programs. */
    JSON,
    /** A line with one object for each finding. */
    JSONL,
    /** SARIF 2.1.0, for pages that show the findings of code scanners. */
    SARIF,
    /** The XML of test reports, for CI servers. */
    JUNIT,
    /** The lines that GitHub Actions shows as annotations. */
    GITHUB,
    /** One page for people, to be opened in a browser or mailed. */
    HTML;

    public AuditRenderer renderer(PrintStream out, AuditView view) {
        Optional<Survival> after = view.after();
        Optional<LayerNotes> layers = view.layers();
        return switch (this) {
            case TEXT -> new TextReport(out, view);
            case JSON -> new JsonReport(out, after, layers);
            case JSONL -> new JsonLines(out, after, layers);
            case SARIF -> new SarifReport(out, after, layers);
            case JUNIT -> new JunitReport(out, after);
            case GITHUB -> new GithubReport(out, after);
            case HTML -> new HtmlReport(out, view);
        };
    }

    /** Whether the report needs fresh files: it draws them always, and lists them on request. */
    public boolean needsAll() {
        return this == HTML;
    }
}
