package dev.freshpyc.cli.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshpyc.cli.CommandLineRun;
import dev.freshpyc.cli.SettledRefresh;
import dev.freshpyc.cli.oracle.HistoryStep.Step;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** A history of one tree: events and commands of freshpyc, with a check of the rules of evidence after each command. */
final class EvidenceHistory {

    private static final Interpreter PYTHON = Interpreters.withFlags();

    private final ModuleTree tree;
    private final Path index;
    private final Path other;
    private final Map<String, Set<String>> wrongBeforeRepair = new HashMap<>();
    private int commands;
    private int wrongBefore;

    EvidenceHistory(Path home) throws Exception {
        index = home.resolve("index");
        other = OtherRelease.of(PYTHON, home);
        tree = new ModuleTree(home, other);
    }

    /** The number of commands that ran. */
    int commands() {
        return commands;
    }

    /** The number of modules that ran wrong code before a command, over all commands. */
    int wrongBefore() {
        return wrongBefore;
    }

    void run(List<HistoryStep> history) throws Exception {
        for (HistoryStep historyStep : history) {
            if (historyStep.step().kind() != Step.Kind.EVENT) {
                command(historyStep.step(), history);
            } else {
                tree.apply(historyStep.step(), historyStep.module());
            }
        }
    }

    private void command(Step step, List<HistoryStep> history) throws Exception {
        commands++;
        Set<String> before = tree.wrong();
        wrongBefore += before.size();
        Set<String> undetectable = tree.tampered();
        String output = execute(step);
        Set<String> after = tree.wrong();
        Set<String> allowed = new HashSet<>(before);
        allowed.addAll(undetectable);
        if (step.kind() == Step.Kind.ROLLBACK) {
            allowed.addAll(tree.tampered()); // the snapshot may have restored a tampered body
        }
        wrongBeforeRepair.forEach((journal, modules) -> {
            if (step == Step.UNDO && output.contains(journal)) {
                allowed.addAll(modules);
            }
        });
        if (step.kind() == Step.Kind.REPAIR) {
            for (String journal : journals()) {
                wrongBeforeRepair.putIfAbsent(journal, before);
            }
        }
        assertThat(allowed).as("%s in %s: %s", step, history, output).containsAll(after);
        if (step.writesHashes()) {
            assertThat(undetectable).as("%s in %s: %s", step, history, output).containsAll(after);
        }
        notePairsThatTheIndexHasProven();
    }

    private List<String> journals() throws IOException {
        Path directory = index.resolve("undo");
        if (!Files.exists(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    private void notePairsThatTheIndexHasProven() throws IOException {
        List<String> proven = new ArrayList<>();
        for (String module : ModuleTree.MODULES) {
            String answer = CommandLineRun.of("lookup", "--index", index, "--format", "json", tree.pyc(module))
                    .out();
            if (answer.matches("(?s).*\"verdict\":\"(fresh|needless)\".*") && !answer.contains("\"evidence\":null")) {
                proven.add(module);
            }
        }
        tree.setProven(proven);
    }

    private String execute(Step step) throws Exception {
        return switch (step) {
            case REFRESH -> command("refresh", "--index", index, tree.lib());
            case SETTLED_REFRESH -> {
                SettledRefresh.run(index, tree.lib());
                yield "";
            }
            case PROVE -> command("refresh", "--prove", "--python", PYTHON.executable(), "--index", index, tree.lib());
            case VERIFY -> command("audit", "--verify", "--python", PYTHON.executable(), "--index", index, tree.lib());
            case VERIFY_WITH_OTHER_RELEASE ->
                command("audit", "--verify", "--python", other, "--index", index, tree.lib());
            case REPAIR_AUTO -> repair(List.of("--to", "auto"));
            case UNDO -> command("undo", "--index", index, tree.lib());
            case SAVE_SNAPSHOT -> {
                SettledRefresh.run(index, tree.lib());
                yield command("snapshot", "--index", index, "save", tree.nextWord(), tree.lib());
            }
            case ROLLBACK -> command("snapshot", "--index", index, "rollback", tree.lib());
            default -> repair(step.conversion());
        };
    }

    private String repair(List<String> options) {
        Object[] words = new Object[options.size() + 6];
        System.arraycopy(
                new Object[] {"repair", "--index", index, "--python", PYTHON.executable(), tree.lib()}, 0, words, 0, 6);
        System.arraycopy(options.toArray(), 0, words, 6, options.size());
        return command(words);
    }

    private static String command(Object... words) {
        CommandLineRun run = CommandLineRun.of(words);
        return Arrays.toString(words) + " " + run.out() + run.err();
    }
}
