package dev.freshpyc.cli.bench;

import dev.freshpyc.cli.option.ValueConverters;
import dev.freshpyc.cli.render.HtmlPage;
import dev.freshpyc.cli.render.HtmlText;
import dev.freshpyc.cli.render.Words;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.perf.startup.ImportCause;
import dev.freshpyc.perf.startup.ImportNode;
import dev.freshpyc.perf.startup.Interval;
import dev.freshpyc.perf.startup.ModuleCost;
import dev.freshpyc.perf.startup.Spread;
import dev.freshpyc.perf.startup.StartRun;
import dev.freshpyc.perf.startup.StartSeries;
import dev.freshpyc.perf.startup.StartState;
import dev.freshpyc.perf.startup.StartupBench;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Writes the result of a bench as one page. Names of modules and words of the command come from outside and may be hostile: all text is
 * escaped. Everything is readable without scripts; the one script draws the rounds with uPlot, zooms into the chart of imports and
 * searches the list of modules.
 */
public final class BenchPage {

    private final List<String> command;
    private final StartupBench.Result result;
    private final PrintStream out;

    private BenchPage(List<String> command, StartupBench.Result result, PrintStream out) {
        this.command = command;
        this.result = result;
        this.out = out;
    }

    /**
     * Prints the page.
     *
     * @param profile the profile that is written, if the user asked for one
     */
    public static void print(
            List<String> command, StartupBench.Result result, Optional<SavedProfile> profile, PrintStream out) {
        BenchPage bench = new BenchPage(command, result, out);
        HtmlPage page = new HtmlPage(BenchPage.class, "uPlot", "bench");
        page.begin(out, "bench", bench.headline());
        bench.facts();
        bench.states();
        profile.ifPresent(bench::profile);
        result.of(StartState.AS_IS).ifPresent(bench::imports);
        bench.modules();
        page.end(out);
    }

    private String headline() {
        return BenchText.saving(result).orElseGet(() -> {
            StartSeries first = result.series().getFirst();
            return String.format(
                    Locale.ROOT,
                    "%.0f ms until the first answer in the state %s",
                    first.answer().median(),
                    ValueConverters.label(first.state()));
        });
    }

    private void facts() {
        int runs = result.series().getFirst().runs().size();
        out.println("<dl class=\"facts\">");
        fact("Command", "<code>" + HtmlText.escape(BenchText.command(command)) + "</code>");
        result.python().ifPresent(version -> fact("Interpreter", "Python " + HtmlText.escape(version)));
        fact(
                "Machine",
                HtmlText.escape(Words.count(Runtime.getRuntime().availableProcessors(), "core") + ", "
                        + System.getProperty("os.name") + " " + System.getProperty("os.version") + ", "
                        + System.getProperty("os.arch")));
        fact(
                "Runs",
                runs + " of each state, in turns, after one uncounted round; "
                        + (result.cold() ? "cold: the page cache was dropped before each" : "warm page cache"));
        out.println("</dl>");
    }

    private void fact(String name, String html) {
        out.println("<dt>" + name + "</dt><dd>" + html + "</dd>");
    }

    private void states() {
        out.println("<section><h2>States of the bytecode</h2>");
        out.println(StartPlot.svg(result.series()));
        out.println("<p class=\"legend\"><span><span class=\"key run\"></span>one run</span>"
                + " <span><span class=\"key median\"></span>median</span>"
                + " <span><span class=\"key interval\"></span>95 % interval of the median</span></p>");
        out.println("<table><thead><tr><th scope=\"col\">State</th><th scope=\"col\" class=\"n\">First answer</th>"
                + "<th scope=\"col\" class=\"n\">Imports</th></tr></thead><tbody>");
        result.series().forEach(this::state);
        out.println("</tbody></table></section>");
        out.println(
                "<section id=\"rounds\" hidden><h2 id=\"turns\">Every round</h2><p class=\"soft\">The states took turns, so that a slow"
                        + " moment of the machine slows all of them. Drag across the chart to zoom in, double-click to see all rounds; a click on"
                        + " a state hides its line.</p><div role=\"group\" aria-labelledby=\"turns\"></div></section>");
    }

    private void state(StartSeries series) {
        Interval interval = Interval.of(series.answer());
        Spread spread = Spread.of(series.answer());
        String more = String.format(
                Locale.ROOT,
                "95 %% interval %.1f to %.1f ms, mean %.1f ms ± %.1f ms%s",
                interval.low(),
                interval.high(),
                spread.mean(),
                spread.deviation(),
                spread.outliers() == 0 ? "" : ", " + Words.count(spread.outliers(), "outlier"));
        out.printf(
                Locale.ROOT,
                "<tr><th scope=\"row\">%s<small>%s</small></th><td class=\"n\">%.1f ms</td><td class=\"n\">%s</td></tr>%n",
                ValueConverters.label(series.state()),
                HtmlText.escape(more),
                interval.median(),
                series.imports().map(BenchText::median).orElse(BenchText.UNKNOWN));
    }

    private void profile(SavedProfile profile) {
        out.println(
                "<section><h2>Size against time</h2><p class=\"soft\">The profile has "
                        + Words.count(profile.modules(), "module")
                        + ", which the command loads until its first answer. With all bytecode, a start reads the same pycs.</p>");
        out.println("<table><thead><tr><th scope=\"col\">Bytecode of</th><th scope=\"col\" class=\"n\">Size</th>"
                + "<th scope=\"col\" class=\"n\">First answer</th></tr></thead><tbody>");
        for (SavedProfile.Line line : profile.lines()) {
            out.println("<tr><th scope=\"row\">" + line.name() + "</th><td class=\"n\">" + line.size()
                    + "</td><td class=\"n\">" + line.time() + "</td></tr>");
        }
        out.println("</tbody></table></section>");
    }

    private void imports(StartSeries asIs) {
        StartRun run = asIs.middleRun();
        if (run.imports().isEmpty()) {
            return;
        }
        out.println("<section><h2 id=\"imports\">Imports of a start as it is</h2>");
        out.printf(
                Locale.ROOT,
                "<p class=\"soft\">The run in the middle, of %.1f ms. Each cell is a module, as wide as its time with its imports,"
                        + " which are below it.</p>%n",
                run.answerMillis());
        out.println("<p id=\"zoomed\" class=\"soft\" role=\"status\"></p>"
                + "<p><button type=\"button\" id=\"whole\" hidden>Show all imports</button></p>");
        out.println("<div class=\"box\" id=\"chart\" role=\"region\" aria-labelledby=\"imports\" tabindex=\"0\">"
                + ImportChart.svg(ImportNode.of(run.imports()), result.modules()) + "</div>");
        out.println("<p class=\"legend\"><span><span class=\"key compiled\"></span>compiled in this start</span>"
                + " <span><span class=\"key\"></span>other origins</span></p></section>");
    }

    private void modules() {
        if (result.modules().isEmpty()) {
            return;
        }
        out.println("<section><h2 id=\"list\">Modules</h2><ul>");
        ImportCause.of(result.modules())
                .forEach(cause -> out.println("<li>" + HtmlText.escape(BenchText.cause(cause)) + "</li>"));
        out.println(
                "</ul><div class=\"tools\" id=\"tools\" hidden><label>Search <input type=\"search\" id=\"search\""
                        + " autocomplete=\"off\" spellcheck=\"false\"></label></div><p id=\"status\" class=\"soft\" role=\"status\"></p>");
        out.println("<table id=\"modules\" aria-labelledby=\"list\"><thead><tr><th scope=\"col\">Module</th>"
                + "<th scope=\"col\" class=\"n\">Saved</th><th scope=\"col\" class=\"n\">Self</th>"
                + "<th scope=\"col\" class=\"n\">Cumulative</th></tr></thead><tbody>");
        result.modules().forEach(this::module);
        out.println("</tbody></table></section>");
    }

    private void module(ModuleCost module) {
        out.println("<tr><th scope=\"row\"><code>"
                + HtmlText.escape(RawPath.of(module.module()).shown()) + "</code><small>"
                + module.origin().label() + "</small></th>" + time(BenchText.saved(module.saved()))
                + time(BenchText.millis(module.self())) + time(BenchText.millis(module.cumulative())) + "</tr>");
    }

    private static String time(String shown) {
        return "<td class=\"n\">" + shown + "</td>";
    }
}
