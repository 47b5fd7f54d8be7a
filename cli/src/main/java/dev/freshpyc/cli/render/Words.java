package dev.freshpyc.cli.render;

/** Formats numbers for people. {@code String.format} would take a tenth of a short run. */
public final class Words {

    private static final String[] UNITS = {"bytes", "KiB", "MiB", "GiB", "TiB"};

    private Words() {}

    /** Digits in groups of three: 14,018. */
    static String number(long value) {
        String digits = Long.toString(value);
        StringBuilder grouped = new StringBuilder(digits);
        int first = value < 0 ? 1 : 0;
        for (int at = digits.length() - 3; at > first; at -= 3) {
            grouped.insert(at, ',');
        }
        return grouped.toString();
    }

    /** A count with its noun: 1 pyc, 2 pycs. */
    public static String count(long value, String noun) {
        String plural = noun.endsWith("y") ? noun.substring(0, noun.length() - 1) + "ies" : noun + "s";
        return number(value) + " " + (value == 1 ? noun : plural);
    }

    /** Bytes in the largest unit that leaves a whole number of at least ten. */
    static String bytes(long value) {
        int unit = 0;
        long scaled = value;
        while (scaled >= 10_240 && unit < UNITS.length - 1) {
            scaled /= 1024;
            unit++;
        }
        return value == 1 ? "1 byte" : number(scaled) + " " + UNITS[unit];
    }
}
