package dev.freshpyc.cli.oracle;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** The options with which an interpreter is started. */
record Setting(int level, HashCheck check, boolean prefixed) {
    enum HashCheck {
        DEFAULT,
        ALWAYS,
        NEVER;

        String option() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    static final Setting USUAL = new Setting(0, HashCheck.DEFAULT, false);

    private static final List<Setting> ALL = List.of(
            USUAL,
            new Setting(1, HashCheck.DEFAULT, false),
            new Setting(2, HashCheck.DEFAULT, false),
            new Setting(0, HashCheck.ALWAYS, false),
            new Setting(0, HashCheck.NEVER, false),
            new Setting(0, HashCheck.DEFAULT, true),
            new Setting(1, HashCheck.ALWAYS, true),
            new Setting(2, HashCheck.NEVER, true));

    static Stream<Setting> of(Interpreter python) {
        return ALL.stream().filter(setting -> setting.suits(python));
    }

    /** Python 2.7 writes optimized bytecode to {@code .pyo} files, which {@link OptimizedLegacyTest} covers. */
    private boolean suits(Interpreter python) {
        return (level == 0 || python.isTagged())
                && (check == HashCheck.DEFAULT || python.hasFlags())
                && (!prefixed || python.knowsPrefix());
    }

    List<String> pythonOptions() {
        var options = new ArrayList<String>();
        if (level > 0) {
            options.add("-" + "O".repeat(level));
        }
        if (check != HashCheck.DEFAULT) {
            options.addAll(List.of("--check-hash-based-pycs", check.option()));
        }
        return options;
    }

    /** The part of the file name between the tag and {@code .pyc}. */
    String suffix() {
        return level == 0 ? "" : ".opt-" + level;
    }

    @Override
    public String toString() {
        return "-O%d, hash check %s%s".formatted(level, check.option(), prefixed ? ", cache prefix" : "");
    }
}
