package dev.freshpyc.cli.render;

import dev.freshpyc.core.pyc.MagicTable;
import dev.freshpyc.core.pyc.PycHeader;
import dev.freshpyc.core.pyc.PythonVersion;
import dev.freshpyc.core.verdict.Reason;
import dev.freshpyc.core.verdict.Verdict;
import dev.freshpyc.indexer.audit.Finding;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What to do about a verdict, in words. */
final class Remedy {

    /** What to do about a file that could not be judged, by the reason. */
    private static final Map<Reason, String> UNDECIDED = Map.of(
            Reason.CHANGING, "run the command again when nothing writes to the file",
            Reason.RACY, "run the command again in two seconds",
            Reason.NO_INTERPRETER, "name its interpreter: --python EXE",
            Reason.DOES_NOT_COMPILE, "correct the source, which does not compile",
            Reason.INCOMPARABLE, "nothing: freshpyc cannot compare the code of this file",
            Reason.NO_SOURCE, "nothing: without a source, the code cannot be compared",
            Reason.UNKNOWN_HASH, "compile the source with the interpreter's own compileall");

    /** What to do about an archive that cannot be used, or about the name of a file or member, by the reason. */
    private static final Map<Reason, String> FLAWS = Map.of(
            Reason.NOT_A_FILE, "remove or rename what has this name: it is no file",
            Reason.NO_ARCHIVE, "make the archive again, or remove it from the path",
            Reason.UNSAFE_NAME, "make the archive again without this member",
            Reason.DUPLICATE_NAME,
                    "nothing, unless you need this member: then make the archive again without the other");

    private Remedy() {}

    static String of(Finding finding) {
        Verdict.Kind kind = finding.verdict().kind();
        if (kind == Verdict.Kind.UNDECIDED) {
            return UNDECIDED.getOrDefault(finding.verdict().reason(), of(kind));
        }
        @Nullable String flaw = FLAWS.get(finding.verdict().reason());
        if (flaw != null) {
            return flaw;
        }
        if (finding.members() != null) {
            return inArchive(finding, kind);
        }
        if (finding.tag() != null) {
            return of(kind);
        }
        return finding.source() == null ? withoutSource(finding, kind) : besideSource(kind);
    }

    /** What to do about a member of an archive. */
    private static String inArchive(Finding finding, Verdict.Kind kind) {
        return switch (kind) {
            case NEEDLESS, FRESH, SOURCELESS, OTHER_TOOL, UNDECIDED -> of(kind);
            case STALE, IMPOSTOR, MISSING, FATAL, FOREIGN, MALFORMED ->
                finding.source() == null
                        ? "make the archive again with the source, or without this member"
                        : "compile the source with the interpreter that imports it";
            case SHADOWED, ORPHANED -> "nothing: no import reads it; a new archive can leave it out";
            case UNREADABLE -> "make the archive again: this member cannot be read";
        };
    }

    /** What to do about a legacy file without a source. */
    private static String withoutSource(Finding finding, Verdict.Kind kind) {
        return switch (kind) {
            case FOREIGN ->
                "import it with " + writer(finding.header()) + ", which wrote it, or put its source in its place";
            case FATAL, MALFORMED -> "restore its source, or remove the file";
            default -> of(kind);
        };
    }

    /** What to do about a legacy file beside its source. */
    private static String besideSource(Verdict.Kind kind) {
        return kind == Verdict.Kind.FOREIGN ? of(Verdict.Kind.STALE) : of(kind);
    }

    private static String writer(@Nullable PycHeader header) {
        Optional<PythonVersion> writer = switch (header) {
            case PycHeader.Intact intact -> MagicTable.owner(intact.magic());
            case PycHeader.BadFlags bad -> MagicTable.owner(bad.magic());
            case PycHeader.Cut _ -> Optional.empty();
            case null -> Optional.empty();
        };
        return writer.map(PythonVersion::toString).orElse("the interpreter");
    }

    private static String of(Verdict.Kind kind) {
        return switch (kind) {
            case FRESH, SOURCELESS -> "nothing";
            case NEEDLESS -> "write a new header: the code is right";
            case STALE, IMPOSTOR, FATAL, MALFORMED, MISSING -> "compile the source with that interpreter";
            case FOREIGN -> "compile the source with the interpreter of the tag, or remove the file";
            case ORPHANED -> "remove the file: no interpreter reads it";
            case OTHER_TOOL -> "nothing: the tool that wrote it reads it";
            case SHADOWED -> "nothing: no interpreter reads it there";
            case UNDECIDED -> "run the command again";
            case UNREADABLE -> "make the file readable";
        };
    }
}
