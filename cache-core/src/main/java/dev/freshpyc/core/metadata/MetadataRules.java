package dev.freshpyc.core.metadata;

import dev.freshpyc.core.pyc.PythonVersion;
import java.util.List;

/** How a version of Python, in its last patch release, answers {@code importlib.metadata.entry_points()}. */
public enum MetadataRules {
    /** 3.8 and 3.9: {@code configparser} reads the files, no distribution hides another, answers are sorted by group. */
    CONFIG(true, true, false),
    /** 3.10 and 3.11: the first distribution of a name hides the others, answers are sorted by group. */
    SORTED(false, true, false),
    /** 3.12 to 3.14: as before, but answers come in the order of the distributions. */
    LISTED(false, false, false),
    /** 3.15: as before, and a value that is no object reference is an error. */
    CHECKED(false, false, true);

    private final boolean config;
    private final boolean sorted;
    private final boolean checked;

    MetadataRules(boolean config, boolean sorted, boolean checked) {
        this.config = config;
        this.sorted = sorted;
        this.checked = checked;
    }

    /** The rules of a version. Versions before 3.8 have no {@code importlib.metadata}; its backport follows {@link #LISTED}. */
    public static MetadataRules of(PythonVersion version) {
        if (version.atLeast(3, 15)) {
            return CHECKED;
        }
        if (version.atLeast(3, 12) || !version.atLeast(3, 8)) {
            return LISTED;
        }
        return version.atLeast(3, 10) ? SORTED : CONFIG;
    }

    /** Whether {@code configparser} reads the files, and every distribution counts. */
    public boolean isConfig() {
        return config;
    }

    /** Whether answers are sorted by group. */
    boolean isSorted() {
        return sorted;
    }

    /** Whether every value must be an object reference. */
    boolean isChecked() {
        return checked;
    }

    /**
     * The entry points in an {@code entry_points.txt}, in its order.
     *
     * @throws BrokenMetadataException where Python raises an exception
     */
    public List<EntryPoint> parse(String text) throws BrokenMetadataException {
        return config ? new ConfigText(text).entryPoints() : SectionedText.entryPoints(text);
    }
}
