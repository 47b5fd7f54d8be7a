package dev.freshpyc.core.verdict;

import dev.freshpyc.core.observe.PycState;
import dev.freshpyc.core.pyc.Magic;
import dev.freshpyc.core.pyc.PycHeader;
import dev.freshpyc.core.verdict.Verdict.Kind;
import org.jspecify.annotations.Nullable;

/** Headers that fail before anything is compared ({@code _classify_pyc}). */
final class HeaderFault {

    private HeaderFault() {}

    /** A magic that the reader does not accept; a file that ends within it is too short rather than foreign. */
    static Verdict wrongMagic(PycState.Read pyc, InterpreterAnswer answer) {
        boolean cut = pyc.header() instanceof PycHeader.Cut(int length) && length < Magic.LENGTH;
        return cut
                ? new Verdict(Kind.MALFORMED, answer, Reason.SHORT_HEADER, Evidence.HEADER)
                : new Verdict(Kind.FOREIGN, answer, Reason.MAGIC, Evidence.HEADER);
    }

    /** The fault of a header whose magic was accepted, or null when it has none. */
    static @Nullable Verdict of(PycHeader header, InterpreterAnswer answer) {
        return switch (header) {
            case PycHeader.Cut _ -> new Verdict(Kind.MALFORMED, answer, Reason.SHORT_HEADER, Evidence.HEADER);
            case PycHeader.BadFlags _ -> new Verdict(Kind.MALFORMED, answer, Reason.FLAGS, Evidence.HEADER);
            case PycHeader.Intact _ -> null;
        };
    }
}
