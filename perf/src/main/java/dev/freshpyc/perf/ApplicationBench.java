package dev.freshpyc.perf;

import dev.freshpyc.perf.application.Application;
import dev.freshpyc.perf.application.StartTimes;
import dev.freshpyc.perf.application.StartTimes.Start;
import dev.freshpyc.perf.measure.Claim;
import dev.freshpyc.perf.measure.Machine;
import dev.freshpyc.perf.report.BarChart;
import dev.freshpyc.perf.report.Content;
import dev.freshpyc.perf.startup.StartCommand;
import dev.freshpyc.perf.startup.StartSeries;
import dev.freshpyc.perf.startup.StartState;
import dev.freshpyc.perf.startup.StartupBench;
import dev.freshpyc.perf.startup.StartupException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Measures the start of applications of Debian's packages with their bytecode in every state, and on EROFS images.
 *
 * <p>{@code apt-get install --no-install-recommends mercurial ansible-core python3-sympy python3-django python3-twisted} installs
 * them; {@code erofs-utils} makes images, which only root can mount. The figures name what is missing.
 */
final class ApplicationBench {

    private static final String REPAIRED = label(StartState.REPAIRED);

    /** How long one start may take. */
    static final Duration LIMIT = Duration.ofMinutes(2);

    /** A start from unchecked hashes / one from timestamps: the kind of header costs nothing. */
    private static final double AGAINST_TIMESTAMP = 1.10;

    /** A start on an image with mtime 0 / one on an image with unchecked hashes. */
    private static final double REPAIR_FASTER = 3;

    private final BenchRun run;
    private final List<Application> installed =
            Application.ALL.stream().filter(Application::isInstalled).toList();
    private final List<Claim> claims = new ArrayList<>();

    private ApplicationBench(BenchRun run) {
        this.run = run;
    }

    /** Measures and prints the figures. */
    static void run(BenchRun run) throws IOException, InterruptedException {
        new ApplicationBench(run).measure();
    }

    private void measure() throws IOException, InterruptedException {
        if (installed.isEmpty()) {
            throw new IOException("there is no " + Application.PYTHON);
        }
        run.printHeader(
                run.freshpyc().requiredVersion(run.processes()),
                run.output(List.of(Application.PYTHON, "--version")).strip());
        for (Application missing : Application.ALL) {
            if (!missing.isInstalled()) {
                run.print(missing.name() + " was not measured: install the package " + missing.debianPackage());
            }
        }
        run.print(versions() + " · " + run.options().runs() + " runs in turns after one uncounted, warm page cache");
        onThisMachine();
        onImages();
        run.printClaims(claims);
    }

    private String versions() throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("dpkg-query", "-W", "-f", "${Package} ${Version}, "));
        installed.forEach(application -> command.add(application.debianPackage()));
        return run.output(command).strip().replaceFirst(",$", "");
    }

    private void onThisMachine() throws IOException, InterruptedException {
        List<Start> starts = new ArrayList<>();
        for (Application application : installed) {
            try {
                StartCommand command = new StartCommand(application.command(), Optional.empty(), LIMIT);
                var result = new StartupBench(
                                command,
                                List.of(StartState.values()),
                                run.options().runs(),
                                false)
                        .run(() -> {});
                for (StartSeries series : result.series()) {
                    starts.add(new Start(application.name(), label(series.state()), series.answer()));
                }
            } catch (StartupException failed) {
                run.print(application.name() + " was not measured: " + failed.getMessage());
            }
        }
        String title = "Start-up by state of the bytecode, " + Machine.fileSystem(Path.of("/usr/lib"));
        StartTimes times = new StartTimes(REPAIRED, starts);
        print(title, "start-up.svg", times);
        times.applications()
                .forEach(name -> claims.add(new Claim(
                        name + ", unchecked-hash / timestamp",
                        times.factor(name, label(StartState.UNCHECKED_HASH))
                                / times.factor(name, label(StartState.TIMESTAMP)),
                        AGAINST_TIMESTAMP,
                        "")));
    }

    private void onImages() throws IOException, InterruptedException {
        StartTimes times;
        try {
            times = new ImageStarts(run, installed).measure();
        } catch (IOException | StartupException failed) {
            run.print("Starts on EROFS could not be measured here: " + failed.getMessage());
            return;
        }
        print("Start-up on EROFS, files with mtime 0", "start-up-erofs.svg", times);
        for (String name : times.applications()) {
            if (!name.equals(Application.ALL.getFirst().name())) {
                claims.add(Claim.atLeast(
                        name + " on EROFS, mtime 0 / unchecked-hash",
                        times.factor(name, ImageStarts.AS_IS),
                        REPAIR_FASTER,
                        ""));
            }
        }
    }

    private void print(String title, String file, StartTimes times) {
        run.print(title + ":");
        run.print(times.table());
        BarChart chart = times.chart(title);
        run.print(new Content.Picture(file, title, chart.svg()));
    }

    private static String label(StartState state) {
        return state.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
