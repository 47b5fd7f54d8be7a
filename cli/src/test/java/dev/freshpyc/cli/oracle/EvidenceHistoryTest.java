package dev.freshpyc.cli.oracle;

import dev.freshpyc.cli.oracle.HistoryStep.Step;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;

/**
 * Checks the rules of evidence over random histories. In a history, sources are edited and upgraded, times move, bodies
 * are tampered with and trees are copied; commands of freshpyc run in between. Before and after every command, a real
 * interpreter imports all modules, and the test checks two rules:
 *
 * <ol>
 *   <li>A module that ran its source's code before a command runs its source's code after the command. An undo is an
 *       exception where it restores a file that ran wrong code before the repair.
 *   <li>After a repair that gives every file a hash, every module runs its source's code.
 * </ol>
 *
 * <p>Both rules exclude a body that was tampered with before any run had proven the pair, for as long as the body is in
 * place. A program that rewrites such a file gives the file the times of a compilation, so that only a compilation can
 * detect the change.
 */
class EvidenceHistoryTest {

    private static int histories;
    private static int commands;
    private static int wrongBefore;

    @Property(edgeCases = EdgeCasesMode.NONE)
    void everyHistoryKeepsTheRules(@ForAll("histories") List<HistoryStep> history) throws Exception {
        histories++;
        Path home = Files.createTempDirectory("history").toRealPath();
        try {
            EvidenceHistory checked = new EvidenceHistory(home);
            checked.run(history);
            commands += checked.commands();
            wrongBefore += checked.wrongBefore();
        } finally {
            Trees.delete(home);
        }
    }

    /** An undo restores a timestamp header, which matches a source that was replaced after the repair. */
    @Example
    void anUndoAfterAnUpgradeKeepsTheRules() throws Exception {
        everyHistoryKeepsTheRules(of(Step.REPAIR_CHECKED, Step.UPGRADE_WITH_CLAMPED_TIMES, Step.UNDO));
        everyHistoryKeepsTheRules(of(Step.REPAIR_IN_PLACE, Step.UPGRADE_WITH_CLAMPED_TIMES, Step.UNDO));
        everyHistoryKeepsTheRules(
                of(Step.MOVE_TIMES, Step.REPAIR_TIMESTAMP, Step.UPGRADE_WITH_CLAMPED_TIMES, Step.UNDO));
        everyHistoryKeepsTheRules(of(Step.MOVE_TIMES, Step.REPAIR_CHECKED, Step.MOVE_TIMES_BACK, Step.UNDO));
        everyHistoryKeepsTheRules(of(Step.EDIT, Step.REPAIR_AUTO, Step.MOVE_TIMES_BACK, Step.UNDO));
    }

    /**
     * A rollback restores old bytecode, which matches a source that was replaced since the snapshot, or may itself be
     * wrong.
     */
    @Example
    void aRollbackAfterAnUpgradeKeepsTheRules() throws Exception {
        everyHistoryKeepsTheRules(of(Step.SAVE_SNAPSHOT, Step.UPGRADE_WITH_CLAMPED_TIMES, Step.ROLLBACK));
        everyHistoryKeepsTheRules(
                of(Step.SAVE_SNAPSHOT, Step.REPAIR_CHECKED, Step.UPGRADE_WITH_CLAMPED_TIMES, Step.ROLLBACK));
        everyHistoryKeepsTheRules(of(Step.SAVE_SNAPSHOT, Step.TAMPER_IN_PLACE, Step.ROLLBACK));
        everyHistoryKeepsTheRules(
                of(Step.UPGRADE_WITH_CLAMPED_TIMES, Step.SAVE_SNAPSHOT, Step.REPAIR_CHECKED, Step.ROLLBACK));
        everyHistoryKeepsTheRules(of(
                Step.MOVE_TIMES,
                Step.EDIT,
                Step.SAVE_SNAPSHOT,
                Step.RUN_AND_WRITE,
                Step.MOVE_TIMES_BACK,
                Step.ROLLBACK));
    }

    /** Bytecode that is younger than its source, and is of another source all the same. */
    @Example
    void bytecodeOfAnotherSourceKeepsTheRules() throws Exception {
        for (Step step : List.of(Step.REPOINT_LINK, Step.MOVE_OTHER_CACHE)) {
            everyHistoryKeepsTheRules(of(step, Step.REPAIR_CHECKED));
            everyHistoryKeepsTheRules(of(step, Step.SETTLED_REFRESH, Step.MOVE_TIMES, Step.REPAIR_TIMESTAMP));
        }
    }

    /** A pair is refuted without the release that made its body, restored with that release, and its body is tampered with. */
    @Example
    void aRestoredPairKeepsTheRules() throws Exception {
        for (Step step : List.of(Step.TAMPER_IN_PLACE, Step.UPGRADE_WITH_CLAMPED_TIMES, Step.EDIT, Step.UNDO)) {
            everyHistoryKeepsTheRules(of(
                    Step.COMPILE_BY_OTHER_RELEASE,
                    Step.SETTLED_REFRESH,
                    Step.VERIFY,
                    Step.SETTLED_REFRESH,
                    Step.VERIFY_WITH_OTHER_RELEASE,
                    Step.REPAIR_CHECKED,
                    step,
                    Step.VERIFY_WITH_OTHER_RELEASE,
                    Step.REPAIR_UNCHECKED));
        }
    }

    private static List<HistoryStep> of(Step... steps) {
        return Arrays.stream(steps).map(step -> new HistoryStep(step, "m0")).toList();
    }

    @Provide
    Arbitrary<List<HistoryStep>> histories() {
        return Combinators.combine(Arbitraries.of(Step.values()), Arbitraries.of(ModuleTree.MODULES))
                .as(HistoryStep::new)
                .list()
                .ofMinSize(3)
                .ofMaxSize(14);
    }

    @AfterContainer
    static void printCounts() {
        System.out.printf(
                "EvidenceHistoryTest: %s: %d histories, %d commands, %d modules ran wrong code before a command%n",
                Interpreters.withFlags().name(), histories, commands, wrongBefore);
    }
}
