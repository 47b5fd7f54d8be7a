package dev.freshpyc.core.verdict;

import dev.freshpyc.core.file.Errno;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The answer to both questions about one bytecode file: what the interpreter does with the file, and whether the bytecode is
 * the source's.
 *
 * <p>Only this package makes verdicts. {@link Classifier} judges by the files; the methods here say how other evidence
 * changes a verdict. So every rule about evidence can be read, and tested, in one place.
 */
public final class Verdict {

    private final Kind kind;
    private final @Nullable InterpreterAnswer interpreter;
    private final Reason reason;
    private final @Nullable Evidence evidence;

    Verdict(Kind kind, @Nullable InterpreterAnswer interpreter, Reason reason, @Nullable Evidence evidence) {
        this.kind = kind;
        this.interpreter = interpreter;
        this.reason = reason;
        this.evidence = evidence;
    }

    /** A verdict that an earlier run recorded. Only the decoder of records may call this. */
    public static Verdict recorded(
            Kind kind, @Nullable InterpreterAnswer interpreter, Reason reason, @Nullable Evidence evidence) {
        return new Verdict(kind, interpreter, reason, evidence);
    }

    /**
     * The verdict on a file, its directory or its source that the system refused to read.
     *
     * @param interpreter what the interpreter does then; null where that is unknown
     */
    public static Verdict unreadable(@Nullable InterpreterAnswer interpreter, Errno errno) {
        return new Verdict(Kind.UNREADABLE, interpreter, Reason.of(errno), null);
    }

    /**
     * The verdict on an archive as a whole, or on a member that no import can reach.
     *
     * @param ends whether every import that reaches the archive fails; otherwise the interpreter treats the archive as an entry
     *     without modules
     */
    public static Verdict unusable(Reason reason, boolean ends) {
        return ends
                ? new Verdict(Kind.FATAL, InterpreterAnswer.FAILS, reason, null)
                : new Verdict(Kind.MALFORMED, InterpreterAnswer.IGNORES, reason, null);
    }

    /** The verdict on a file that changed, or whose source changed, while it was read. */
    public static Verdict changing() {
        return new Verdict(Kind.UNDECIDED, null, Reason.CHANGING, null);
    }

    /**
     * The verdict on a file that a repair wrote.
     *
     * @param basis why the repair counts the body as compiled from the source. The word of the operator or of a server
     *     does not become stronger evidence through the new header
     * @param hasHash whether the new header holds the source's hash
     * @param matchesTimes whether the new header, where it holds times, matches the source's present times
     */
    public static Verdict repaired(Evidence basis, boolean hasHash, boolean matchesTimes) {
        boolean word = basis == Evidence.ASSUMED || basis == Evidence.EQUIVALENCE;
        boolean recompiled = basis == Evidence.RECOMPILED;
        if (hasHash || matchesTimes) {
            Evidence header = hasHash ? Evidence.HASH_HEADER : recompiled ? Evidence.RECOMPILED : Evidence.HEADER;
            return fresh(Reason.MATCH, word ? basis : header);
        }
        return basis == Evidence.ASSUMED
                ? recompiles(Kind.STALE, Reason.MTIME, Evidence.HEADER)
                : recompiles(Kind.NEEDLESS, Reason.MTIME, word || recompiled ? basis : Evidence.INDEX);
    }

    /**
     * The verdict where a matching header proves nothing: the file system does not prove the order of source and bytecode, an
     * earlier run proved another body for this source, or a manifest has another digest for one of the two files. The interpreter
     * loads the file, and no evidence says that the code is the source's.
     */
    public Verdict withoutProof() {
        boolean racy = kind == Kind.FRESH && reason.equals(Reason.RACY);
        return isFreshByHeader() || racy ? fresh(racy ? Reason.MATCH : reason, null) : this;
    }

    /** Whether nothing but a matching header, by times or by hash, vouches for the pair. */
    public boolean isFreshByHeader() {
        return isFreshByTimes() || (kind == Kind.FRESH && evidence == Evidence.HASH_HEADER);
    }

    /** Whether nothing but matching times and size vouches for the pair. */
    public boolean isFreshByTimes() {
        return kind == Kind.FRESH && evidence == Evidence.HEADER;
    }

    /** Whether the header matches and nothing proves that the code is the source's. */
    public boolean isUnproven() {
        return kind == Kind.FRESH && evidence == null && headerMatches();
    }

    private boolean headerMatches() {
        return reason.equals(Reason.MATCH) || reason.equals(Reason.UNWALKED_BODY);
    }

    /** Whether the interpreter loads the file, or evidence says that its code is the source's. */
    public boolean isBelieved() {
        return kind == Kind.NEEDLESS || interpreter == InterpreterAnswer.LOADS;
    }

    /** Whether the name of the bytecode is that of a symbolic link that leads to no file, so that there is no bytecode. */
    public boolean isOfLinkToNoFile() {
        return reason.equals(Reason.DANGLING_LINK)
                || reason.equals(Reason.LOOPING_LINK)
                || reason.equals(Reason.DIRECTORY_LINK);
    }

    /** The verdict after the source's times were set to those in the header: the interpreter loads a needless file now. */
    public Verdict afterSourceTimesSet() {
        return kind == Kind.NEEDLESS ? fresh(Reason.MATCH, isVouchedByServer() ? evidence : Evidence.INDEX) : this;
    }

    /**
     * The verdict with the index's knowledge of the pair. A hash that matches is stronger than the index and stays; times, sizes and
     * manifests are weaker and give way. A hash that differs gives way too if the index proves the pair: then only the header is
     * damaged.
     *
     * @param proven whether the index knows that the body was compiled from the source's present content, and not from another
     */
    public Verdict weighedByIndex(boolean proven) {
        if (evidence == Evidence.HASH_HEADER && (kind == Kind.FRESH || !proven)) {
            return this;
        }
        if (kind == Kind.IMPOSTOR && proven) {
            return fresh(reason, Evidence.INDEX);
        }
        return switch (kind) {
            case FRESH ->
                proven
                        ? fresh(Reason.MATCH, Evidence.INDEX)
                        : new Verdict(Kind.IMPOSTOR, InterpreterAnswer.LOADS, Reason.CONTENT, Evidence.INDEX);
            case STALE, NEEDLESS -> rejected(proven ? Kind.NEEDLESS : Kind.STALE, Evidence.INDEX);
            case IMPOSTOR,
                    FATAL,
                    FOREIGN,
                    MALFORMED,
                    ORPHANED,
                    SOURCELESS,
                    SHADOWED,
                    OTHER_TOOL,
                    MISSING,
                    UNDECIDED,
                    UNREADABLE -> this;
        };
    }

    /**
     * The verdict on a pair for which an earlier run recorded the word of a server. The evidence stays the word of that
     * server, even if a repair has written a matching header since.
     */
    public Verdict vouchedEarlierByServer() {
        if (kind == Kind.FRESH) {
            return fresh(headerMatches() ? reason : Reason.MATCH, Evidence.EQUIVALENCE);
        }
        return isStaleByMtimeAlone() ? rejected(Kind.NEEDLESS, Evidence.EQUIVALENCE) : this;
    }

    /** The verdict by the header alone, without the word of a server. */
    public Verdict withoutServer() {
        if (!isVouchedByServer()) {
            return this;
        }
        return kind == Kind.FRESH ? fresh(reason, null) : rejected(Kind.STALE, Evidence.HEADER);
    }

    /**
     * Whether a manifest, a server or a compilation can change the verdict: nothing but an mtime speaks against the pair, or the header
     * matches and proves nothing. A pair that the index refutes stays refuted.
     */
    public boolean isOpen() {
        boolean unvouched = kind == Kind.FRESH && evidence == null && (reason.equals(Reason.RACY) || headerMatches());
        return unvouched || isStaleByMtimeAlone();
    }

    /** The verdict on a pair whose source and bytecode both have the digests that one manifest lists for them. */
    public Verdict vouchedByManifest() {
        return vouchedBy(Evidence.MANIFEST);
    }

    /** The verdict on a pair whose bytecode has the code that a hash-equivalence server knows of its source. */
    public Verdict vouchedByServer() {
        return vouchedBy(Evidence.EQUIVALENCE);
    }

    /** The verdict on a pair whose bytecode has the code that its interpreter compiles from the source. */
    public Verdict provenByCompiling() {
        return vouchedBy(Evidence.RECOMPILED);
    }

    /**
     * The verdict on a pair whose contents were proven elsewhere. The body is the source's, whatever the header says; only a
     * compilation that gave other code is stronger.
     */
    public Verdict provenElsewhere() {
        if (!mayBeProvenElsewhere()) {
            return this;
        }
        return kind == Kind.STALE
                ? rejected(Kind.NEEDLESS, Evidence.PROOF)
                : fresh(kind == Kind.IMPOSTOR || headerMatches() ? reason : Reason.MATCH, Evidence.PROOF);
    }

    /** Whether a proof from elsewhere can change the verdict. */
    public boolean mayBeProvenElsewhere() {
        return !isRefutedByCompiling() && (kind == Kind.STALE || kind == Kind.IMPOSTOR || isOpen());
    }

    /** Whether the verdict rests on a proof from elsewhere. */
    public boolean isProvenElsewhere() {
        return evidence == Evidence.PROOF;
    }

    /** Whether the verdict rests on the word of a hash-equivalence server. */
    public boolean isVouchedByServer() {
        return evidence == Evidence.EQUIVALENCE;
    }

    private Verdict vouchedBy(Evidence other) {
        if (!isOpen()) {
            return this;
        }
        return kind == Kind.FRESH
                ? fresh(headerMatches() ? reason : Reason.MATCH, other)
                : rejected(Kind.NEEDLESS, other);
    }

    /** The verdict on a pair whose bytecode has other code than its interpreter compiles from the source. */
    public Verdict refutedByCompiling() {
        if (kind == Kind.FRESH) {
            return impostorByCompiling();
        }
        boolean recompiled = kind == Kind.STALE || kind == Kind.NEEDLESS;
        return recompiled ? rejected(Kind.STALE, Evidence.RECOMPILED) : this;
    }

    private static Verdict impostorByCompiling() {
        return new Verdict(Kind.IMPOSTOR, InterpreterAnswer.LOADS, Reason.CODE, Evidence.RECOMPILED);
    }

    /** Whether the interpreter's answer depends on the source, so that the code can be compared with the source's. */
    public boolean isVerifiable() {
        return kind == Kind.FRESH || kind == Kind.NEEDLESS || kind == Kind.STALE || kind == Kind.IMPOSTOR;
    }

    /** The verdict on a verifiable pair whose bytecode has the code that its interpreter makes of the source, whatever other evidence says. */
    public Verdict confirmedByCompiling() {
        boolean loads = kind == Kind.FRESH || kind == Kind.IMPOSTOR;
        return loads
                ? fresh(kind == Kind.FRESH ? reason : Reason.MATCH, Evidence.RECOMPILED)
                : rejected(Kind.NEEDLESS, Evidence.RECOMPILED);
    }

    /** The verdict on a verifiable pair whose bytecode has other code, whatever other evidence says. */
    public Verdict contradictedByCompiling() {
        return kind == Kind.IMPOSTOR ? impostorByCompiling() : refutedByCompiling();
    }

    /** The verdict on a file whose code was to be compared, and could not be. */
    public Verdict unverified(Reason why) {
        return new Verdict(Kind.UNDECIDED, interpreter, why, null);
    }

    /** Whether compiling has shown that the code is not the source's. */
    public boolean isRefutedByCompiling() {
        return evidence == Evidence.RECOMPILED && (kind == Kind.IMPOSTOR || kind == Kind.STALE);
    }

    /**
     * The verdict to record for a pair that is racy: the interpreter's answer is kept, the decision is left to the next run. An
     * unproven verdict stays, since no later look at the same files could prove more.
     */
    public Verdict asRacy() {
        return (kind == Kind.FRESH && !isUnproven()) || kind == Kind.STALE
                ? new Verdict(Kind.UNDECIDED, interpreter, Reason.RACY, null)
                : this;
    }

    /** Whether the interpreter loads the file, and the decision is left to a run at which source and bytecode are old enough. */
    public boolean isTooYoung() {
        return kind == Kind.UNDECIDED && interpreter == InterpreterAnswer.LOADS && reason.equals(Reason.RACY);
    }

    /** This verdict with other evidence for or against the code: what the interpreter does with a file that it rejects stays the same. */
    private Verdict rejected(Kind other, Evidence why) {
        return new Verdict(other, interpreter, reason, why);
    }

    /**
     * Whether the interpreter rejects the file only because of the mtime in its header. The size in the header, if any,
     * is the source's.
     */
    public boolean isRejectedForMtime() {
        return (kind == Kind.STALE || kind == Kind.NEEDLESS) && reason.equals(Reason.MTIME);
    }

    /** Whether the pair is stale because its mtime differs, and size, hash and index do not speak against it. */
    public boolean isStaleByMtimeAlone() {
        return kind == Kind.STALE && reason.equals(Reason.MTIME) && evidence == Evidence.HEADER;
    }

    static Verdict fresh(Reason reason, @Nullable Evidence evidence) {
        return new Verdict(Kind.FRESH, InterpreterAnswer.LOADS, reason, evidence);
    }

    static Verdict recompiles(Kind kind, Reason reason, @Nullable Evidence evidence) {
        return new Verdict(kind, InterpreterAnswer.RECOMPILES, reason, evidence);
    }

    public Kind kind() {
        return kind;
    }

    /** What the interpreter does with the file; null where that is unknown. */
    public @Nullable InterpreterAnswer interpreter() {
        return interpreter;
    }

    public Reason reason() {
        return reason;
    }

    /** What the verdict rests on; null where nothing was compared. */
    public @Nullable Evidence evidence() {
        return evidence;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Verdict that
                && kind == that.kind
                && interpreter == that.interpreter
                && reason.equals(that.reason)
                && evidence == that.evidence;
    }

    @Override
    public int hashCode() {
        return Objects.hash(kind, interpreter, reason, evidence);
    }

    @Override
    public String toString() {
        return "Verdict[" + kind + ", " + interpreter + ", " + reason + ", " + evidence + "]";
    }

    /** The verdicts, each with its usual meaning; the interpreter's answer may differ for a single file. */
    public enum Kind {
        /** The interpreter loads the bytecode, and nothing speaks against the pair. */
        FRESH("fresh"),
        /** The interpreter recompiles, though the bytecode is proven to be the source's. */
        NEEDLESS("needless"),
        /** The interpreter recompiles, and the bytecode is not known to be the source's. */
        STALE("stale"),
        /** The interpreter loads the bytecode, though it is proven not to be the source's: old code runs in silence. */
        IMPOSTOR("impostor"),
        /** The header passes for valid, and then the import fails in the body. */
        FATAL("fatal"),
        /** The magic belongs to another interpreter than the tag in the file's name. */
        FOREIGN("foreign"),
        /** The header is too short or has flags that no interpreter knows. */
        MALFORMED("malformed"),
        /** The file lies in {@code __pycache__}, and its source is gone. */
        ORPHANED("orphaned"),
        /** A legacy pyc without a source: the interpreter imports it in the source's place. */
        SOURCELESS("sourceless"),
        /** The interpreter never looks here, because another file comes first. */
        SHADOWED("shadowed"),
        /** A tool, such as pytest, wrote the file for itself; no import reads it, and nothing is amiss. */
        OTHER_TOOL("other-tool"),
        /** Expected and absent. */
        MISSING("missing"),
        /** Could be read, but not judged this time. */
        UNDECIDED("undecided"),
        /** Could not be read. */
        UNREADABLE("unreadable");

        private final String label;

        Kind(String label) {
            this.label = label;
        }

        /** The word in reports and for {@code --fail-on}. */
        public String label() {
            return label;
        }
    }
}
