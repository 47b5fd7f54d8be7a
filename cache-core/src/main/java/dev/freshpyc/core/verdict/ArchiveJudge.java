package dev.freshpyc.core.verdict;

import static dev.freshpyc.core.verdict.InterpreterAnswer.FAILS;
import static dev.freshpyc.core.verdict.InterpreterAnswer.IGNORES;
import static dev.freshpyc.core.verdict.InterpreterAnswer.LOADS;
import static dev.freshpyc.core.verdict.InterpreterAnswer.RECOMPILES;

import dev.freshpyc.core.file.Errno;
import dev.freshpyc.core.file.FileStamp;
import dev.freshpyc.core.observe.Observation;
import dev.freshpyc.core.observe.Observation.Placement;
import dev.freshpyc.core.observe.Observation.PycState;
import dev.freshpyc.core.observe.Observation.SourceContent;
import dev.freshpyc.core.observe.Observation.SourceState;
import dev.freshpyc.core.pyc.HeaderLayout;
import dev.freshpyc.core.pyc.Magic;
import dev.freshpyc.core.pyc.PycHeader;
import dev.freshpyc.core.pyc.PythonVersion;
import dev.freshpyc.core.verdict.Verdict.Kind;
import java.util.Optional;

/**
 * Judges the bytecode in an archive on the path, as {@code zipimport._unmarshal_code} reads it. A member has no tag in its name,
 * so its reader is the interpreter that the user asked about, or else the version that wrote the member. These rules differ
 * from those for a directory:
 *
 * <ul>
 *   <li>The mtime may differ by one second from the source's, which an archive keeps in steps of two.
 *   <li>A header that is too short ends the import, where its magic is right. 3.7 ends the import whatever the magic is.
 *   <li>A hash is compared only where the archive has the source; without one, the member is loaded.
 *   <li>3.7 compares no sizes and no hashes: it rejects every header with flags but an unchecked hash.
 *   <li>The source of a rejected member is compiled again at every start, since nothing is written into an archive. The import
 *       fails where the source cannot be unpacked.
 *   <li>A member whose compression the interpreter does not unpack ends the import.
 * </ul>
 */
final class ArchiveJudge {

    private final HashChecks checks;
    private final LegacyReader reader;
    private final PycacheJudge cached;

    ArchiveJudge(HashChecks checks, LegacyReader reader) {
        this.checks = checks;
        this.reader = reader;
        this.cached = new PycacheJudge(checks, RacyWindow.DEFAULT);
    }

    Verdict judge(Observation seen) {
        return switch (seen.pyc()) {
            case PycState.Damaged _ -> Verdict.unusable(Reason.DAMAGED_MEMBER, true);
            case PycState.OtherMethod _ -> Verdict.unusable(Reason.COMPRESSION, true);
            case PycState.Unreadable(var errno) -> Verdict.unreadable(null, errno);
            case PycState.Absent _, PycState.NotAFile _, PycState.Directory _, PycState.LinkToNoFile _ ->
                Verdict.recompiles(Kind.MISSING, Reason.ABSENT, null);
            case PycState.Read pyc -> judge(seen, pyc);
        };
    }

    private Verdict judge(Observation seen, PycState.Read pyc) {
        Magic magic = new Magic(pyc.magic());
        InterpreterAnswer rejected = rejected(seen);
        Optional<PythonVersion> version = reader.withoutSource(magic);
        boolean before38 = version.isPresent() && !version.get().atLeast(3, 8);
        if (before38 && pyc.header() instanceof PycHeader.Cut) {
            return FormatFault.fatal(Reason.SHORT_HEADER);
        }
        if (version.isEmpty() || !reader.accepts(version.get(), magic)) {
            return FormatFault.wrongMagic(pyc, rejected);
        }
        Verdict byHeader = byHeader(pyc.header(), seen.source(), before38, rejected);
        return byHeader.interpreter() == LOADS ? FormatFault.ofBody(pyc.body(), byHeader) : byHeader;
    }

    /** What the interpreter does with a member that it rejects. */
    private static InterpreterAnswer rejected(Observation seen) {
        if (seen.placement() == Placement.ARCHIVE_FIRST) {
            return IGNORES;
        }
        return seen.source() instanceof SourceState.Present source && isUnpackable(source) ? RECOMPILES : FAILS;
    }

    /** Whether an import can read the source; true also if the source was not read. */
    private static boolean isUnpackable(SourceState.Present source) {
        return !(source.content() instanceof SourceContent.Unreadable(var errno)) || !errno.equals(Errno.EBADMSG);
    }

    private Verdict byHeader(PycHeader header, SourceState source, boolean before38, InterpreterAnswer rejected) {
        return switch (header) {
            case PycHeader.Cut _ -> FormatFault.fatal(Reason.SHORT_HEADER);
            case PycHeader.BadFlags _ -> FormatFault.malformed(rejected, Reason.FLAGS);
            case PycHeader.Timestamped times
            when before38 && times.flags() != 0 -> FormatFault.malformed(rejected, Reason.FLAGS);
            case PycHeader.Hashed hashed when before38 && !loadsHashed(hashed) -> uncompared(hashed, source, rejected);
            case PycHeader.Intact intact ->
                source instanceof SourceState.Present present
                        ? withSource(intact, present, before38, rejected)
                        : new Verdict(Kind.SOURCELESS, LOADS, Reason.NO_SOURCE, Evidence.HEADER);
        };
    }

    /** Whether 3.7 loads a hash-based member, which it never compares. */
    private boolean loadsHashed(PycHeader.Hashed hashed) {
        return switch (checks) {
            case DEFAULT -> !hashed.checkSource();
            case ALWAYS -> false;
            case NEVER -> true;
        };
    }

    /** The verdict on a hash-based member that 3.7 rejects without a look at the source. */
    private static Verdict uncompared(PycHeader.Hashed header, SourceState source, InterpreterAnswer rejected) {
        if (!(source instanceof SourceState.Present present)) {
            return FormatFault.malformed(rejected, Reason.FLAGS);
        }
        if (!(present.content() instanceof SourceContent.Hash(var hash))) {
            return new Verdict(Kind.STALE, rejected, Reason.FLAGS, Evidence.HEADER);
        }
        boolean equal = hash.equals(header.hash());
        return new Verdict(equal ? Kind.NEEDLESS : Kind.STALE, rejected, Reason.FLAGS, Evidence.HASH_HEADER);
    }

    private Verdict withSource(
            PycHeader.Intact header, SourceState.Present source, boolean before38, InterpreterAnswer rejected) {
        return switch (header) {
            case PycHeader.Timestamped times -> byTimes(times, source.stamp(), before38, rejected);
            case PycHeader.Hashed hashed -> cached.byHash(hashed, source.content());
        };
    }

    /**
     * Compares mtime and size. If both differ, the reason is the size, since another size shows that the body belongs
     * to another source.
     */
    private static Verdict byTimes(
            PycHeader.Timestamped header, FileStamp source, boolean before38, InterpreterAnswer rejected) {
        boolean otherSize =
                header.layout() != HeaderLayout.MTIME && Integer.toUnsignedLong(header.size()) != source.size();
        boolean otherMtime = Math.abs(Integer.toUnsignedLong(header.mtime()) - source.mtimeSeconds()) > 1;
        if (otherSize && (otherMtime || !before38)) {
            return new Verdict(Kind.STALE, rejected, Reason.SIZE, Evidence.HEADER);
        }
        return otherMtime
                ? new Verdict(Kind.STALE, rejected, Reason.MTIME, Evidence.HEADER)
                : Verdict.fresh(Reason.MATCH, Evidence.HEADER);
    }
}
