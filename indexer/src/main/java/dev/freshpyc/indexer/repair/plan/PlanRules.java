package dev.freshpyc.indexer.repair.plan;

import dev.freshpyc.indexer.repair.change.RepairOptions;
import dev.freshpyc.indexer.repair.installer.InstallerRecords;
import dev.freshpyc.indexer.scan.ProfiledSources;

/**
 * The rules that decide what a plan does with each file.
 *
 * @param records which files stand in the records of package managers
 * @param sources the sources whose pycs are repaired
 */
public record PlanRules(RepairOptions options, InstallerRecords records, ProfiledSources sources) {}
