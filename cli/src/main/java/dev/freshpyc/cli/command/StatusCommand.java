package dev.freshpyc.cli.command;

import dev.freshpyc.cli.option.ExitCode;
import dev.freshpyc.cli.option.IndexArguments;
import dev.freshpyc.cli.option.Options;
import dev.freshpyc.cli.option.Streams;
import dev.freshpyc.cli.render.DocumentFormat;
import dev.freshpyc.cli.render.StatusReport;
import dev.freshpyc.core.store.Generation;
import dev.freshpyc.core.store.IndexInfo;
import dev.freshpyc.core.store.IndexStore;
import dev.freshpyc.indexer.judge.VerdictCounts;
import java.time.Clock;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code freshpyc status}: lists the indexes. */
final class StatusCommand implements Command {

    @Override
    public CommandSpec spec() {
        CommandSpec spec = CommandSpec.create().name("status");
        spec.usageMessage().description("Lists the indexes: entry, generation, records, bytes, age, verdicts.");
        IndexArguments.declare(spec);
        return spec.addOption(Options.value("--format", "FORMAT", DocumentFormat.class, "text or json."));
    }

    @Override
    public int run(ParseResult parsed, Streams streams) {
        IndexStore store = IndexArguments.requiredToRead(parsed, streams);
        DocumentFormat format = parsed.matchedOptionValue("--format", DocumentFormat.TEXT);
        try (StatusReport report = new StatusReport(format, streams.out(), Clock.systemUTC())) {
            for (IndexInfo info : StoreReads.list(store)) {
                Optional<Generation> generation = StoreReads.ask(() -> store.open(info.entry()));
                if (generation.isPresent()) {
                    try (Generation open = generation.get()) {
                        report.index(open.info(), count(open));
                    }
                }
            }
        }
        return ExitCode.OK;
    }

    private static VerdictCounts count(Generation generation) {
        VerdictCounts counts = new VerdictCounts();
        generation.forEach((_, record) -> record.pycs().forEach(pyc -> counts.add(pyc.verdict())));
        return counts;
    }
}
