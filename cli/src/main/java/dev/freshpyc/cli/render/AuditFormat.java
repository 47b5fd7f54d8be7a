package dev.freshpyc.cli.render;

import java.io.PrintStream;
import java.util.Optional;

/** The formats of an audit's report. */
public enum AuditFormat {
    /** For people: counts, the costliest directories, and whether timestamps can be trusted. */
    TEXT,
    /** One document for programs. */
    JSON,
    /** One object a line, for each finding. */
    JSONL,
    /** SARIF 2.1.0, for pages that show the findings of code scanners. */
    SARIF,
    /** The XML of test reports, for CI servers. */
    JUNIT,
    /** The lines that GitHub Actions shows as annotations. */
    GITHUB;

    /**
     * The renderer of an audit.
     *
     * @param after the transport for which the verdicts are foretold; empty where they are today's
     * @param layers of the image that is audited; empty for the files of a system
     */
    public AuditRenderer renderer(PrintStream out, Optional<Survival> after, Optional<LayerNotes> layers) {
        return switch (this) {
            case TEXT -> new TextReport(out, after, layers);
            case JSON -> new JsonReport(out, after, layers);
            case JSONL -> new JsonLines(out, after, layers);
            case SARIF -> new SarifReport(out, after, layers);
            case JUNIT -> new JunitReport(out, after);
            case GITHUB -> new GithubReport(out, after);
        };
    }
}
