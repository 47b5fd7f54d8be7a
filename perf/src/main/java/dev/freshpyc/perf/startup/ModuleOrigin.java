package dev.freshpyc.perf.startup;

import java.util.Arrays;

/** Where a module's code comes from, as {@code -v} reports. */
public enum ModuleOrigin {
    /** Its source was compiled in this start. */
    COMPILED("compiled", ""),
    /** Its bytecode was loaded. */
    LOADED("bytecode", ""),
    /** It is part of the interpreter. */
    FROZEN("frozen", "FrozenImporter"),
    BUILT_IN("built-in", "BuiltinImporter"),
    /** It lies in a zip file, whose bytecode a prefix does not replace. */
    ZIP("zip", "zipimporter"),
    EXTENSION("extension", "ExtensionFileLoader"),
    /** It has bytecode and no source. */
    SOURCELESS("sourceless", "SourcelessFileLoader"),
    UNKNOWN("unknown", "");

    private final String label;
    private final String loader;

    /** An origin whose loader has this in its name; empty for loaders of sources, which leave it open whether they compiled. */
    ModuleOrigin(String label, String loader) {
        this.label = label;
        this.loader = loader;
    }

    public String label() {
        return label;
    }

    /** The origin of the modules of a loader that is no loader of sources. */
    static ModuleOrigin of(String loader) {
        return Arrays.stream(values())
                .filter(origin -> !origin.loader.isEmpty() && loader.contains(origin.loader))
                .findFirst()
                .orElse(UNKNOWN);
    }
}
