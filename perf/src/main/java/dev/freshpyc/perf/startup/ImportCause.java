package dev.freshpyc.perf.startup;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/**
 * The modules of one origin and place together: what a repair changes, and what no repair of a directory changes.
 *
 * @param modules how many they are
 * @param self microseconds of their imports, without the imports that they do themselves
 * @param saved how much of that a repair saves; empty where no repaired start was measured
 */
public record ImportCause(ModuleSource source, int modules, long self, OptionalLong saved) {

    /** Modules whose bytecode was loaded cost what a repaired tree costs. */
    private static final Set<ModuleOrigin> NONE = EnumSet.of(ModuleOrigin.LOADED, ModuleOrigin.UNKNOWN);

    /** The causes of these costs, the compiled modules first, then by time. */
    public static List<ImportCause> of(List<ModuleCost> costs) {
        Map<ModuleSource, ImportCause> causes = new LinkedHashMap<>();
        for (ModuleCost cost : costs) {
            if (!NONE.contains(cost.origin())) {
                causes.merge(
                        cost.source(), new ImportCause(cost.source(), 1, cost.self(), cost.saved()), ImportCause::with);
            }
        }
        List<ImportCause> sorted = new ArrayList<>(causes.values());
        sorted.sort(Comparator.comparing((ImportCause cause) -> cause.source().origin() != ModuleOrigin.COMPILED)
                .thenComparing(Comparator.comparingLong(ImportCause::self).reversed()));
        return sorted;
    }

    private ImportCause with(ImportCause other) {
        OptionalLong both = saved.isPresent() && other.saved.isPresent()
                ? OptionalLong.of(saved.getAsLong() + other.saved.getAsLong())
                : OptionalLong.empty();
        return new ImportCause(source, modules + other.modules, self + other.self, both);
    }
}
