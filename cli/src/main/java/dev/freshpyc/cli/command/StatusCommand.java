package dev.freshpyc.cli.command;

import dev.freshpyc.cli.option.ExitCode;
import dev.freshpyc.cli.option.IndexArguments;
import dev.freshpyc.cli.option.Options;
import dev.freshpyc.cli.option.RootArgument;
import dev.freshpyc.cli.option.Streams;
import dev.freshpyc.cli.render.DocumentFormat;
import dev.freshpyc.cli.render.StatusReport;
import dev.freshpyc.core.path.JavaPath;
import dev.freshpyc.core.store.IndexInfo;
import dev.freshpyc.core.store.IndexStore;
import dev.freshpyc.indexer.judge.VerdictCounts;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code freshpyc status}: lists the indexes. */
final class StatusCommand implements Command {

    @Override
    public CommandSpec spec() {
        CommandSpec spec = CommandSpec.create().name("status");
        spec.usageMessage()
                .description(
                        "Lists the indexes with path entry, generation, number of records, size, age and verdicts.");
        IndexArguments.declare(spec);
        return spec.addOption(RootArgument.ofEntries())
                .addOption(Options.value("--format", "FORMAT", DocumentFormat.class, "text or json."));
    }

    @Override
    public int run(ParseResult parsed, Streams streams) {
        IndexStore store = IndexArguments.requiredToRead(parsed, streams);
        DocumentFormat format = parsed.matchedOptionValue("--format", DocumentFormat.TEXT);
        try (StatusReport report = new StatusReport(format, streams.out(), Clock.systemUTC())) {
            for (IndexInfo info : StoreReads.list(store, RootArgument.contains(parsed))) {
                StoreReads.ask(() -> store.verdicts(info.entry()))
                        .ifPresent(verdicts -> report.index(info, VerdictCounts.of(verdicts)));
            }
            List<Path> unusable = StoreReads.ask(store::damaged);
            for (Path file : unusable) {
                streams.err()
                        .println("freshpyc: " + JavaPath.toRaw(file).shown()
                                + ": damaged or unreadable; 'freshpyc refresh' of the entry makes a new index");
            }
            if (unusable.isEmpty()) {
                report.all();
            }
            return unusable.isEmpty() ? ExitCode.OK : ExitCode.INCOMPLETE;
        }
    }
}
