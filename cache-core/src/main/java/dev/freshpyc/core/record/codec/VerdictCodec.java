package dev.freshpyc.core.record.codec;

import dev.freshpyc.core.verdict.Evidence;
import dev.freshpyc.core.verdict.InterpreterAnswer;
import dev.freshpyc.core.verdict.Reason;
import dev.freshpyc.core.verdict.Verdict;
import dev.freshpyc.core.verdict.Verdict.Kind;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Encodes and decodes verdicts, usually in three bytes. A code is a position in one of these lists, counted from 1 where 0
 * means none. The lists fix the codes, since the order of an enum's constants may change.
 */
final class VerdictCodec {

    static final List<Kind> KINDS = List.of(
            Kind.FRESH,
            Kind.NEEDLESS,
            Kind.STALE,
            Kind.IMPOSTOR,
            Kind.FATAL,
            Kind.FOREIGN,
            Kind.MALFORMED,
            Kind.ORPHANED,
            Kind.SOURCELESS,
            Kind.SHADOWED,
            Kind.MISSING,
            Kind.UNDECIDED,
            Kind.UNREADABLE,
            Kind.OTHER_TOOL);

    static final List<InterpreterAnswer> ANSWERS = List.of(
            InterpreterAnswer.LOADS, InterpreterAnswer.RECOMPILES, InterpreterAnswer.IGNORES, InterpreterAnswer.FAILS);

    static final List<Evidence> EVIDENCE = List.of(
            Evidence.HASH_HEADER,
            Evidence.INDEX,
            Evidence.HEADER,
            Evidence.RECOMPILED,
            Evidence.MANIFEST,
            Evidence.ASSUMED,
            Evidence.PROOF,
            Evidence.EQUIVALENCE);

    /** Reasons of one byte; any other, such as an error number's symbol, is stored as its label. */
    static final List<Reason> REASONS = List.of(
            Reason.MATCH,
            Reason.RACY,
            Reason.MTIME,
            Reason.SIZE,
            Reason.HASH,
            Reason.CONTENT,
            Reason.UNCOMPARED_HASH,
            Reason.UNKNOWN_HASH,
            Reason.MAGIC,
            Reason.FLAGS,
            Reason.SHORT_HEADER,
            Reason.EMPTY_BODY,
            Reason.NOT_CODE,
            Reason.TRUNCATED_BODY,
            Reason.CORRUPT_BODY,
            Reason.UNWALKED_BODY,
            Reason.NO_SOURCE,
            Reason.NO_TAG,
            Reason.SOURCE_BESIDE,
            Reason.CACHE_PREFIX,
            Reason.ABSENT,
            Reason.NOT_A_FILE,
            Reason.CHANGING,
            Reason.PACKAGE_BESIDE,
            Reason.EXTENSION_BESIDE,
            Reason.OTHER_TOOL,
            Reason.UNREQUESTED_NAME,
            Reason.MODULE_BESIDE,
            Reason.OTHER_ENTRY,
            Reason.BUILT_IN,
            Reason.CODE,
            Reason.FROZEN,
            Reason.NO_INTERPRETER,
            Reason.DOES_NOT_COMPILE,
            Reason.INCOMPARABLE,
            Reason.DAMAGED_MEMBER,
            Reason.NO_PACKAGE,
            Reason.DUPLICATE_NAME,
            Reason.UNSAFE_NAME,
            Reason.NO_ARCHIVE,
            Reason.COMPRESSION,
            Reason.DANGLING_LINK,
            Reason.LOOPING_LINK,
            Reason.DIRECTORY_LINK);

    private static final int HALF = 4;
    private static final int LOW_HALF = (1 << HALF) - 1;

    /**
     * A recorded verdict with the basis of its proof.
     *
     * @param basis of the recorded proof; null where nothing is proven
     */
    record Judged(Verdict verdict, @Nullable Evidence basis) {}

    private VerdictCodec() {}

    static void write(Verdict verdict, @Nullable Evidence basis, RecordWriter out) {
        out.writeByte(code(KINDS, verdict.kind()) - 1 | code(ANSWERS, verdict.interpreter()) << HALF);
        out.writeByte(code(EVIDENCE, verdict.evidence()) | code(EVIDENCE, basis) << HALF);
        int reason = REASONS.indexOf(verdict.reason()) + 1;
        out.writeByte(reason);
        if (reason == 0) {
            out.writeText(verdict.reason().label().getBytes(StandardCharsets.UTF_8));
        }
    }

    static Judged read(RecordReader in) throws BadRecordException {
        int judged = in.readByte();
        Kind kind = coded(KINDS, (judged & LOW_HALF) + 1, in);
        int answer = judged >> HALF;
        @Nullable InterpreterAnswer interpreter = answer == 0 ? null : coded(ANSWERS, answer, in);
        int proof = in.readByte();
        @Nullable Evidence evidence = evidence(proof & LOW_HALF, in);
        @Nullable Evidence basis = evidence(proof >> HALF, in);
        return new Judged(Verdict.recorded(kind, interpreter, readReason(in), evidence), basis);
    }

    private static @Nullable Evidence evidence(int code, RecordReader in) throws BadRecordException {
        return code == 0 ? null : coded(EVIDENCE, code, in);
    }

    private static Reason readReason(RecordReader in) throws BadRecordException {
        int code = in.readByte();
        return code == 0 ? new Reason(new String(in.readText(), StandardCharsets.UTF_8)) : coded(REASONS, code, in);
    }

    private static <T> int code(List<T> list, @Nullable T value) {
        if (value == null) {
            return 0;
        }
        int at = list.indexOf(value);
        if (at < 0) {
            throw new IllegalArgumentException("has no code: " + value);
        }
        return at + 1;
    }

    private static <T> T coded(List<T> list, int code, RecordReader in) throws BadRecordException {
        if (code > list.size()) {
            throw in.bad("unknown code " + code);
        }
        return list.get(code - 1);
    }
}
