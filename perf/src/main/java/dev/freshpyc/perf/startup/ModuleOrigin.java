package dev.freshpyc.perf.startup;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where a module's code comes from, as {@code -v} reports. */
public enum ModuleOrigin {
    /** Its source was compiled in this start. */
    COMPILED("compiled"),
    /** Its bytecode was loaded. */
    LOADED("bytecode"),
    /** It is part of the interpreter. */
    FROZEN("frozen"),
    BUILT_IN("built-in"),
    /** It lies in a zip file, whose bytecode a prefix does not replace. */
    ZIP("zip"),
    EXTENSION("extension"),
    /** It has bytecode and no source. */
    SOURCELESS("sourceless"),
    UNKNOWN("unknown");

    private static final Pattern IMPORT = Pattern.compile("import '?([^'\\s]+)'? # (.*)");

    private static final Pattern COMPILED_SOURCE = Pattern.compile("# code object from '?(/.*\\.py)'?");

    private final String label;

    ModuleOrigin(String label) {
        this.label = label;
    }

    public String label() {
        return label;
    }

    /** The origin of each module that the lines of {@code -v} name. */
    static Map<String, ModuleOrigin> of(List<String> lines) {
        Set<String> compiled = new HashSet<>();
        Map<String, ModuleOrigin> origins = new HashMap<>();
        for (String line : lines) {
            Matcher source = COMPILED_SOURCE.matcher(line);
            if (source.matches()) {
                compiled.add(moduleFile(source.group(1)));
            }
            Matcher imported = IMPORT.matcher(line);
            if (imported.matches()) {
                origins.put(imported.group(1), of(imported.group(1), imported.group(2), compiled));
            }
        }
        return origins;
    }

    private static ModuleOrigin of(String module, String loader, Set<String> compiled) {
        if (loader.contains("FrozenImporter")) {
            return FROZEN;
        }
        if (loader.contains("BuiltinImporter")) {
            return BUILT_IN;
        }
        if (loader.contains("zipimporter")) {
            return ZIP;
        }
        if (loader.contains("ExtensionFileLoader")) {
            return EXTENSION;
        }
        if (loader.contains("SourcelessFileLoader")) {
            return SOURCELESS;
        }
        if (!loader.contains("SourceFileLoader")) {
            return UNKNOWN;
        }
        String ending = "/" + module.replace('.', '/');
        return compiled.stream().anyMatch(file -> file.endsWith(ending)) ? COMPILED : LOADED;
    }

    private static String moduleFile(String source) {
        String file = source.substring(0, source.length() - ".py".length());
        return file.endsWith("/__init__") ? file.substring(0, file.length() - "/__init__".length()) : file;
    }
}
