package dev.freshpyc.cli.command;

import dev.freshpyc.core.store.IndexStore;
import dev.freshpyc.indexer.index.IndexRules;
import dev.freshpyc.indexer.index.IndexedJudge;
import dev.freshpyc.indexer.index.Recollection;
import dev.freshpyc.indexer.judge.Judge;
import dev.freshpyc.indexer.judge.Rules;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.ParseResult;

/** The indexes that an audit uses; none where no index exists, or with {@code --no-index}. */
final class Memories implements AutoCloseable {

    private final Optional<Recollection> recollection;
    private final boolean trustStamps;
    private final boolean reuseVerdicts;

    private Memories(Optional<Recollection> recollection, boolean trustStamps, boolean reuseVerdicts) {
        this.recollection = recollection;
        this.trustStamps = trustStamps;
        this.reuseVerdicts = reuseVerdicts;
    }

    static Memories of(ParseResult parsed, ScanArguments arguments, Target target, Streams streams, boolean quiet) {
        Optional<Path> place =
                parsed.hasMatchedOption("--no-index") || arguments.prefix().isPresent()
                        ? Optional.empty()
                        : IndexArguments.location(parsed).filter(Files::isDirectory);
        Optional<Recollection> recollection = place.map(directory -> {
            IndexStore store =
                    quiet ? IndexArguments.quietStore(directory) : IndexArguments.store(directory, streams.err());
            return new Recollection(store, target.entries());
        });
        if (!quiet) {
            recollection.ifPresent(known -> known.troubles()
                    .forEach(line -> streams.err().println("freshpyc: going on without the index: " + line)));
        }
        boolean usual = arguments.isDefaultQuestion() && target.given() && !parsed.hasMatchedOption("--deep");
        boolean trustStamps = !parsed.hasMatchedOption(Options.NO_TRUST_CTIME);
        return new Memories(recollection.filter(known -> !known.isEmpty()), trustStamps, usual);
    }

    /** The judge that uses the indexes; {@code byFiles} where there is none. */
    Judge judge(Judge byFiles, Rules rules) {
        return recollection
                .<Judge>map(known -> new IndexedJudge(
                        byFiles, known::recall, new IndexRules(rules.window(), trustStamps, true, reuseVerdicts)))
                .orElse(byFiles);
    }

    @Override
    public void close() {
        recollection.ifPresent(Recollection::close);
    }
}
