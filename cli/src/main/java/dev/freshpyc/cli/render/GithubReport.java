package dev.freshpyc.cli.render;

import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.indexer.audit.EntryReport;
import dev.freshpyc.indexer.audit.Finding;
import dev.freshpyc.indexer.scan.PathEntry;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * Writes workflow commands of GitHub Actions: an annotation for each finding, then the sums. Control characters in names are escaped first,
 * so that no file name can begin a command.
 */
final class GithubReport implements AuditRenderer {

    private static final String TITLE = "freshpyc audit";

    private final PrintStream out;
    private final Optional<Survival> after;
    private final SortedRows<PathEntry> rows = new SortedRows<>("");

    GithubReport(PrintStream out, Optional<Survival> after) {
        this.out = out;
        this.after = after;
    }

    @Override
    public void accept(List<Finding> directory) {
        for (Finding finding : directory) {
            Severity severity = Severity.of(finding.verdict());
            if (severity != Severity.NONE) {
                rows.add(
                        finding.entry(),
                        finding.path(),
                        finding.level().name(),
                        line(severity, finding).getBytes(StandardCharsets.UTF_8));
            }
        }
    }

    @Override
    public void finish(List<EntryReport> entries, List<String> gaps) {
        AccessObstacle.forEach(
                entries,
                obstacle -> rows.add(
                        obstacle.entry(), obstacle.path(), "", line(obstacle).getBytes(StandardCharsets.UTF_8)));
        rows.writeTo(out);
        for (EntryReport entry : entries) {
            entry.refusal()
                    .ifPresent(errno -> out.print(command(
                            Severity.ERROR,
                            "title=" + TITLE,
                            entry.entry().path().shown() + " could not be read: " + errno.symbol())));
        }
        gaps.forEach(gap -> out.print(command(Severity.ERROR, "title=" + TITLE, gap)));
        out.print(command(Severity.NOTE, "title=" + TITLE, Counts.judged(Counts.sum(entries))));
    }

    @Override
    public void close() {
        rows.close();
        out.flush();
    }

    private String line(Severity severity, Finding finding) {
        RawPath file = FindingPlace.of(finding).file().normalized();
        return command(
                severity,
                "file=" + property(file.shown()) + ",line=1,title=" + property(FindingText.verdict(finding)),
                FindingText.sentence(finding, after) + "\n" + FindingText.remedy(finding));
    }

    private static String line(AccessObstacle obstacle) {
        return command(
                AccessObstacle.SEVERITY,
                "file=" + property(obstacle.file().normalized().shown()) + ",line=1,title=" + AccessObstacle.LABEL,
                obstacle.sentence() + "\n" + AccessObstacle.REMEDY);
    }

    private static String command(Severity severity, String properties, String message) {
        return "::" + severity.github() + " " + properties + "::" + data(message) + "\n";
    }

    /** Escapes a message, as the runner's {@code escapeData} does. */
    private static String data(String text) {
        return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A");
    }

    /** Escapes the value of a property, as the runner's {@code escapeProperty} does. */
    private static String property(String text) {
        return data(text).replace(":", "%3A").replace(",", "%2C");
    }
}
