package dev.freshpyc.cli.command;

import dev.freshpyc.cli.option.CauseText;
import dev.freshpyc.cli.option.DurabilityArgument;
import dev.freshpyc.cli.option.IndexArguments;
import dev.freshpyc.cli.option.MaxSizeArgument;
import dev.freshpyc.cli.option.Streams;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.indexer.host.HostFiles;
import dev.freshpyc.indexer.scan.PathEntry;
import dev.freshpyc.indexer.scan.ScanOptions;
import dev.freshpyc.indexer.snapshot.SaveResult;
import dev.freshpyc.indexer.snapshot.SnapshotSave;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import picocli.CommandLine.ParseResult;

/**
 * Saves {@code postinit} after the first refresh of an entry. A refresh does not need the snapshot, so a failure is only printed.
 */
final class FirstSnapshot {

    private FirstSnapshot() {}

    static void save(List<PathEntry> entries, ScanOptions scan, ParseResult parsed, Streams streams) {
        if (!HostFiles.isWritable()) {
            return;
        }
        SnapshotSave save = new SnapshotSave(
                IndexArguments.directory(parsed, streams),
                MaxSizeArgument.of(parsed),
                DurabilityArgument.of(parsed),
                InstantSource.system());
        for (PathEntry entry : entries) {
            if (entry instanceof PathEntry.Archive) {
                continue; // an archive is replaced as a whole, and its members are no files
            }
            RawPath key = scan.indexKey(entry);
            try {
                save.saveFirst(key)
                        .flatMap(SaveResult::warning)
                        .ifPresent(line -> streams.err().println("freshpyc: warning: " + line));
            } catch (IOException refused) {
                streams.err()
                        .println("freshpyc: no snapshot postinit of " + key.shown() + ": "
                                + CauseText.withFile(refused));
            }
        }
    }
}
