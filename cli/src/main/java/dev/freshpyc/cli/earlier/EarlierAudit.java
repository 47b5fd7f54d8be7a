package dev.freshpyc.cli.earlier;

import dev.freshpyc.core.digest.Sha256;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.verdict.Verdict.Kind;
import dev.freshpyc.indexer.audit.EntryReport;
import dev.freshpyc.indexer.audit.Finding;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The verdicts of an earlier audit, by file. File names are not kept in memory: a second reading of the report finds
 * them.
 */
public final class EarlierAudit implements AutoCloseable {

    /**
     * Verdicts that are not compared: those of files in order, which only a report with {@code --all} has, and the
     * verdict on the rights of another user.
     */
    private static final Set<String> IN_ORDER =
            Set.of(Kind.FRESH.label(), Kind.OTHER_TOOL.label(), EntryReport.UNREADABLE_LABEL);

    /** Added to the number of a verdict once its file was seen again. */
    private static final int SEEN = 0x40;

    private final FileChannel report;
    private final VerdictTable verdicts = new VerdictTable();
    private final VerdictTable entries = new VerdictTable();
    private final List<String> labels = new ArrayList<>();

    private EarlierAudit(FileChannel report) {
        this.report = report;
        for (Kind kind : Kind.values()) {
            labels.add(kind.label());
        }
    }

    /**
     * Reads the report.
     *
     * @throws IOException where the file cannot be read, or is no such report; the message tells the cause
     */
    public static EarlierAudit read(Path file) throws IOException {
        EarlierAudit audit = new EarlierAudit(EarlierFile.open(file));
        try {
            new AuditDocument(audit::add, audit::add).read(audit.report);
            return audit;
        } catch (IOException | RuntimeException unusable) {
            audit.close();
            throw unusable;
        }
    }

    private void add(EarlierFinding finding) {
        add(finding.entry());
        if (!IN_ORDER.contains(finding.verdict())) {
            verdicts.put(finding.key(), number(finding));
        }
    }

    private void add(RawPath entry) {
        entries.put(EarlierFinding.entryKey(entry), (byte) 1);
    }

    /** Whether the report names this entry in any spelling. JSON lines name only entries with findings. */
    public boolean names(RawPath entry) {
        return entries.get(EarlierFinding.entryKey(entry)) != 0;
    }

    /** Whether the file had this verdict already. Threads may ask at the same time. */
    public boolean has(Finding finding) {
        EarlierFinding now = EarlierFinding.of(finding);
        return verdicts.get(now.key()) == number(now);
    }

    /** The label of the verdict that the file had; empty where it was in order. From now on, the file counts as seen. */
    public Optional<String> verdict(Finding finding) {
        Sha256 key = EarlierFinding.of(finding).key();
        byte number = verdicts.get(key);
        if (number == 0) {
            return Optional.empty();
        }
        verdicts.put(key, (byte) (number | SEEN));
        int label = (number & ~SEEN) - 1;
        return Optional.of(label < labels.size() ? labels.get(label) : "unknown");
    }

    /** Reads the report again, and hands over the findings of the files that were not seen. */
    public void unseen(Consumer<EarlierFinding> sink) throws IOException {
        Consumer<EarlierFinding> unseen = finding -> {
            byte number = verdicts.get(finding.key());
            if (number != 0 && (number & SEEN) == 0) {
                sink.accept(finding);
            }
        };
        new AuditDocument(unseen, _ -> {}).read(report);
    }

    /** The number of a verdict, from 1. All verdicts of other versions of freshpyc share the number after the last. */
    private byte number(EarlierFinding finding) {
        int known = labels.indexOf(finding.verdict());
        return (byte) (1 + (known < 0 ? labels.size() : known));
    }

    @Override
    public void close() {
        try {
            report.close();
        } catch (IOException nothingIsLost) {
            // ignored: the report was only read, and the system removes a file without a name
        }
    }
}
