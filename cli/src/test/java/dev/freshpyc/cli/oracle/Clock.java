package dev.freshpyc.cli.oracle;

import dev.freshpyc.cli.OwnedDirectories;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Sets mtimes through an interpreter's {@code os.utime}, because {@link Files#setLastModifiedTime} turns a negative
 * time with a fraction into 0.
 */
record Clock(Interpreter python) {

    void set(Map<Path, SourceTime> times) throws IOException {
        Path list = Files.createTempFile(OwnedDirectories.make("oracle-times"), "list", ".txt");
        try {
            String lines = times.entrySet().stream()
                    .map(entry -> entry.getValue().nanos() + "\t" + entry.getKey() + "\n")
                    .collect(Collectors.joining());
            Files.writeString(list, lines);
            python.launcher().run(List.of(), List.of("date", list.toString()));
        } finally {
            Files.delete(list);
        }
    }

    /**
     * The times that the file system of {@code directory} stores exactly; some file systems store no negative or
     * distant times.
     */
    Set<SourceTime> keptIn(Path directory) throws IOException {
        var files = new EnumMap<SourceTime, Path>(SourceTime.class);
        for (SourceTime time : SourceTime.values()) {
            files.put(time, Files.createTempFile(directory, "time", ""));
        }
        set(files.entrySet().stream().collect(Collectors.toMap(Map.Entry::getValue, Map.Entry::getKey)));
        var kept = EnumSet.noneOf(SourceTime.class);
        for (var entry : files.entrySet()) {
            if (entry.getKey().isMtimeOf(entry.getValue())) {
                kept.add(entry.getKey());
            }
            Files.delete(entry.getValue());
        }
        return kept;
    }
}
