package dev.freshpyc.cli.repair;

import dev.freshpyc.core.plan.TargetHeader;
import dev.freshpyc.core.plan.TargetMode;
import dev.freshpyc.core.verdict.Evidence;
import dev.freshpyc.indexer.repair.change.RepairOptions;
import dev.freshpyc.indexer.repair.change.RepairOptions.Durability;
import dev.freshpyc.indexer.repair.change.RepairOptions.HardLinks;
import dev.freshpyc.indexer.repair.change.RepairOptions.RecordPolicy;
import dev.freshpyc.indexer.repair.change.RepairOptions.WriteMode;
import java.util.Optional;
import java.util.OptionalLong;

/** The usual options of a repair, except that the repair does not wait for the disk. */
public final class QuickOptions {

    private QuickOptions() {}

    public static RepairOptions of(TargetMode mode, boolean sourceTimes, WriteMode write) {
        return new RepairOptions(
                new TargetHeader(mode, OptionalLong.empty()),
                Evidence.HEADER,
                sourceTimes,
                write,
                Durability.NONE,
                HardLinks.REFUSE,
                false,
                Optional.empty(),
                true,
                Long.MAX_VALUE,
                RecordPolicy.NAME,
                Optional.empty());
    }
}
