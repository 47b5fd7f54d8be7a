package dev.freshpyc.cli.oracle;

import java.util.Optional;

/** A file for which the interpreter did not do what {@code freshpyc} predicted. */
record Disagreement(Tree tree, Tree.Module module, ImportBehavior observed, String answer) {

    static Optional<Disagreement> between(Tree tree, Tree.Module module, ImportBehavior observed, Audit audit) {
        Optional<Audit.Finding> finding = audit.of(module.pyc());
        if (finding.filter(found -> found.interpreter().equals(observed.word())).isPresent()) {
            return Optional.empty();
        }
        String answer = finding.map(Audit.Finding::line).orElse("nothing") + (audit.deep() ? " (--deep)" : "");
        return Optional.of(new Disagreement(tree, module, observed, answer));
    }

    @Override
    public String toString() {
        return "%n%s, %s%n  case     %s%n  file     %s%n  freshpyc %s%n  observed %s"
                .formatted(
                        tree.python(),
                        tree.setting(),
                        module.origin(),
                        tree.home().relativize(module.pyc()),
                        answer,
                        observed.word());
    }
}
