package dev.freshpyc.indexer.library;

import dev.freshpyc.core.path.JavaPath;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.pyc.OptimizationLevel;
import dev.freshpyc.core.verdict.Verdict;
import dev.freshpyc.indexer.audit.EntryReport;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The result of an audit.
 *
 * @param verdicts how many pycs have each verdict, by the words of the reports: {@code fresh}, {@code stale} ...
 * @param findings the pycs that are not fresh, sorted by path
 * @param unreadable a line for each path entry that could not be opened
 */
public record AuditResult(Map<String, Long> verdicts, List<FileVerdict> findings, List<String> unreadable) {

    /**
     * The verdict on one pyc, in the words of the reports.
     *
     * @param file the pyc; the source where the pyc is missing, and for a lookup
     * @param tag the interpreter's tag, such as {@code cpython-312}; empty for a legacy file
     * @param level the optimization level, empty for none
     * @param verdict {@code fresh}, {@code needless}, {@code stale}, {@code impostor} ...
     * @param interpreter {@code loads}, {@code recompiles}, {@code fails} or {@code ignores}; empty where nothing is known
     * @param reason {@code mtime}, {@code size}, {@code hash} ...
     * @param evidence what proves the verdict: {@code header}, {@code hash-header}, {@code index} or {@code manifest}; empty
     *     where nothing does
     */
    public record FileVerdict(
            Path file,
            Optional<String> tag,
            String level,
            String verdict,
            Optional<String> interpreter,
            String reason,
            Optional<String> evidence) {

        static FileVerdict of(RawPath file, @Nullable String tag, OptimizationLevel level, Verdict verdict) {
            return new FileVerdict(
                    JavaPath.of(file),
                    Optional.ofNullable(tag),
                    level.name(),
                    verdict.kind().label(),
                    Optional.ofNullable(verdict.interpreter()).map(answer -> answer.label()),
                    verdict.reason().label(),
                    Optional.ofNullable(verdict.evidence()).map(evidence -> evidence.label()));
        }
    }

    static AuditResult of(List<EntryReport> reports, List<FileVerdict> findings) {
        Map<String, Long> verdicts = new TreeMap<>();
        List<String> unreadable = new ArrayList<>();
        for (EntryReport report : reports) {
            for (Verdict.Kind kind : Verdict.Kind.values()) {
                if (report.counts().of(kind) > 0) {
                    verdicts.merge(kind.label(), report.counts().of(kind), Long::sum);
                }
            }
            report.refusal()
                    .ifPresent(errno -> unreadable.add(report.entry().path().shown() + ": " + errno));
        }
        return new AuditResult(
                Map.copyOf(verdicts),
                findings.stream()
                        .sorted((one, other) -> one.file().compareTo(other.file()))
                        .toList(),
                List.copyOf(unreadable));
    }
}
