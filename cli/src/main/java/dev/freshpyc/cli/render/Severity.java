package dev.freshpyc.cli.render;

import dev.freshpyc.core.verdict.InterpreterAnswer;
import dev.freshpyc.core.verdict.Verdict;

/** How bad a verdict is, in the steps that other programs know. */
enum Severity {
    /** Wrong code runs, or an import fails. */
    ERROR("error", "error"),
    /** Starts are slower than they need be, or a file could not be judged. */
    WARNING("warning", "warning"),
    /** Useless files, and files that cannot be checked. */
    NOTE("note", "notice"),
    /** Nothing is amiss. */
    NONE("none", "notice");

    private final String sarif;
    private final String github;

    Severity(String sarif, String github) {
        this.sarif = sarif;
        this.github = github;
    }

    static Severity of(Verdict verdict) {
        return verdict.interpreter() == InterpreterAnswer.FAILS ? ERROR : of(verdict.kind());
    }

    /** The usual severity of a verdict; where the interpreter fails, a single file's is worse. */
    static Severity of(Verdict.Kind kind) {
        return switch (kind) {
            case IMPOSTOR, FATAL -> ERROR;
            case NEEDLESS, STALE, FOREIGN, MALFORMED, MISSING, UNDECIDED, UNREADABLE -> WARNING;
            case ORPHANED, SOURCELESS, SHADOWED -> NOTE;
            case FRESH, OTHER_TOOL -> NONE;
        };
    }

    /** The {@code level} of a SARIF result. */
    String sarif() {
        return sarif;
    }

    /** The command of an annotation of GitHub Actions. */
    String github() {
        return github;
    }
}
