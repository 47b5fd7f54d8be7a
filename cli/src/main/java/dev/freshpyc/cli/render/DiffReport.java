package dev.freshpyc.cli.render;

import dev.freshpyc.cli.earlier.EarlierAudit;
import dev.freshpyc.cli.earlier.EarlierFinding;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.verdict.Verdict.Kind;
import dev.freshpyc.indexer.audit.EntryReport;
import dev.freshpyc.indexer.audit.Finding;
import dev.freshpyc.indexer.judge.VerdictCounts;
import dev.freshpyc.indexer.scan.PathEntry;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.core.JsonGenerator;

/**
 * Prints the differences to an earlier audit, in the order of the paths: new findings, findings with another verdict, and files that are no
 * longer findings. A file that cannot be read now, or whose entry was not audited, is not called fixed.
 */
public final class DiffReport implements AuditRenderer {

    private final PrintStream out;
    private final AuditFormat format;
    private final EarlierAudit earlier;
    private final Palette palette;
    private final RowWriter writer = new RowWriter();
    private final SortedRows<PathEntry> rows;
    private final List<RawPath> unreadable = new ArrayList<>();
    private long added;
    private long changed;
    private long same;
    private long fixed;

    /** The change of a finding. */
    private enum FindingChange {
        NEW,
        CHANGED,
        FIXED;

        String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** @param format text, JSON or JSON lines */
    public DiffReport(PrintStream out, AuditFormat format, EarlierAudit earlier, Palette palette) {
        this.out = out;
        this.format = format;
        this.earlier = earlier;
        this.palette = palette;
        this.rows = new SortedRows<>(format == AuditFormat.JSON ? "," : "");
    }

    @Override
    public void accept(List<Finding> directory) {
        for (Finding finding : directory) {
            Kind kind = finding.verdict().kind();
            if (kind == Kind.UNREADABLE) {
                unreadable.add(EarlierFinding.of(finding).place());
            }
            if (VerdictCounts.isFinding(kind)) {
                compare(finding);
            }
        }
    }

    private void compare(Finding finding) {
        Optional<String> before = earlier.verdict(finding);
        Kind kind = finding.verdict().kind();
        String now = kind.label();
        if (before.isPresent() && before.get().equals(now)) {
            same++;
            return;
        }
        FindingChange change = before.isPresent() ? FindingChange.CHANGED : FindingChange.NEW;
        added += change == FindingChange.NEW ? 1 : 0;
        changed += change == FindingChange.CHANGED ? 1 : 0;
        String line = FindingLine.of(finding, palette)
                + before.map(verdict -> ", before: " + verdict).orElse("");
        EarlierFinding parts = EarlierFinding.of(finding);
        String label = palette.verdict(kind, padded(change));
        rows.add(
                finding.entry(),
                finding.path(),
                finding.level().name(),
                row(change, label + "  " + line, parts, before, Optional.of(now)));
    }

    @Override
    public void finish(List<EntryReport> entries, List<String> gaps) {
        Map<RawPath, PathEntry> audited = entries.stream()
                .filter(report -> report.refusal().isEmpty())
                .collect(Collectors.toMap(
                        report -> EarlierFinding.place(report.entry().path()), EntryReport::entry, (one, _) -> one));
        try {
            earlier.unseen(finding -> fixed(finding, audited));
        } catch (IOException unread) {
            throw new UncheckedIOException(unread);
        }
        print();
    }

    private void fixed(EarlierFinding finding, Map<RawPath, PathEntry> audited) {
        PathEntry entry = audited.get(EarlierFinding.place(finding.entry()));
        if (entry == null || isUnreadable(finding.place())) {
            return;
        }
        fixed++;
        String line = palette.mended(padded(FindingChange.FIXED)) + "  "
                + entry.path().locate(finding.path()).shown() + ": no finding, before: "
                + RawPath.of(finding.verdict() + " (" + finding.reason() + ")" + finding.missing())
                        .shown();
        rows.add(
                entry,
                finding.path(),
                finding.level(),
                row(
                        FindingChange.FIXED,
                        line,
                        finding.in(entry.path()),
                        Optional.of(finding.verdict()),
                        Optional.empty()));
    }

    private boolean isUnreadable(RawPath file) {
        return unreadable.stream()
                .anyMatch(path -> file.equals(path) || file.relativeTo(path).isPresent());
    }

    private byte[] row(
            FindingChange change, String line, EarlierFinding parts, Optional<String> before, Optional<String> now) {
        if (format == AuditFormat.TEXT) {
            return (line + "\n").getBytes(StandardCharsets.UTF_8);
        }
        return writer.render(
                json -> {
                    json.writeStartObject();
                    json.writeStringProperty("change", change.label());
                    json.writeStringProperty("entry", parts.entry().toPython());
                    json.writeStringProperty("path", parts.path().toPython());
                    json.writeStringProperty("tag", parts.tag());
                    json.writeStringProperty("opt", parts.level());
                    json.writeName("before");
                    FindingJson.string(json, before.orElse(null));
                    json.writeName("verdict");
                    FindingJson.string(json, now.orElse(null));
                    json.writeEndObject();
                },
                format == AuditFormat.JSON ? "" : "\n");
    }

    /** The label of a change, as wide as the widest. */
    private static String padded(FindingChange change) {
        return change.label()
                + " "
                        .repeat(FindingChange.CHANGED.label().length()
                                - change.label().length());
    }

    private void print() {
        if (format != AuditFormat.JSON) {
            rows.writeTo(out);
            if (format == AuditFormat.TEXT) {
                out.println(Words.number(added) + " new, " + Words.number(changed) + " changed, " + Words.number(fixed)
                        + " fixed, " + Words.number(same) + " as before.");
            }
            return;
        }
        JsonGenerator json = AsciiJson.generator(out);
        DocumentSchema.AUDIT_DIFF.start(json);
        json.writeArrayPropertyStart("changes");
        json.flush();
        rows.writeTo(out);
        json.writeEndArray();
        json.writeNumberProperty("new", added);
        json.writeNumberProperty("changed", changed);
        json.writeNumberProperty("fixed", fixed);
        json.writeNumberProperty("same", same);
        json.writeEndObject();
        json.flush();
        out.println();
    }

    @Override
    public void close() {
        rows.close();
        out.flush();
    }
}
