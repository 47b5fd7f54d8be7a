package dev.freshpyc.core.verdict;

import static dev.freshpyc.core.verdict.InterpreterAnswer.FAILS;
import static dev.freshpyc.core.verdict.InterpreterAnswer.LOADS;
import static dev.freshpyc.core.verdict.InterpreterAnswer.RECOMPILES;

import dev.freshpyc.core.file.FileStamp;
import dev.freshpyc.core.observe.Observation.PycState;
import dev.freshpyc.core.observe.Observation.SourceContent;
import dev.freshpyc.core.observe.Observation.SourceState;
import dev.freshpyc.core.pyc.HeaderLayout;
import dev.freshpyc.core.pyc.PycFormat;
import dev.freshpyc.core.pyc.PycHeader;
import dev.freshpyc.core.pyc.SourceMtime;
import dev.freshpyc.core.verdict.Verdict.Kind;
import java.util.Objects;

/** Judges a bytecode file with an accepted magic against the source whose cache it is. */
final class PycacheJudge {

    private static final Verdict FRESH_BY_TIMES = Verdict.fresh(Reason.MATCH, Evidence.HEADER);
    private static final Verdict FRESH_BUT_RACY = Verdict.fresh(Reason.RACY, null);
    private static final Verdict FRESH_BY_HASH = Verdict.fresh(Reason.MATCH, Evidence.HASH_HEADER);

    private final HashChecks checks;
    private final RacyWindow window;

    PycacheJudge(HashChecks checks, RacyWindow window) {
        this.checks = checks;
        this.window = window;
    }

    Verdict judge(SourceState.Present source, PycState.Read pyc, PycFormat format, long takenAtNanos) {
        Verdict byHeader = switch (pyc.header()) {
            case PycHeader.Timestamped header -> byTimes(header, source.stamp(), format, takenAtNanos);
            case PycHeader.Hashed header -> byHash(header, source.content());
            case PycHeader.Cut _, PycHeader.BadFlags _ ->
                Objects.requireNonNull(FormatFault.ofHeader(pyc.header(), RECOMPILES));
        };
        return byHeader.interpreter() == LOADS ? FormatFault.ofBody(pyc.body(), byHeader) : byHeader;
    }

    /**
     * Compares the size first, although interpreters compare the mtime first: another size shows that the body belongs
     * to another source, so no evidence may vouch for the pair. Another mtime alone proves nothing.
     */
    private Verdict byTimes(PycHeader.Timestamped header, FileStamp source, PycFormat format, long takenAtNanos) {
        if (header.layout() != HeaderLayout.MTIME && header.size() != (int) source.size()) {
            return stale(Reason.SIZE, Evidence.HEADER);
        }
        if (!mtimeMatches(header.mtime(), source, format)) {
            return stale(Reason.MTIME, Evidence.HEADER);
        }
        return window.covers(source, takenAtNanos) ? FRESH_BUT_RACY : FRESH_BY_TIMES;
    }

    private static boolean mtimeMatches(int header, FileStamp source, PycFormat format) {
        return switch (format.mtimeRule()) {
            case TRUNCATED_LOW_32 -> truncated(source).matchesLow32(header);
            case TRUNCATED_WHOLE -> truncated(source).matchesWhole(header);
            case SECONDS_NON_NEGATIVE -> new SourceMtime(source.mtimeSeconds()).matchesNonNegative(header);
        };
    }

    private static SourceMtime truncated(FileStamp source) {
        return SourceMtime.truncated(source.mtimeSeconds(), source.mtimeNanos());
    }

    Verdict byHash(PycHeader.Hashed header, SourceContent content) {
        boolean compared = checks.compares(header.checkSource());
        return switch (content) {
            case SourceContent.Hash(var hash) when hash.equals(header.hash()) -> FRESH_BY_HASH;
            case SourceContent.Hash _ ->
                compared
                        ? stale(Reason.HASH, Evidence.HASH_HEADER)
                        : new Verdict(Kind.IMPOSTOR, LOADS, Reason.HASH, Evidence.HASH_HEADER);
            case SourceContent.Unread _ -> unknown(compared, Reason.UNCOMPARED_HASH);
            case SourceContent.UnknownHash _ -> unknown(compared, Reason.UNKNOWN_HASH);
            case SourceContent.Changing _ -> Verdict.changing();
            case SourceContent.Unreadable(var errno) -> Verdict.unreadable(compared ? FAILS : LOADS, errno);
        };
    }

    /**
     * Without the source's hash, a file that the interpreter does not compare still loads; the answer for a compared file
     * is unknown.
     */
    private static Verdict unknown(boolean compared, Reason reason) {
        return compared ? new Verdict(Kind.UNDECIDED, null, reason, null) : Verdict.fresh(reason, null);
    }

    private static Verdict stale(Reason reason, Evidence evidence) {
        return Verdict.recompiles(Kind.STALE, reason, evidence);
    }
}
