package dev.freshpyc.perf;

import dev.freshpyc.perf.measure.Claim;
import dev.freshpyc.perf.measure.Table;
import dev.freshpyc.perf.report.Content;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The figures of the JMH benchmark of lookups, read from JMH's CSV. */
record JmhFigures(List<Score> scores) implements BenchRun.Figures {

    /** Nanoseconds of a lookup that the near cache answers. */
    static final double NEAR = 100;

    /** Nanoseconds of a lookup that reads a record. */
    static final double RECORD = 2_000;

    /** The yardstick, about which nothing is claimed. */
    private static final String FLOOR = "floor";

    /** The mean of a benchmark in nanoseconds, with its error. */
    record Score(String benchmark, double nanos, double error, int samples) {}

    JmhFigures {
        scores = List.copyOf(scores);
    }

    /** Reads the lines of a CSV file; an {@link IllegalArgumentException} names a missing column. */
    static JmhFigures parse(List<String> lines) {
        List<String> heading = cells(lines.getFirst());
        int name = column(heading, "Benchmark");
        int mean = column(heading, "Score");
        int error = column(heading, "Score Error (99.9%)");
        int samples = column(heading, "Samples");
        List<Score> scores = new ArrayList<>();
        for (String line : lines.subList(1, lines.size())) {
            List<String> cells = cells(line);
            scores.add(new Score(
                    cells.get(name).substring(cells.get(name).lastIndexOf('.') + 1),
                    Double.parseDouble(cells.get(mean)),
                    Double.parseDouble(cells.get(error)),
                    Integer.parseInt(cells.get(samples))));
        }
        return new JmhFigures(scores);
    }

    private static List<String> cells(String line) {
        return List.of(line.replace("\"", "").split(",", -1));
    }

    private static int column(List<String> heading, String name) {
        int column = heading.indexOf(name);
        if (column < 0) {
            throw new IllegalArgumentException("no column " + name + " in JMH's CSV: " + heading);
        }
        return column;
    }

    @Override
    public List<Content> contents() {
        Table table = Table.of("", "ns", "error", "iterations");
        for (Score score : scores) {
            table = table.with(List.of(
                    score.benchmark(), shown(score.nanos()), "± " + shown(score.error()), "" + score.samples()));
        }
        return List.of(new Content.Tabled(table));
    }

    private static String shown(double nanos) {
        return String.format(Locale.ROOT, "%,.1f", nanos);
    }

    @Override
    public List<Claim> claims() {
        return scores.stream()
                .filter(score -> !score.benchmark().equals(FLOOR))
                .map(score -> new Claim(
                        score.benchmark(), score.nanos(), score.benchmark().equals("nearCache") ? NEAR : RECORD, " ns"))
                .toList();
    }
}
