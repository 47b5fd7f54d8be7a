package dev.freshpyc.perf;

import dev.freshpyc.perf.measure.Claim;
import dev.freshpyc.perf.measure.Table;
import dev.freshpyc.perf.report.Content;
import dev.freshpyc.perf.service.Rate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The figures of {@link ServiceBench}.
 *
 * @param rates all that were measured
 * @param forced pages a second that the disk of the database forces, one after another
 * @param idleTicks processor time of ten idle seconds, in hundredths of a second
 * @param idle resident MB before the load
 * @param loaded the same right after the load
 * @param rested the same some time after the load
 */
record ServiceFigures(List<Rate> rates, double forced, long idleTicks, double idle, double loaded, double rested)
        implements BenchRun.Figures {

    /** Questions a second on one connection, by HTTP and by OEHASHEQUIV. */
    private static final double ONE_BY_ONE = 10_000;

    /** Durable reports a second on one connection. */
    private static final double DURABLE = 5_000;

    /** Questions a second through the batch. */
    private static final double BATCH = 150_000;

    /** Questions a second in a stream. */
    private static final double STREAMED = 100_000;

    /** Lookups a second over all connections. */
    private static final double LOOKUPS = 20_000;

    /** Seconds for a million rows into an empty database. */
    private static final double FILL = 60;

    /** Time of a question with the most rows / with the fewest. */
    private static final double FLAT = 1.5;

    private static final double IDLE_MEGABYTES = 150;

    ServiceFigures {
        rates = List.copyOf(rates);
    }

    @Override
    public List<Content> contents() {
        Table table = Table.of("", "rows", "seconds", "in a second");
        for (Rate rate : rates) {
            table = table.with(List.of(
                    rate.what(),
                    rate.rows() == 0 ? "" : String.format(Locale.ROOT, "%,d", rate.rows()),
                    String.format(Locale.ROOT, "%,.2f", rate.seconds()),
                    String.format(Locale.ROOT, "%,.0f", rate.perSecond())));
        }
        Table memory = Table.of("resident MB", "idle", "right after the load", "half a minute later")
                .with(List.of("serve", megabytes(idle), megabytes(loaded), megabytes(rested)));
        return List.of(
                new Content.Tabled(table),
                new Content.Tabled(memory),
                new Content.Note(String.format(
                        Locale.ROOT,
                        "the disk of the database forces %,.0f single pages a second; a durable report cannot be faster",
                        forced)));
    }

    private static String megabytes(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }

    @Override
    public List<Claim> claims() {
        List<Claim> claims = new ArrayList<>();
        List<Rate> questions = all("questions one by one");
        questions.forEach(rate -> claims.add(atLeast(rate, ONE_BY_ONE)));
        double growth = questions.getFirst().perSecond() / questions.getLast().perSecond();
        claims.add(new Claim("time of a question, most rows / fewest", growth, FLAT, ""));
        all("durable reports one by one").forEach(rate -> claims.add(atLeast(rate, DURABLE)));
        all("questions through the batch").forEach(rate -> claims.add(atLeast(rate, BATCH)));
        double fill = all("rows through the batch").stream()
                .mapToDouble(Rate::seconds)
                .sum();
        claims.add(new Claim("all rows into an empty database", fill, FILL, " s"));
        all("hashserv get one by one").forEach(rate -> claims.add(atLeast(rate, ONE_BY_ONE)));
        all("hashserv get-stream").forEach(rate -> claims.add(atLeast(rate, STREAMED)));
        all("hashserv exists-stream").forEach(rate -> claims.add(atLeast(rate, STREAMED)));
        rates.stream()
                .filter(rate -> rate.what().startsWith("lookups"))
                .forEach(rate -> claims.add(atLeast(rate, LOOKUPS)));
        claims.add(new Claim("processor time of ten idle seconds", idleTicks * 10.0, 10, " ms"));
        claims.add(new Claim("idle, resident", idle, IDLE_MEGABYTES, " MB"));
        return claims;
    }

    private List<Rate> all(String what) {
        return rates.stream().filter(rate -> rate.what().equals(what)).toList();
    }

    private static Claim atLeast(Rate rate, double limit) {
        String rows = rate.rows() == 0 ? "" : String.format(Locale.ROOT, " (%,d rows)", rate.rows());
        return Claim.atLeast(rate.what() + rows, rate.perSecond(), limit, "/s");
    }
}
