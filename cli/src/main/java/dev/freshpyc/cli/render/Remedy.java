package dev.freshpyc.cli.render;

import dev.freshpyc.core.verdict.Verdict;

/** Says what to do about a verdict. */
final class Remedy {

    private Remedy() {}

    static String of(Verdict.Kind kind) {
        return switch (kind) {
            case FRESH, SOURCELESS -> "nothing";
            case NEEDLESS -> "a new header is enough; the code is right";
            case STALE, IMPOSTOR, FATAL, MALFORMED, MISSING -> "compile the source with that interpreter";
            case FOREIGN -> "compile the source with the interpreter of the tag, or remove the file";
            case ORPHANED -> "remove it: nothing reads it";
            case SHADOWED -> "nothing; it is not read where it lies";
            case UNDECIDED -> "look again";
            case UNREADABLE -> "see to it that it can be read";
        };
    }
}
