package dev.freshpyc.cli.command;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Finds the known word that a user probably meant by a mistyped word. */
final class Spelling {

    private static final int LETTERS_FOR_EACH_MISTAKE = 3;
    private static final int LONGEST = 40;

    private Spelling() {}

    /** The known word with the fewest mistakes; empty where all known words have more than one mistake in three letters. */
    static Optional<String> nearest(String typed, Collection<String> known) {
        if (typed.length() > LONGEST) {
            return Optional.empty();
        }
        return known.stream()
                .filter(word ->
                        mistakes(typed, word) <= Math.max(typed.length(), word.length()) / LETTERS_FOR_EACH_MISTAKE)
                .min(Comparator.<String>comparingInt(word -> mistakes(typed, word))
                        .thenComparing(Comparator.naturalOrder()));
    }

    /** How many letters were left out, added, replaced or swapped with their neighbour. */
    static int mistakes(String typed, String wanted) {
        int[][] least = new int[typed.length() + 1][wanted.length() + 1];
        for (int i = 0; i <= typed.length(); i++) {
            for (int j = 0; j <= wanted.length(); j++) {
                least[i][j] = i == 0 || j == 0 ? i + j : step(typed, wanted, i, j, least);
            }
        }
        return least[typed.length()][wanted.length()];
    }

    private static int step(String typed, String wanted, int i, int j, int[][] least) {
        int replaced = least[i - 1][j - 1] + (typed.charAt(i - 1) == wanted.charAt(j - 1) ? 0 : 1);
        int fewest = Math.min(replaced, 1 + Math.min(least[i - 1][j], least[i][j - 1]));
        boolean swapped = i > 1
                && j > 1
                && typed.charAt(i - 1) == wanted.charAt(j - 2)
                && typed.charAt(i - 2) == wanted.charAt(j - 1);
        return swapped ? Math.min(fewest, least[i - 2][j - 2] + 1) : fewest;
    }
}
