package dev.freshpyc.cli.oracle;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Tests all cases of one interpreter in one setting: makes the files, audits them, imports them and compares the
 * results.
 */
record Trial(Interpreter python, Setting setting, Set<SourceTime> times, Clock clock) {

    List<Disagreement> run(Path home) throws IOException {
        List<Case> cases = new CaseTable(python, setting, times).cases();
        Tree tree = Tree.make(home, python, setting, cases, clock);
        try {
            List<Disagreement> disagreements = disagreements(tree);
            System.out.printf("oracle: %s: %d cases, %d disagreements%n", this, cases.size(), disagreements.size());
            return disagreements;
        } finally {
            Trees.delete(home);
        }
    }

    /** Audits before it imports, because an import changes the files. */
    private static List<Disagreement> disagreements(Tree tree) throws IOException {
        var deep = Audit.of(tree, true);
        var shallow = Audit.of(tree, false);
        Map<String, ImportBehavior> behaviors = tree.imported();
        var found = new ArrayList<Disagreement>();
        for (Tree.Module module : tree.modules()) {
            ImportBehavior observed =
                    Objects.requireNonNull(behaviors.get(module.name()), () -> "no result for " + module);
            Disagreement.between(tree, module, observed, deep).ifPresent(found::add);
            if (!module.origin().needsDeep(tree.python())) {
                Disagreement.between(tree, module, observed, shallow).ifPresent(found::add);
            }
        }
        return found;
    }

    @Override
    public String toString() {
        return python + ", " + setting;
    }
}
