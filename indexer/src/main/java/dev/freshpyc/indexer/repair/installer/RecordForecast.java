package dev.freshpyc.indexer.repair.installer;

import dev.freshpyc.core.outcome.Outcome.Effect;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.indexer.fs.TreeWriter;
import dev.freshpyc.indexer.host.HostFiles;
import dev.freshpyc.indexer.repair.change.FilePlace;
import dev.freshpyc.indexer.repair.outcome.OutcomeTally;
import dev.freshpyc.indexer.repair.replace.OldFile;
import dev.freshpyc.indexer.repair.replace.ReplacementStep;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Which RECORD files a planned run would bring up to date, with how many lines. Thread-safe. */
public final class RecordForecast {

    private final Map<RawPath, ForecastLines> records = new TreeMap<>();

    /**
     * The files whose lines would change.
     *
     * @param undecided the files whose change only a compilation can tell
     */
    private record ForecastLines(WheelRecordPlace place, Set<RawPath> decided, Set<RawPath> undecided) {

        private ForecastLines withEntryOf(WheelRecordPlace other) {
            return place.entry().compareTo(other.entry()) <= 0 ? this : new ForecastLines(other, decided, undecided);
        }
    }

    /**
     * Adds a file that is listed in some RECORD files.
     *
     * @param decided whether the file is certain to be changed or removed
     */
    public synchronized void add(FilePlace file, Collection<RawPath> listing, boolean decided) {
        for (RawPath record : listing) {
            WheelRecordPlace place = new WheelRecordPlace(record, file.entry());
            ForecastLines lines = records.getOrDefault(
                            record, new ForecastLines(place, new HashSet<>(), new HashSet<>()))
                    .withEntryOf(place);
            records.put(record, lines);
            place.nameOf(file).ifPresent(name -> (decided ? lines.decided() : lines.undecided()).add(name));
        }
    }

    /**
     * Adds the outcomes of the RECORD files to a tally: a fault in a RECORD that the run would find is found here, too.
     */
    public synchronized void conclude(OutcomeTally tally, boolean mayBreakLinks) {
        if (records.isEmpty()) {
            return;
        }
        try (TreeWriter editor = HostFiles.newWriter()) {
            for (ForecastLines lines : records.values()) {
                Effect effect = new Effect.RecordUpdated(
                        lines.decided().size(), lines.undecided().size());
                ReplacementStep.run(
                        () -> {
                            OldFile.open(editor, lines.place().record(), mayBreakLinks, WheelRecordWriter.MAX_SIZE)
                                    .close();
                            tally.add(lines.place().outcome(effect));
                        },
                        failure -> tally.add(lines.place().outcome(failure)));
            }
        }
    }
}
