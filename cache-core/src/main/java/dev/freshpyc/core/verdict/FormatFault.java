package dev.freshpyc.core.verdict;

import dev.freshpyc.core.observe.Observation.BodyState;
import dev.freshpyc.core.observe.Observation.PycState;
import dev.freshpyc.core.pyc.Magic;
import dev.freshpyc.core.pyc.PycHeader;
import dev.freshpyc.core.verdict.Verdict.Kind;
import org.jspecify.annotations.Nullable;

/** Verdicts on bytecode files whose header or body is defective, whatever the source says. */
final class FormatFault {

    private FormatFault() {}

    /** A magic that the reader does not accept. A file that ends inside the magic is malformed rather than foreign. */
    static Verdict wrongMagic(PycState.Read pyc, InterpreterAnswer answer) {
        boolean cut = pyc.header() instanceof PycHeader.Cut(int length) && length < Magic.LENGTH;
        return cut
                ? malformed(answer, Reason.SHORT_HEADER)
                : new Verdict(Kind.FOREIGN, answer, Reason.MAGIC, Evidence.HEADER);
    }

    /** The fault of a header whose magic was accepted ({@code _classify_pyc}); null if the header is sound. */
    static @Nullable Verdict ofHeader(PycHeader header, InterpreterAnswer answer) {
        return switch (header) {
            case PycHeader.Cut _ -> malformed(answer, Reason.SHORT_HEADER);
            case PycHeader.BadFlags _ -> malformed(answer, Reason.FLAGS);
            case PycHeader.Intact _ -> null;
        };
    }

    /**
     * The fault of a body behind a valid header, or {@code otherwise} if the body is sound. No interpreter falls back to the
     * source after such a fault ({@code _compile_bytecode}).
     */
    static Verdict ofBody(BodyState body, Verdict otherwise) {
        return switch (body) {
            case BEGINS_AS_CODE, ENDS_IN_ZEROS, WHOLE -> otherwise;
            case EMPTY -> fatal(Reason.EMPTY_BODY);
            case NOT_CODE -> fatal(Reason.NOT_CODE);
            case TRUNCATED -> fatal(Reason.TRUNCATED_BODY);
            case CORRUPT -> fatal(Reason.CORRUPT_BODY);
            case UNKNOWN_DIALECT -> unwalked(otherwise);
            case UNWALKED -> new Verdict(Kind.UNDECIDED, null, Reason.UNWALKED_BODY, null);
        };
    }

    /** The verdict of the header alone, where nothing can be said of the body. */
    private static Verdict unwalked(Verdict byHeader) {
        return byHeader.reason().equals(Reason.MATCH)
                ? new Verdict(byHeader.kind(), byHeader.interpreter(), Reason.UNWALKED_BODY, byHeader.evidence())
                : byHeader;
    }

    /** A header that the reader rejects, whatever the source says. */
    static Verdict malformed(InterpreterAnswer answer, Reason reason) {
        return new Verdict(Kind.MALFORMED, answer, reason, Evidence.HEADER);
    }

    /** A defect that ends the import. */
    static Verdict fatal(Reason reason) {
        return new Verdict(Kind.FATAL, InterpreterAnswer.FAILS, reason, null);
    }
}
