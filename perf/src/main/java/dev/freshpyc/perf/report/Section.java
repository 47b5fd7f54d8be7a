package dev.freshpyc.perf.report;

import dev.freshpyc.perf.measure.Claim;
import dev.freshpyc.perf.measure.Table;
import java.util.List;

/**
 * The figures of one bench, with the claims that they support or refute.
 *
 * @param about what is measured, in Markdown
 * @param origin the date, the machine and the versions: figures of another day or machine cannot be compared
 */
public record Section(String title, String about, String origin, List<Content> contents, List<Claim> claims) {

    /** Marks a claim that was not kept, in the table of claims. */
    static final String MISSED = "**missed**";

    /** Marks a claim that was kept. */
    static final String HELD = "held";

    public Section {
        contents = List.copyOf(contents);
        claims = List.copyOf(claims);
    }

    /** A section without figures, which says why it has none. */
    public static Section unmeasured(String title, String about, String origin, String reason) {
        return new Section(
                title,
                about,
                origin,
                List.of(new Content.Note("This could not be measured here: " + reason)),
                List.of());
    }

    /** The section with its heading. */
    String markdown() {
        StringBuilder text = new StringBuilder(ResultsFile.HEADING + title + "\n\n" + about + "\n\n");
        text.append(Table.escaped(origin)).append('\n');
        for (Content content : contents) {
            text.append('\n').append(content.markdown());
        }
        if (!claims.isEmpty()) {
            text.append("\n| claim | | measured | claimed |\n| --- | --- | ---: | ---: |\n");
            claims.forEach(claim -> text.append(row(claim)));
        }
        return text.toString();
    }

    private static String row(Claim claim) {
        return String.format(
                "| %s | %s | %s | %s |%n",
                Table.escaped(claim.what()), claim.held() ? HELD : MISSED, claim.shownMeasured(), claim.shownLimit());
    }
}
