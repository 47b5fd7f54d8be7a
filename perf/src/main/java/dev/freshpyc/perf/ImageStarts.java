package dev.freshpyc.perf;

import dev.freshpyc.perf.application.Application;
import dev.freshpyc.perf.application.MountedImage;
import dev.freshpyc.perf.application.StartTimes;
import dev.freshpyc.perf.application.StartTimes.Start;
import dev.freshpyc.perf.measure.ChildProcesses;
import dev.freshpyc.perf.measure.Sample;
import dev.freshpyc.perf.startup.StartCommand;
import dev.freshpyc.perf.startup.StartupException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Starts applications from EROFS images of Debian's Python, whose files all have mtime 0: one image with the bytecode as Debian
 * compiles it, and two with bytecode that was repaired before the image was made.
 */
record ImageStarts(BenchRun run, List<Application> applications) {

    /** The state of an image that was not repaired. */
    static final String AS_IS = "mtime 0";

    /** Exit codes of a repair; 1: a link that leads out of the libraries is left, as sitecustomize.py is. */
    private static final Set<Integer> WORKED = Set.of(0, 1);

    private static final Duration REPAIR_LIMIT = Duration.ofMinutes(10);

    private static final List<String> REPAIRS = List.of("checked-hash", "unchecked-hash");

    /** Import times are reported as in the benches of other states; no variable forbids bytecode, since an image takes none. */
    private static final Map<String, String> ENVIRONMENT =
            Map.of("PYTHONPROFILEIMPORTTIME", "1", "PYTHONDONTWRITEBYTECODE", "", "PYTHONPYCACHEPREFIX", "");

    StartTimes measure() throws IOException, StartupException, InterruptedException {
        Map<String, MountedImage> images = new LinkedHashMap<>();
        try {
            List<Path> libraries = libraries();
            Path copy = Files.createDirectory(run.scratch().resolve("libraries"));
            for (Path library : libraries) {
                run.output(List.of("cp", "-a", library.toString(), copy.toString()));
            }
            images.put(AS_IS, mounted("as-is", copy, libraries));
            for (String target : REPAIRS) {
                repair(copy, target);
                images.put(target, mounted(target, copy, libraries));
            }
            List<Start> starts = new ArrayList<>();
            for (Application application : applications) {
                starts.addAll(starts(application, images));
            }
            return new StartTimes(REPAIRS.getLast(), starts);
        } finally {
            for (MountedImage image : images.values()) {
                image.close();
            }
        }
    }

    /** Debian's packages, and the standard library of its Python. */
    private List<Path> libraries() throws IOException, InterruptedException {
        String standard = run.output(
                List.of(Application.PYTHON, "-I", "-c", "import sysconfig; print(sysconfig.get_path('stdlib'))"));
        return List.of(Path.of("/usr/lib/python3"), Path.of(standard.strip()));
    }

    private void repair(Path copy, String target) throws IOException, InterruptedException {
        Path index = run.scratch().resolve("index");
        List<String> command = List.of(
                run.options().freshpyc().toString(),
                "repair",
                "-q",
                "--python",
                Application.PYTHON,
                "--to",
                target,
                "--index",
                index.toString(),
                copy.toString());
        ChildProcesses.Ended ended = run.processes().run(REPAIR_LIMIT, command);
        if (!WORKED.contains(ended.status())) {
            ended.orFail();
        }
    }

    private MountedImage mounted(String name, Path copy, List<Path> libraries)
            throws IOException, InterruptedException {
        Path image = run.scratch().resolve(name + ".erofs");
        run.output(List.of("mkfs.erofs", "-T0", image.toString(), copy.toString()));
        MountedImage mounted =
                MountedImage.mount(image, Files.createDirectory(run.scratch().resolve(name)), libraries);
        try {
            requireNoTimes(mounted, libraries);
            return mounted;
        } catch (IOException | InterruptedException unusable) {
            mounted.close();
            throw unusable;
        }
    }

    /** Fails if a source has a time: some versions of mkfs.erofs set the times of a few files only. */
    private void requireNoTimes(MountedImage mounted, List<Path> libraries) throws IOException, InterruptedException {
        List<String> find = new ArrayList<>(List.of("find"));
        libraries.forEach(library -> find.add(library.toString()));
        find.addAll(List.of("-name", "*.py", "-newermt", "@0", "-print", "-quit"));
        String newer = run.output(mounted.inside(find));
        if (!newer.isEmpty()) {
            throw new IOException("mkfs.erofs -T0 did not set the mtime of " + newer.strip());
        }
    }

    private List<Start> starts(Application application, Map<String, MountedImage> images)
            throws StartupException, InterruptedException {
        Map<String, List<Double>> millis = new LinkedHashMap<>();
        images.keySet().forEach(state -> millis.put(state, new ArrayList<>()));
        for (int round = 0; round <= run.options().runs(); round++) {
            for (var image : images.entrySet()) {
                StartCommand command = new StartCommand(
                        image.getValue().inside(application.command()), Optional.empty(), ApplicationBench.LIMIT);
                double took = command.run(ENVIRONMENT).answerMillis();
                if (round > 0) {
                    Objects.requireNonNull(millis.get(image.getKey())).add(took);
                }
            }
        }
        return millis.entrySet().stream()
                .map(state -> new Start(application.name(), state.getKey(), new Sample(state.getValue())))
                .toList();
    }
}
