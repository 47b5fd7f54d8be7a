package dev.freshpyc.cli.bench;

import dev.freshpyc.cli.option.CommandFailure;
import dev.freshpyc.cli.option.OptionFile;
import dev.freshpyc.cli.option.ValueConverters;
import dev.freshpyc.cli.render.DocumentSchema;
import dev.freshpyc.perf.startup.Interval;
import dev.freshpyc.perf.startup.StartSeries;
import dev.freshpyc.perf.startup.StartupBench;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** The intervals of an earlier bench, read from its JSON document. A comparison with them shows a regression. */
public final class EarlierBench {

    private static final int MAX_SIZE = 64 << 20;

    private final Map<String, Interval> answers;

    private EarlierBench(Map<String, Interval> answers) {
        this.answers = answers;
    }

    /**
     * Reads the document that {@code bench --format json} wrote for the same command.
     *
     * @throws CommandFailure when the file is no such document
     */
    public static EarlierBench read(OptionFile file, List<String> command) {
        byte[] bytes = file.read(MAX_SIZE);
        try (JsonParser json = new JsonFactory().createParser(ObjectReadContext.empty(), bytes)) {
            EarlierBench earlier = read(json, file, command);
            if (json.nextToken() != null) {
                throw file.unusable("it has more after its JSON document");
            }
            return earlier;
        } catch (JacksonException unreadable) {
            throw file.unusable("it is not the output of bench --format json");
        }
    }

    private static EarlierBench read(JsonParser json, OptionFile file, List<String> command) {
        Map<String, Interval> answers = new HashMap<>();
        List<String> words = new ArrayList<>();
        String schema = "";
        if (json.nextToken() != JsonToken.START_OBJECT) {
            throw file.unusable("it is no JSON object");
        }
        while (json.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = json.currentName();
            JsonToken value = json.nextToken();
            if (name.equals("schema") && value == JsonToken.VALUE_STRING) {
                schema = json.getString();
            } else if (name.equals("command") && value == JsonToken.START_ARRAY) {
                while (json.nextToken() == JsonToken.VALUE_STRING) {
                    words.add(json.getString());
                }
            } else if (name.equals("states") && value == JsonToken.START_ARRAY) {
                while (json.nextToken() == JsonToken.START_OBJECT) {
                    state(json, answers);
                }
            } else {
                json.skipChildren();
            }
        }
        if (!schema.equals(DocumentSchema.BENCH.id())) {
            throw file.unusable("it is not of the schema " + DocumentSchema.BENCH.id());
        }
        if (!words.equals(command)) {
            throw file.unusable("it is about another command: " + BenchText.command(words));
        }
        return new EarlierBench(answers);
    }

    private static void state(JsonParser json, Map<String, Interval> answers) {
        String state = "";
        Map<String, Double> numbers = new HashMap<>();
        while (json.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = json.currentName();
            JsonToken value = json.nextToken();
            if (name.equals("state") && value == JsonToken.VALUE_STRING) {
                state = json.getString();
            } else if (name.equals("answer_ms") && value == JsonToken.START_OBJECT) {
                readNumbers(json, numbers);
            } else {
                json.skipChildren();
            }
        }
        if (numbers.keySet().containsAll(List.of("low", "median", "high"))) {
            answers.put(
                    state,
                    new Interval(
                            numbers.getOrDefault("low", 0.0),
                            numbers.getOrDefault("median", 0.0),
                            numbers.getOrDefault("high", 0.0)));
        }
    }

    private static void readNumbers(JsonParser json, Map<String, Double> numbers) {
        while (json.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = json.currentName();
            if (json.nextToken().isNumeric()) {
                numbers.put(name, json.getDoubleValue());
            } else {
                json.skipChildren();
            }
        }
    }

    /**
     * Prints one line for each state.
     *
     * @return whether a state is slower than before and the intervals do not overlap
     */
    public boolean compare(StartupBench.Result result, PrintStream err) {
        boolean slower = false;
        for (StartSeries series : result.series()) {
            String state = ValueConverters.label(series.state());
            Interval now = Interval.of(series.answer());
            Interval before = answers.get(state);
            if (before == null) {
                err.println("freshpyc: " + state + ": not measured before");
            } else {
                boolean regression = !now.overlaps(before) && now.median() > before.median();
                slower |= regression;
                String judged = now.overlaps(before)
                        ? "no difference shown, the intervals overlap"
                        : regression ? "slower" : "faster";
                err.println(String.format(
                        Locale.ROOT,
                        "freshpyc: %s: %.1f ms before, %.1f ms now: %s",
                        state,
                        before.median(),
                        now.median(),
                        judged));
            }
        }
        return slower;
    }
}
