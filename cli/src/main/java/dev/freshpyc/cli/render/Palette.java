package dev.freshpyc.cli.render;

import dev.freshpyc.core.verdict.Verdict.Kind;

/** The colours of a text report: those of ECMA-48, which terminals show, or none. */
public enum Palette {
    PLAIN,
    COLOURED;

    private static final String BOLD = "1";
    private static final String RED = "1;31";
    private static final String GREEN = "32";
    private static final String YELLOW = "33";

    /** A heading. */
    String heading(String text) {
        return styled(BOLD, text);
    }

    /** Text about a verdict: red where wrong code runs or an import fails, yellow for other findings, green without one. */
    String verdict(Kind kind, String text) {
        return switch (kind) {
            case IMPOSTOR, FATAL -> styled(RED, text);
            case FRESH -> styled(GREEN, text);
            case OTHER_TOOL -> text;
            case NEEDLESS, STALE, FOREIGN, MALFORMED, ORPHANED, SOURCELESS, SHADOWED, MISSING, UNDECIDED, UNREADABLE ->
                styled(YELLOW, text);
        };
    }

    /** Text about a finding that is gone. */
    String mended(String text) {
        return styled(GREEN, text);
    }

    private String styled(String style, String text) {
        return this == PLAIN ? text : "\33[" + style + "m" + text + "\33[0m";
    }
}
