package dev.freshpyc.core.metadata;

import java.util.Locale;
import java.util.Optional;

/**
 * The name of a distribution's metadata directory, or of its metadata file, in a path entry: {@code NAME-VERSION.dist-info},
 * {@code NAME.egg-info}, or {@code EGG-INFO} inside of an egg.
 *
 * @param name the file name
 */
record DistributionFile(String name) {

    private static final String DIST_INFO = ".dist-info";
    private static final String EGG_INFO = ".egg-info";
    private static final String IN_EGG = "egg-info";

    /** Whether {@code importlib.metadata} takes a file of that name for metadata. */
    static boolean isMetadata(String name, boolean entryIsEgg) {
        String low = name.toLowerCase(Locale.ROOT);
        return low.endsWith(DIST_INFO) || low.endsWith(EGG_INFO) || (entryIsEgg && low.equals(IN_EGG));
    }

    /** Whether the name of a path entry is the name of an egg. */
    static boolean isEgg(String entryName) {
        return entryName.toLowerCase(Locale.ROOT).endsWith(".egg");
    }

    /** Whether the file is the {@code EGG-INFO} of an egg, which comes after all others. */
    boolean isInEgg() {
        return name.toLowerCase(Locale.ROOT).equals(IN_EGG);
    }

    /** The name by which a path entry groups its distributions: Python lists those of one group together. */
    String groupKey() {
        String low = name.toLowerCase(Locale.ROOT);
        return normalize(beforeDash(low.substring(0, low.lastIndexOf('.'))));
    }

    /** The normalized name of the distribution, where the file name says it: Python compares the suffix with its case. */
    Optional<String> key() {
        int dot = name.lastIndexOf('.');
        boolean hasSuffix = name.endsWith(DIST_INFO) || name.endsWith(EGG_INFO);
        boolean onlySuffix = dot >= 0 && name.substring(0, dot).chars().allMatch(c -> c == '.');
        if (!hasSuffix || onlySuffix) {
            return Optional.empty();
        }
        return Optional.of(normalize(beforeDash(name.substring(0, dot)))).filter(key -> !key.isEmpty());
    }

    /** PEP 503's normalization with underscores, as {@code importlib.metadata.Prepared.normalize} does. */
    static String normalize(String name) {
        StringBuilder normal = new StringBuilder(name.length());
        boolean inRun = false;
        for (int at = 0; at < name.length(); at++) {
            char c = name.charAt(at);
            boolean separator = c == '-' || c == '_' || c == '.';
            if (!separator) {
                normal.append(c);
            } else if (!inRun) {
                normal.append('_');
            }
            inRun = separator;
        }
        return normal.toString().toLowerCase(Locale.ROOT);
    }

    private static String beforeDash(String stem) {
        int dash = stem.indexOf('-');
        return dash < 0 ? stem : stem.substring(0, dash);
    }
}
