package dev.freshpyc.perf.startup;

import java.util.OptionalLong;

/**
 * What the import of a module costs, in microseconds.
 *
 * @param self median without its own imports, as it is
 * @param cumulative median with them, as it is
 * @param saved how much of {@code self} a repair saves, 0 for a module that is not compiled; empty where no repaired start was measured
 */
public record ModuleCost(String module, ModuleSource source, long self, long cumulative, OptionalLong saved) {

    public ModuleOrigin origin() {
        return source.origin();
    }
}
