package dev.freshpyc.cli.render;

import dev.freshpyc.core.verdict.Verdict;

/** Says what to do about a verdict. */
final class Remedy {

    private Remedy() {}

    static String of(Verdict.Kind kind) {
        return switch (kind) {
            case FRESH, SOURCELESS -> "nothing";
            case NEEDLESS -> "write a new header: the code is right";
            case STALE, IMPOSTOR, FATAL, MALFORMED, MISSING -> "compile the source with that interpreter";
            case FOREIGN -> "compile the source with the interpreter of the tag, or remove the file";
            case ORPHANED -> "remove the file: no interpreter reads it";
            case OTHER_TOOL -> "nothing: the tool that wrote it reads it";
            case SHADOWED -> "nothing: no interpreter reads it there";
            case UNDECIDED -> "run the command again: the file changed a moment ago";
            case UNREADABLE -> "make the file readable";
        };
    }
}
