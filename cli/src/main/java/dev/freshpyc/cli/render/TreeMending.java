package dev.freshpyc.cli.render;

import dev.freshpyc.core.file.Errno;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.text.ShellWord;
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
 * @param verified whether the audit compared all code with the source's: only a repair that does so too mends what it found
 * @param reader the interpreter that {@code --python} of a repair must name for members of archives, whose names do not tell their
 *     interpreter; empty where the options name it, or none was asked
 * @param root the root directory that {@code --root} names; paths are given inside it
 */
public record TreeMending(
        List<String> options,
        Optional<String> expected,
        boolean verified,
        Optional<String> reader,
        Optional<RawPath> root)
        implements AuditMending {

    private static final Set<Kind> REPAIRED = EnumSet.of(
            Kind.NEEDLESS, Kind.STALE, Kind.IMPOSTOR, Kind.FATAL, Kind.FOREIGN, Kind.MALFORMED, Kind.MISSING);

    /** What makes a repair compare code behind headers that match. */
    static final String VERIFYING = " --require recompiled";

    private static final Reason REFUSED = Reason.of(Errno.EACCES);

    @Override
    public List<String> commands(List<EntryReport> entries) {
        List<String> commands = new ArrayList<>();
        List<EntryReport> repaired =
                entries.stream().filter(TreeMending::mayBeRepaired).toList();
        if (!repaired.isEmpty()) {
            boolean missing = repaired.stream().anyMatch(entry -> entry.counts().of(Kind.MISSING) > 0);
            boolean foreign = repaired.stream()
                    .anyMatch(entry -> entry.entry() instanceof PathEntry.Archive
                            && entry.counts().of(Kind.FOREIGN) > 0);
            commands.add(repair(missing, foreign) + paths(repaired));
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
                        .filter(TreeMending::isNoArchive)
                        .findFirst()
                        .map(_ -> "freshpyc docs " + Reason.NO_ARCHIVE.label()))
                .or(() -> entries.stream()
                        .flatMap(entry -> entry.costliest().stream())
                        .flatMap(directory -> directory.examples().stream())
                        .findFirst()
                        .map(finding ->
                                explain() + rootOption() + " " + ShellWord.ofPath(inRoot(finding.wholePath()))));
    }

    private String rootOption() {
        return root.map(top -> " --root " + ShellWord.ofPath(top)).orElse("");
    }

    @Override
    public String explain() {
        return "freshpyc explain" + (verified ? " --verify" : "");
    }

    @Override
    public Optional<String> command(Finding finding) {
        Kind kind = finding.verdict().kind();
        RawPath entry = finding.entry().path();
        if (REPAIRED.contains(kind) && finding.source() != null) {
            boolean foreign = kind == Kind.FOREIGN && finding.entry() instanceof PathEntry.Archive;
            return Optional.of(repair(kind == Kind.MISSING, foreign) + " " + ShellWord.ofPath(inRoot(entry)));
        }
        if (finding.members() != null || finding.entry() instanceof PathEntry.Archive) {
            return Optional.empty();
        }
        RawPath file = finding.wholePath();
        return switch (kind) {
            case ORPHANED, FATAL, MALFORMED -> Mending.removal(finding.verdict(), file);
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

    /** Whether a repair mends anything there: some of the files that fail or are rejected have a source to compile. */
    private static boolean mayBeRepaired(EntryReport entry) {
        long failing =
                REPAIRED.stream().mapToLong(kind -> entry.counts().of(kind)).sum();
        return failing > entry.counts().withoutSource();
    }

    /** Whether the entry is a file that no interpreter reads as an archive: then that is its only finding. */
    private static boolean isNoArchive(EntryReport entry) {
        return entry.costliest().stream()
                .flatMap(directory -> directory.examples().stream())
                .anyMatch(finding -> finding.verdict().reason().equals(Reason.NO_ARCHIVE));
    }

    private String repair(boolean missing, boolean foreign) {
        String expect = missing
                ? expected.map(tags -> " --expect " + ShellWord.of(RawPath.of(tags)))
                        .orElse("")
                : "";
        String python = foreign ? reader.map(name -> " --python " + name).orElse("") : "";
        return "freshpyc repair" + words() + python + (verified ? VERIFYING : "") + expect;
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
