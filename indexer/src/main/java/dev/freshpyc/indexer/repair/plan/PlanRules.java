package dev.freshpyc.indexer.repair.plan;

import dev.freshpyc.core.pyc.KnownInterpreter;
import dev.freshpyc.indexer.repair.change.RepairOptions;
import dev.freshpyc.indexer.repair.installer.InstallerRecords;
import dev.freshpyc.indexer.scan.ProfiledSources;
import java.util.Optional;

/**
 * The rules that decide what a plan does with each file.
 *
 * @param records which files stand in the records of package managers
 * @param sources the sources whose pycs are repaired
 * @param reader the interpreter that the user named, whose legacy files are repaired; empty where each is for the version that wrote it
 */
public record PlanRules(
        RepairOptions options, InstallerRecords records, ProfiledSources sources, Optional<KnownInterpreter> reader) {}
