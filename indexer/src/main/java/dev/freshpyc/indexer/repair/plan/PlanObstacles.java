package dev.freshpyc.indexer.repair.plan;

import dev.freshpyc.core.file.FileStamp;
import dev.freshpyc.core.outcome.Outcome.Effect;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.plan.RepairAction;
import dev.freshpyc.core.plan.RepairPolicy;
import dev.freshpyc.core.plan.SkipReason;
import dev.freshpyc.core.plan.TargetHeader;
import dev.freshpyc.core.plan.TargetMode;
import dev.freshpyc.core.pyc.Magic;
import dev.freshpyc.core.pyc.PycFormat;
import dev.freshpyc.core.verdict.Evidence;
import dev.freshpyc.core.verdict.Verdict;
import dev.freshpyc.indexer.repair.change.FilePlace;
import dev.freshpyc.indexer.scan.Sighting;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Tells why a repair without further options leaves a pyc, as far as the files tell. Links to one pyc from sources in other directories
 * are not seen, since only a scan of the whole tree finds them.
 */
public final class PlanObstacles {

    private final EscapingLinks links;
    private final SharedPycs shared = new SharedPycs();
    private final RepairPolicy policy =
            new RepairPolicy(new TargetHeader(TargetMode.AUTO, OptionalLong.empty()), Evidence.HEADER);

    /** @param root the root directory of the system that the tree belongs to; empty for this system */
    public PlanObstacles(Optional<RawPath> root) {
        this.links = new EscapingLinks(root);
    }

    /** The outcome of a pyc that is not as wanted and stays all the same; empty for a pyc that the repair would write. */
    public Optional<Effect.Failed> of(Sighting sighting, Verdict verdict, FileStamp source) {
        Optional<String> escape = links.find(sighting);
        if (escape.isPresent()) {
            return Optional.of(new Effect.Failed(SkipReason.LINK, escape.get()));
        }
        shared.addDirectory(sighting);
        shared.addFile(sighting);
        if (shared.contains(FilePlace.of(sighting))) {
            return Optional.of(new Effect.Failed(SkipReason.LINK, SharedPycs.DETAIL));
        }
        PycFormat format =
                PycFormat.of(sighting.tag(), new Magic((int) sighting.head().low()));
        return policy.plan(verdict, sighting.head().decode(format.layout()), format, source)
                        instanceof RepairAction.Report(SkipReason why)
                ? Optional.of(new Effect.Failed(why, PlanCollector.detail(why, verdict, format, source)))
                : Optional.empty();
    }
}
