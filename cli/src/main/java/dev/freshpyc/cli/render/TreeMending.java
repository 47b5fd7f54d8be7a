package dev.freshpyc.cli.render;

import dev.freshpyc.core.file.Errno;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.verdict.Reason;
import dev.freshpyc.core.verdict.Verdict.Kind;
import dev.freshpyc.indexer.audit.EntryReport;
import dev.freshpyc.indexer.audit.Finding;
import dev.freshpyc.indexer.scan.PathEntry;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The commands that mend what an audit of directories found.
 *
 * @param options the options that the audit shares with {@code repair} and {@code clean}, each name followed by its value
 * @param expected the value of the audit's {@code --expect}; {@code repair} compiles missing pycs only with the same value
 * @param root the root directory that {@code --root} names; paths are given inside it
 */
public record TreeMending(List<String> options, Optional<String> expected, Optional<RawPath> root)
        implements AuditMending {

    private static final Set<Kind> REPAIRED = EnumSet.of(
            Kind.NEEDLESS, Kind.STALE, Kind.IMPOSTOR, Kind.FATAL, Kind.FOREIGN, Kind.MALFORMED, Kind.MISSING);

    private static final Reason REFUSED = Reason.of(Errno.EACCES);

    @Override
    public List<String> commands(List<EntryReport> entries) {
        List<String> commands = new ArrayList<>();
        List<EntryReport> repaired = entries.stream()
                .filter(entry -> REPAIRED.stream()
                                .mapToLong(kind -> entry.counts().of(kind))
                                .sum()
                        > entry.counts().withoutSource())
                .toList();
        if (!repaired.isEmpty()) {
            boolean missing = repaired.stream().anyMatch(entry -> entry.counts().of(Kind.MISSING) > 0);
            commands.add(repair(missing) + paths(repaired));
        }
        List<EntryReport> cleaned = entries.stream()
                .filter(entry -> entry.counts().of(Kind.ORPHANED) > 0 && !(entry.entry() instanceof PathEntry.Archive))
                .toList();
        if (!cleaned.isEmpty()) {
            commands.add("freshpyc clean" + words() + paths(cleaned));
        }
        return commands;
    }

    @Override
    public Optional<String> next(List<EntryReport> entries) {
        return commands(entries).stream()
                .findFirst()
                .or(() -> entries.stream()
                        .filter(_ -> root.isEmpty())
                        .flatMap(entry -> entry.costliest().stream())
                        .flatMap(directory -> directory.examples().stream())
                        .findFirst()
                        .map(finding -> "freshpyc explain "
                                + ShellWord.ofPath(finding.entry().path().resolve(finding.path()))));
    }

    @Override
    public Optional<String> command(Finding finding) {
        Kind kind = finding.verdict().kind();
        RawPath entry = finding.entry().path();
        if (REPAIRED.contains(kind) && finding.source() != null) {
            return Optional.of(repair(kind == Kind.MISSING) + " " + ShellWord.ofPath(inRoot(entry)));
        }
        if (finding.members() != null || finding.entry() instanceof PathEntry.Archive) {
            return Optional.empty();
        }
        RawPath file = finding.path().isAbsolute() ? finding.path() : entry.resolve(finding.path());
        return switch (kind) {
            case ORPHANED, FATAL, MALFORMED -> Optional.of("rm " + ShellWord.ofPath(file));
            case UNREADABLE ->
                finding.verdict().reason().equals(REFUSED)
                        ? Optional.of("chmod a+rX " + ShellWord.ofPath(file))
                        : Optional.empty();
            case FRESH, NEEDLESS, STALE, IMPOSTOR, FOREIGN, SOURCELESS, SHADOWED, OTHER_TOOL, MISSING, UNDECIDED ->
                Optional.empty();
        };
    }

    @Override
    public Optional<String> note(List<EntryReport> entries) {
        return Optional.empty();
    }

    private String repair(boolean missing) {
        String expect = missing
                ? expected.map(tags -> " --expect " + ShellWord.of(RawPath.of(tags)))
                        .orElse("")
                : "";
        return "freshpyc repair" + words() + expect;
    }

    private String words() {
        return options.stream()
                .map(word -> " " + ShellWord.of(RawPath.of(word)))
                .collect(Collectors.joining());
    }

    private String paths(List<EntryReport> entries) {
        return entries.stream()
                .map(entry -> " " + ShellWord.ofPath(inRoot(entry.entry().path())))
                .distinct()
                .collect(Collectors.joining());
    }

    private RawPath inRoot(RawPath path) {
        return root.flatMap(path::seenFrom).orElse(path);
    }
}
