package dev.freshpyc.indexer.scan;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * One glob of {@link Exclusions}. A match keeps the set of all positions in the glob that the text read so far may lead to, and reads
 * each character of the text once. A regular expression would try the positions one after the other, and a glob such as {@code
 * *****a} would take time exponential in the length of a name.
 */
final class Glob {

    private static final int SLASH = '/';

    /** One position of a glob. */
    private sealed interface Step {

        /** One character that must be there. */
        record Literal(int point) implements Step {}

        /** {@code ?}: any character of a name. */
        record AnyOfName() implements Step {}

        /** {@code [a-c]}: one character of these ranges; negated, one character outside all of them. */
        record OneOf(boolean negated, List<Range> ranges) implements Step {}

        /** {@code *}, or {@code **} where directories are crossed: any number of characters. */
        record Star(boolean crossing) implements Step {}

        /** The beginning of <code>**&#47;</code>, which may match nothing; {@link ThroughSlash} follows. */
        record Optional() implements Step {}

        /** The rest of <code>**&#47;</code>: any characters, and then a slash. */
        record ThroughSlash() implements Step {}
    }

    /** Characters of a class, from first to last; a reversed range is empty. */
    private record Range(int first, int last) {}

    private final Step[] steps;
    private final boolean wholePath;

    private Glob(Step[] steps, boolean wholePath) {
        this.steps = steps;
        this.wholePath = wholePath;
    }

    /** The glob that the user wrote. Every text is a glob: a character without a special meaning stands for itself. */
    static Glob of(String written) {
        String glob = written.endsWith("/") ? written.substring(0, written.length() - 1) : written;
        return new Glob(steps(glob).toArray(Step[]::new), glob.contains("/"));
    }

    /** Whether the glob is about the path below the entry; otherwise it is about a name. */
    boolean isAboutPaths() {
        return wholePath;
    }

    /** Whether the glob matches the whole of {@code text}. */
    boolean matches(String text) {
        BitSet now = new BitSet(steps.length + 1);
        BitSet next = new BitSet(steps.length + 1);
        enter(now, 0);
        for (int at = 0; at < text.length() && !now.isEmpty(); ) {
            int point = text.codePointAt(at);
            advance(now, point, next);
            BitSet read = now;
            now = next;
            next = read;
            next.clear();
            at += Character.charCount(point);
        }
        return now.get(steps.length);
    }

    /** Adds to {@code next} each position that a position of {@code now} leads to with one character. */
    private void advance(BitSet now, int point, BitSet next) {
        for (int at = now.nextSetBit(0); at >= 0 && at < steps.length; at = now.nextSetBit(at + 1)) {
            switch (steps[at]) {
                case Step.Literal(int wanted) -> enterIf(point == wanted, next, at + 1);
                case Step.AnyOfName() -> enterIf(point != SLASH, next, at + 1);
                case Step.OneOf(boolean negated, List<Range> ranges) ->
                    enterIf(point != SLASH && isIn(ranges, point) != negated, next, at + 1);
                case Step.Star(boolean crossing) -> enterIf(crossing || point != SLASH, next, at);
                case Step.Optional() -> {}
                case Step.ThroughSlash() -> {
                    next.set(at);
                    enterIf(point == SLASH, next, at + 1);
                }
            }
        }
    }

    private void enterIf(boolean holds, BitSet positions, int at) {
        if (holds) {
            enter(positions, at);
        }
    }

    /** Adds a position, and the later positions that it leads to without a character. */
    private void enter(BitSet positions, int first) {
        int at = first;
        while (!positions.get(at)) {
            positions.set(at);
            if (at < steps.length && steps[at] instanceof Step.Star) {
                at++;
            } else if (at < steps.length && steps[at] instanceof Step.Optional) {
                positions.set(at + 1);
                at += 2;
            }
        }
    }

    private static boolean isIn(List<Range> ranges, int point) {
        for (int i = 0; i < ranges.size(); i++) {
            if (ranges.get(i).first <= point && point <= ranges.get(i).last) {
                return true;
            }
        }
        return false;
    }

    private static List<Step> steps(String glob) {
        List<Step> steps = new ArrayList<>();
        int at = 0;
        while (at < glob.length()) {
            int point = glob.codePointAt(at);
            int close = point == '[' ? closing(glob, at) : -1;
            if (glob.startsWith("**/", at)) {
                steps.add(new Step.Optional());
                steps.add(new Step.ThroughSlash());
                at += 3;
            } else if (point == '*') {
                boolean crossing = glob.startsWith("**", at);
                steps.add(new Step.Star(crossing));
                at += crossing ? 2 : 1;
            } else if (close > 0) {
                steps.add(oneOf(glob.substring(at + 1, close)));
                at = close + 1;
            } else {
                steps.add(point == '?' ? new Step.AnyOfName() : new Step.Literal(point));
                at += Character.charCount(point);
            }
        }
        return steps;
    }

    /** The end of the class that begins at {@code open}, or −1. A bracket right after the beginning is a member of the class. */
    private static int closing(String glob, int open) {
        int first = glob.startsWith("!", open + 1) ? open + 2 : open + 1;
        return glob.indexOf(']', first + 1);
    }

    private static Step oneOf(String content) {
        boolean negated = content.startsWith("!");
        int[] points = content.substring(negated ? 1 : 0).codePoints().toArray();
        List<Range> ranges = new ArrayList<>();
        int at = 0;
        while (at < points.length) {
            int last = at + 2 < points.length && points[at + 1] == '-' ? at + 2 : at;
            ranges.add(new Range(points[at], points[last]));
            at = last + 1;
        }
        return new Step.OneOf(negated, List.copyOf(ranges));
    }
}
