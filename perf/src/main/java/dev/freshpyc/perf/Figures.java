package dev.freshpyc.perf;

import dev.freshpyc.perf.measure.Ratio;
import dev.freshpyc.perf.measure.Series;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What was measured on one tree.
 *
 * @param pairs as the floor counted them
 */
record Figures(long pairs, Series audit, Series floor, Series peer) {

    Ratio againstPeer() {
        return Ratio.of(audit.wall(), peer.wall());
    }

    Ratio againstFloor() {
        return Ratio.of(audit.wall(), floor.wall());
    }

    double peak() {
        return audit.peak().max();
    }

    /** The claims that a tree of this size can bear. */
    List<Claim> claims() {
        boolean large = pairs >= BenchOptions.LARGE_PAIRS;
        String on = String.format(Locale.ROOT, " (%,d pairs)", pairs);
        double floorLimit = large ? Claim.AGAINST_FLOOR_LARGE : Claim.AGAINST_FLOOR;
        List<Claim> claims = new ArrayList<>();
        claims.add(new Claim(Rows.name(audit, peer) + on, againstPeer().worse(), Claim.AGAINST_PEER, ""));
        claims.add(new Claim(Rows.name(audit, floor) + on, againstFloor().worse(), floorLimit, ""));
        if (large) {
            claims.add(new Claim(audit.contender().name() + ", peak memory" + on, peak(), Claim.PEAK, " MB"));
        }
        return claims;
    }

    /** A table of times and memory, then the ratios. */
    String table() {
        StringBuilder table = new StringBuilder(Rows.SERIES);
        for (Series series : List.of(audit, floor, peer)) {
            table.append(Rows.of(series));
        }
        table.append(Rows.RATIOS);
        table.append(Rows.of(Rows.name(audit, peer) + ", wall", againstPeer()));
        table.append(Rows.of(Rows.name(audit, peer) + ", CPU", Ratio.of(audit.cpu(), peer.cpu())));
        table.append(Rows.of(Rows.name(audit, floor) + ", wall", againstFloor()));
        table.append(Rows.of(Rows.name(audit, floor) + ", CPU", Ratio.of(audit.cpu(), floor.cpu())));
        return table.append(Rows.of(Rows.name(floor, peer) + ", wall", Ratio.of(floor.wall(), peer.wall())))
                .toString();
    }
}
