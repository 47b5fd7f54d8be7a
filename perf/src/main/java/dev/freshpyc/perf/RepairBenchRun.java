package dev.freshpyc.perf;

import dev.freshpyc.perf.measure.CPrograms;
import dev.freshpyc.perf.measure.ChildProcesses;
import dev.freshpyc.perf.measure.Contender;
import dev.freshpyc.perf.measure.Race;
import dev.freshpyc.perf.measure.Ratio;
import dev.freshpyc.perf.measure.Series;
import java.io.IOException;
import java.io.PrintStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/** One measurement of repair from tree to claims, in a scratch directory. */
final class RepairBenchRun {

    /** compileall / repair, wall-clock. */
    private static final double REPLACE_FASTER = 10;

    private static final double IN_PLACE_FASTER = 40;

    /** repair / floor, wall-clock. */
    private static final double AGAINST_FLOOR = 2;

    private static final double RECOMPILE_FASTER = 1;

    private static final Duration LIMIT = Duration.ofMinutes(5);

    /** Longer than files count as too young to be trusted. */
    private static final Duration SETTLED = Duration.ofSeconds(3);

    /** Everything was repaired. */
    private static final Set<Integer> WORKED = Set.of(0);

    private final BenchOptions options;
    private final PrintStream out;
    private final Path scratch;
    private final ChildProcesses processes;
    private final FreshpycCommands freshpyc;

    RepairBenchRun(BenchOptions options, Path scratch, PrintStream out) {
        this.options = options;
        this.scratch = scratch;
        this.out = out;
        this.processes = new ChildProcesses(scratch);
        this.freshpyc = new FreshpycCommands(options.freshpyc());
    }

    void run() throws IOException, InterruptedException {
        CPrograms c = new CPrograms(processes);
        String version = freshpyc.requiredVersion(processes);
        Interpreter python = Interpreter.ask(processes, options.python());
        out.println("machine     " + Machine.here() + ", load " + Machine.load());
        out.println("versions    " + version + " · Python " + python.version() + " · " + c.compiler());
        BenchTree tree = new BenchTree(processes, python, Files.createDirectory(scratch.resolve("tree")));
        tree.growTo(options.pairs());
        Path root = tree.root();
        out.printf(Locale.ROOT, "%ntree        %s (%s), %d pairs%n", root, Machine.fileSystem(root), options.pairs());
        Race race = new Race(processes, c.compile("measure"), options.runs());
        processes.run(LIMIT, freshpyc.refresh(index(), root.toString())).orFail();
        List<Series> series = race.run(contenders(python, root, c.compile("repairfloor")));
        List<Series> recompiled = race.run(List.of(
                new Contender("recompile", repair(root, "--durability", "none"), WORKED, () -> damage(root)),
                new Contender("compileall", compileall(python, root), Set.of(0))));
        report(series, recompiled);
    }

    private List<Contender> contenders(Interpreter python, Path root, Path floor) {
        Contender.Preparation reset = () -> reset(root);
        return List.of(
                new Contender("replace", repair(root), WORKED, reset),
                new Contender("in-place", repair(root, "--write", "in-place"), WORKED, reset),
                new Contender("first", repair(newIndex(), root), WORKED, () -> resetUnknown(root)),
                new Contender(
                        "first in place",
                        repair(newIndex(), root, "--write", "in-place"),
                        WORKED,
                        () -> resetUnknown(root)),
                new Contender("each", repair(root, "--durability", "each"), WORKED, reset),
                new Contender("none", repair(root, "--durability", "none"), WORKED, reset),
                new Contender("floor", List.of(floor.toString(), "replace", root.toString()), Set.of(0), reset),
                new Contender(
                        "in-place floor", List.of(floor.toString(), "in-place", root.toString()), Set.of(0), reset),
                new Contender("compileall", compileall(python, root), Set.of(0)));
    }

    private List<String> repair(Path root, String... further) {
        return repair(index(), root, further);
    }

    private List<String> repair(Path index, Path root, String... further) {
        List<String> command = new ArrayList<>(List.of(
                options.freshpyc().toString(), "repair", "-q", "--to", "unchecked-hash", "--index", index.toString()));
        command.addAll(List.of(further));
        command.add(root.toString());
        return command;
    }

    private static List<String> compileall(Interpreter python, Path root) {
        return List.of(
                python.executable(),
                "-m",
                "compileall",
                "-q",
                "-f",
                "-j2",
                "--invalidation-mode",
                "unchecked-hash",
                root.toString());
    }

    private Path index() {
        return scratch.resolve("index");
    }

    private Path newIndex() {
        return scratch.resolve("new-index");
    }

    /** The same, and an index that refresh alone has made, so that nobody has walked a body or made a source's hash yet. */
    private void resetUnknown(Path root) throws IOException, InterruptedException {
        reset(root);
        Thread.sleep(SETTLED);
        BenchTree.delete(newIndex());
        processes.run(LIMIT, freshpyc.refresh(newIndex(), root.toString())).orFail();
        processes.run(LIMIT, List.of("sync")).orFail();
    }

    /** All timestamps again, and on the disk, so that no run pays for what the one before it wrote. */
    private void reset(Path root) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(options.freshpyc().toString(), "repair", "-q"));
        command.addAll(List.of("--to", "timestamp", "--write", "in-place", "--durability", "none"));
        command.addAll(List.of("--index", index().toString(), root.toString()));
        processes.run(LIMIT, command).orFail();
        processes
                .run(LIMIT, List.of(options.freshpyc().toString(), "undo", "--discard", "--index", index().toString()))
                .orFail();
        processes.run(LIMIT, List.of("sync")).orFail();
    }

    /** Takes the last byte of every body. */
    private static void damage(Path root) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : (Iterable<Path>) files.filter(one -> one.toString().endsWith(".pyc"))::iterator) {
                try (RandomAccessFile pyc = new RandomAccessFile(file.toFile(), "rw")) {
                    pyc.setLength(pyc.length() - 1);
                }
            }
        }
    }

    private void report(List<Series> series, List<Series> recompiled) {
        Series replace = series.get(0);
        Series inPlace = series.get(1);
        Series first = series.get(2);
        Series firstInPlace = series.get(3);
        Series floor = series.get(6);
        Series inPlaceFloor = series.get(7);
        Series peer = series.get(8);
        out.printf("runs        %d in turns after one uncounted, warm page cache%n%n%s", options.runs(), Rows.SERIES);
        series.forEach(one -> out.print(Rows.of(one)));
        recompiled.forEach(one -> out.print(Rows.of(one)));
        out.print(Rows.RATIOS);
        for (Series one : series.subList(0, 8)) {
            out.print(Rows.of(Rows.name(peer, one) + ", wall", Ratio.of(peer.wall(), one.wall())));
        }
        Ratio againstFloor = Ratio.of(replace.wall(), floor.wall());
        out.print(Rows.of(Rows.name(replace, floor) + ", wall", againstFloor));
        out.print(Rows.of(Rows.name(inPlace, inPlaceFloor) + ", wall", Ratio.of(inPlace.wall(), inPlaceFloor.wall())));
        out.println();
        out.println(faster("compileall / replace", peer, replace, REPLACE_FASTER));
        out.println(faster("compileall / in-place", peer, inPlace, IN_PLACE_FASTER));
        out.println(faster("compileall / first", peer, first, REPLACE_FASTER));
        out.println(faster("compileall / first in place", peer, firstInPlace, IN_PLACE_FASTER));
        out.println(new Claim("replace / floor", againstFloor.worse(), AGAINST_FLOOR, ""));
        out.println(faster("compileall / recompile", recompiled.get(1), recompiled.get(0), RECOMPILE_FASTER));
        out.printf("%n%sLoad at the end: %s%n", Claim.FALSIFIED_BY, Machine.load());
    }

    private static Claim faster(String what, Series peer, Series subject, double limit) {
        Ratio ratio = Ratio.of(peer.wall(), subject.wall());
        return Claim.atLeast(what, Math.min(ratio.ofMedians(), ratio.medianOfPairs()), limit, "");
    }
}
