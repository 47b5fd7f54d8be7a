package dev.freshpyc.indexer.judge;

import dev.freshpyc.core.verdict.HashChecks;
import dev.freshpyc.core.verdict.RacyWindow;

/**
 * What a verdict depends on besides the files.
 *
 * @param deep whether every body that would load is walked to its end
 */
public record Rules(HashChecks checks, RacyWindow window, boolean deep) {

    /** As an interpreter judges that was started without options. */
    public static final Rules DEFAULT = new Rules(HashChecks.DEFAULT, RacyWindow.DEFAULT, false);
}
