package dev.freshpyc.indexer.audit;

import dev.freshpyc.indexer.judge.Judge;
import dev.freshpyc.indexer.scan.ScanOptions;
import java.util.function.Supplier;

/**
 * How to judge, and which verdicts are findings.
 *
 * @param judges makes a judge for each worker
 * @param all whether fresh files are findings as well
 */
public record AuditOptions(ScanOptions scan, Supplier<? extends Judge> judges, boolean all) {}
