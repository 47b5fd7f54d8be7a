package dev.freshpyc.perf;

import dev.freshpyc.perf.measure.Claim;
import dev.freshpyc.perf.measure.FigureTable;
import dev.freshpyc.perf.measure.Race.Series;
import dev.freshpyc.perf.report.Content;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The figures of {@link HookBench}.
 *
 * @param pairs the size of the tree
 * @param hooks what an install takes longer because of each hook
 */
record HookFigures(int pairs, List<Series> hooks) implements BenchRun.Figures {

    /** Milliseconds that a hook may add to an install. */
    static final double WALL = 300;

    /** MB that the largest process of a hook may take. */
    static final double PEAK = 100;

    HookFigures {
        hooks = List.copyOf(hooks);
    }

    @Override
    public List<Content> contents() {
        return List.of(new Content.Tabled(FigureTable.of(hooks)));
    }

    @Override
    public List<Claim> claims() {
        List<Claim> claims = new ArrayList<>();
        for (Series hook : hooks) {
            String name = String.format(
                    Locale.ROOT, "%s, %d files (%,d pairs)", hook.contender().name(), HookBench.FILES, pairs);
            claims.add(new Claim(name, hook.wall().median(), WALL, " ms"));
            claims.add(new Claim(name + ", peak", hook.peak().max(), PEAK, " MB"));
        }
        return claims;
    }
}
