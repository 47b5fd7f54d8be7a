package dev.freshpyc.indexer.hook;

import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.indexer.fs.CanonicalPath;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Scripts of freshpyc in the place of another tool's scripts: the hooks of a git repository (githooks(5)), or pip's own
 * scripts in an environment. An existing script is renamed, run first by our script, and renamed back when our script
 * is removed. A name that is a link to another of the names stays a link, and leads to our script there.
 */
public final class ChainedScripts implements Hook {

    private static final String KEPT = ".before-freshpyc";

    /**
     * The files of {@code pip.sh}: the list of the files that each RECORD named after the last run of pip, and the
     * files that a killed run leaves.
     */
    private static final List<String> PIP_STATE =
            List.of("freshpyc-pip.records", "freshpyc-pip.records.new", "freshpyc-pip.records.changed");

    private static final int EXECUTABLE = 0755;

    /** The highest minor version of Python 3 whose {@code pip3.N} is searched. */
    private static final int LAST_MINOR = 30;

    private final RawPath directory;
    private final String program;
    private final String tool;
    private final List<String> names;

    /** Whether the other tool must have a script of that name; the tool may write its script over ours again. */
    private final boolean wraps;

    private ChainedScripts(RawPath directory, String program, String tool, List<String> names, boolean wraps) {
        this.directory = directory;
        this.program = program;
        this.tool = tool;
        this.names = names;
        this.wraps = wraps;
    }

    /**
     * The hooks that git runs after it has changed the working tree.
     *
     * @param directory the directory of a repository's hooks, without links
     */
    public static ChainedScripts git(RawPath directory, String program) {
        return new ChainedScripts(
                directory, program, "git", List.of("post-checkout", "post-merge", "post-rewrite"), false);
    }

    /**
     * The scripts {@code pip}, {@code pip3} and {@code pip3.N} of an environment, as far as they exist. When pip
     * upgrades itself, it writes them again.
     *
     * @param directory the environment's {@code bin}, without links
     */
    public static ChainedScripts pip(RawPath directory, String program) {
        List<String> names = Stream.concat(
                        Stream.of("pip", "pip3"),
                        IntStream.rangeClosed(0, LAST_MINOR).mapToObj(minor -> "pip3." + minor))
                .toList();
        return new ChainedScripts(directory, program, "pip", names, true);
    }

    @Override
    public HookState state() throws IOException {
        String text = text();
        try (HookDirectory scripts = open()) {
            int expected = 0;
            int ours = 0;
            int current = 0;
            for (String name : names) {
                String found = scripts.read(name).orElse("");
                expected += isWanted(scripts, name) ? 1 : 0;
                ours += found.contains(mark()) ? 1 : 0;
                current += found.equals(text) ? 1 : 0;
            }
            if (ours == 0) {
                return HookState.ABSENT;
            }
            return current == expected ? HookState.INSTALLED : HookState.OUTDATED;
        }
    }

    @Override
    public void install() throws IOException {
        String text = text();
        try (HookDirectory scripts = open()) {
            int written = 0;
            for (String name : names) {
                if (isOurs(scripts, name) && isAlias(scripts, name + KEPT)) {
                    scripts.rename(name + KEPT, name);
                }
                if (isWanted(scripts, name)) {
                    keep(scripts, name);
                    scripts.write(name, text, EXECUTABLE);
                    written++;
                }
            }
            if (written == 0) {
                throw new IOException("no script of " + tool + " is there: install " + tool + " first");
            }
        }
    }

    /** Whether one of our scripts belongs at a name. */
    private boolean isWanted(HookDirectory scripts, String name) {
        return (!wraps || scripts.exists(name)) && !isAlias(scripts, name);
    }

    /** Whether a file is a link to one of the names, however the link spells the directory. */
    private boolean isAlias(HookDirectory scripts, String file) {
        Optional<RawPath> target = scripts.link(file).map(directory::locate);
        return target.isPresent()
                && names.contains(target.get().name().toPython())
                && CanonicalPath.of(target.get().parent()).equals(directory);
    }

    /** Renames a script of the other tool, so that ours can take its name. */
    private void keep(HookDirectory scripts, String name) throws IOException {
        if (!scripts.exists(name) || isOurs(scripts, name)) {
            return;
        }
        if (!wraps && scripts.exists(name + KEPT)) {
            throw new IOException(directory.resolve(RawPath.of(name + KEPT)).shown()
                    + " exists already: rename it, then run 'freshpyc hook install " + tool + "' again");
        }
        scripts.rename(name, name + KEPT);
    }

    @Override
    public void remove() throws IOException {
        try (HookDirectory scripts = open()) {
            for (String name : names) {
                boolean kept = scripts.exists(name + KEPT);
                if (isOurs(scripts, name)) {
                    if (kept) {
                        scripts.rename(name + KEPT, name);
                    } else {
                        scripts.remove(name);
                    }
                } else if (wraps && kept) { // the other tool has written its script anew
                    scripts.remove(name + KEPT);
                }
            }
        }
        if (wraps) {
            removeState();
        }
    }

    /** Removes the files in the environment that the script of pip keeps from run to run. */
    private void removeState() throws IOException {
        RawPath environment = directory.parent();
        Optional<HookDirectory> open = HookDirectory.open(environment.parent(), environment.name());
        if (open.isPresent()) {
            try (HookDirectory files = open.get()) {
                for (String name : PIP_STATE) {
                    if (files.exists(name)) {
                        files.remove(name);
                    }
                }
            }
        }
    }

    @Override
    public List<String> files() {
        List<String> files = new ArrayList<>();
        (wraps ? names.subList(0, 2) : names)
                .forEach(name -> files.add(directory.resolve(RawPath.of(name)).shown()));
        return files;
    }

    private HookDirectory open() throws IOException {
        return HookDirectory.make(directory.parent(), directory.name());
    }

    private boolean isOurs(HookDirectory scripts, String name) throws IOException {
        return scripts.read(name).orElse("").contains(mark());
    }

    private String mark() {
        return "# Written by 'freshpyc hook install " + tool + "'";
    }

    private String text() throws IOException {
        return HookScript.of(tool + ".sh", program);
    }
}
