package dev.freshpyc.indexer.audit;

import dev.freshpyc.core.verdict.HashChecks;
import dev.freshpyc.core.verdict.RacyWindow;
import dev.freshpyc.indexer.scan.ScanOptions;

/**
 * How to judge and what to show.
 *
 * @param deep whether every body that would load is walked to its end
 * @param all whether fresh files are shown, too
 */
public record AuditOptions(ScanOptions scan, HashChecks checks, RacyWindow window, boolean deep, boolean all) {}
