package dev.freshpyc.core.verdict;

import dev.freshpyc.core.observe.BodyState;
import dev.freshpyc.core.verdict.Verdict.Kind;

/** Bodies that fail behind a valid header, where no interpreter falls back to the source ({@code _compile_bytecode}). */
final class BodyFault {

    private BodyFault() {}

    /** The fault of {@code body}, or {@code otherwise} when it has none. */
    static Verdict orElse(BodyState body, Verdict otherwise) {
        return switch (body) {
            case BEGINS_AS_CODE, WHOLE -> otherwise;
            case EMPTY -> fatal(Reason.EMPTY_BODY);
            case NOT_CODE -> fatal(Reason.NOT_CODE);
            case TRUNCATED -> fatal(Reason.TRUNCATED_BODY);
            case CORRUPT -> fatal(Reason.CORRUPT_BODY);
            case UNWALKED -> new Verdict(Kind.UNDECIDED, null, Reason.UNWALKED_BODY, null);
        };
    }

    private static Verdict fatal(Reason reason) {
        return new Verdict(Kind.FATAL, InterpreterAnswer.FAILS, reason, null);
    }
}
