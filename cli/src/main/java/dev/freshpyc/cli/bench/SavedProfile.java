package dev.freshpyc.cli.bench;

import dev.freshpyc.core.plan.ProfileLine;
import dev.freshpyc.perf.startup.StartProfile;
import dev.freshpyc.perf.startup.StartSeries;
import dev.freshpyc.perf.startup.StartState;
import dev.freshpyc.perf.startup.StartupBench;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import tools.jackson.core.JsonGenerator;

/**
 * A profile that was written for {@code --only}, and its size against time. The state repaired has the bytecode of the profile and no
 * other, so its time is that of the profile; a start with all bytecode reads the same pycs.
 *
 * @param bytesOfAll size of all pycs in the path entries that the modules come from
 * @param none median milliseconds until the answer without bytecode; empty if that state was not measured
 * @param profile the same with the bytecode of the profile
 */
public record SavedProfile(int modules, long bytes, long bytesOfAll, OptionalDouble none, OptionalDouble profile) {

    /** Prints the profile's modules, one on each line, for {@code --only}. */
    public static void print(List<String> command, StartupBench.Result result, PrintStream out) {
        out.print("# what this command loads until its first answer: " + BenchText.command(command) + "\n");
        result.profile().modules().forEach(module -> out.print(ProfileLine.of(module) + "\n"));
    }

    /** The sizes and times of the states that were measured. */
    public static SavedProfile of(StartupBench.Result result) throws IOException {
        StartProfile profile = result.profile();
        return new SavedProfile(
                profile.modules().size(),
                profile.bytes(),
                profile.bytesOfAll(),
                median(result, StartState.NONE),
                median(result, StartState.REPAIRED));
    }

    private static OptionalDouble median(StartupBench.Result result, StartState state) {
        Optional<StartSeries> series = result.of(state);
        return series.isEmpty()
                ? OptionalDouble.empty()
                : OptionalDouble.of(series.get().answer().median());
    }

    /** The size and the time of the bytecode of some modules, for people. */
    record Line(String name, String size, String time) {}

    /** Without bytecode, with that of the profile, and with all of it. */
    List<Line> lines() {
        return List.of(
                line("none", 0, time(none)),
                line("the profile", bytes, time(profile)),
                line("all modules", bytesOfAll, "as the profile"));
    }

    void print(PrintStream out) {
        out.println();
        out.printf(Locale.ROOT, "size against time, with the bytecode of%n");
        lines().forEach(line -> out.printf(Locale.ROOT, "  %-12s %14s  %s%n", line.name(), line.size(), line.time()));
        out.printf(
                Locale.ROOT, "the profile has %d modules; with all bytecode, a start reads the same pycs%n", modules);
    }

    private static String time(OptionalDouble millis) {
        return millis.isPresent() ? String.format(Locale.ROOT, "%.1f ms", millis.getAsDouble()) : "not measured";
    }

    private static Line line(String name, long bytes, String time) {
        return new Line(name, String.format(Locale.ROOT, "%.1f KiB", bytes / 1024.0), time);
    }

    void json(JsonGenerator json) {
        json.writeObjectPropertyStart("profile");
        json.writeNumberProperty("modules", modules);
        size(json, "none", 0, none);
        size(json, "profile", bytes, profile);
        size(json, "all", bytesOfAll, OptionalDouble.empty());
        json.writeEndObject();
    }

    private static void size(JsonGenerator json, String name, long bytes, OptionalDouble millis) {
        json.writeObjectPropertyStart(name);
        json.writeNumberProperty("bytes", bytes);
        if (millis.isPresent()) {
            json.writeNumberProperty("answer_ms", millis.getAsDouble());
        }
        json.writeEndObject();
    }
}
