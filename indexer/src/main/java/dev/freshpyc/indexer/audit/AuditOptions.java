package dev.freshpyc.indexer.audit;

import dev.freshpyc.indexer.judge.Judge;
import dev.freshpyc.indexer.scan.ScanOptions;
import java.util.function.Supplier;

/**
 * How to judge and what to show.
 *
 * @param judges makes one for each worker
 * @param all whether fresh files are shown, too
 */
public record AuditOptions(ScanOptions scan, Supplier<? extends Judge> judges, boolean all) {}
