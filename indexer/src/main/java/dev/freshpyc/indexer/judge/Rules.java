package dev.freshpyc.indexer.judge;

import dev.freshpyc.core.verdict.HashChecks;
import dev.freshpyc.core.verdict.RacyWindow;

/**
 * The options that a verdict depends on.
 *
 * @param deep whether every body that would load is walked to its end
 */
public record Rules(HashChecks checks, RacyWindow window, boolean deep) {

    /** The rules of an interpreter that is started without options. */
    public static final Rules DEFAULT = new Rules(HashChecks.DEFAULT, RacyWindow.DEFAULT, false);
}
