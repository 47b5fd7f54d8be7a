package dev.freshpyc.perf.startup;

/**
 * Where a module was loaded from.
 *
 * @param place the path entry that the module was found in, the zip file included; empty where it is not known
 */
public record ModuleSource(ModuleOrigin origin, String place) {

    static final ModuleSource UNKNOWN = new ModuleSource(ModuleOrigin.UNKNOWN, "");
}
