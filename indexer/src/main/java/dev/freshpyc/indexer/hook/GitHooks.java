package dev.freshpyc.indexer.hook;

import dev.freshpyc.core.path.RawPath;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The hooks that git runs after it has changed the working tree (githooks(5)). A hook that is there already is renamed, run first
 * by ours, and renamed back when ours is removed.
 */
public final class GitHooks implements Hook {

    private static final List<String> NAMES = List.of("post-checkout", "post-merge", "post-rewrite");
    private static final String KEPT = ".before-freshpyc";
    private static final String MARK = "# Written by 'freshpyc hook install git'";
    private static final int EXECUTABLE = 0755;

    private final RawPath directory;
    private final String program;

    /**
     * The hooks of one repository.
     *
     * @param directory the directory of its hooks, without links
     */
    public GitHooks(RawPath directory, String program) {
        this.directory = directory;
        this.program = program;
    }

    @Override
    public State state() throws IOException {
        String text = text();
        try (HookDirectory hooks = open()) {
            int ours = 0;
            int current = 0;
            for (String name : NAMES) {
                String found = hooks.read(name).orElse("");
                ours += found.contains(MARK) ? 1 : 0;
                current += found.equals(text) ? 1 : 0;
            }
            if (ours == 0) {
                return State.ABSENT;
            }
            return current == NAMES.size() ? State.INSTALLED : State.OUTDATED;
        }
    }

    @Override
    public void install() throws IOException {
        String text = text();
        try (HookDirectory hooks = open()) {
            for (String name : NAMES) {
                if (hooks.exists(name) && !isOurs(hooks, name)) {
                    if (hooks.exists(name + KEPT)) {
                        throw new IOException(name + KEPT + " is in the way: rename it");
                    }
                    hooks.rename(name, name + KEPT);
                }
                hooks.write(name, text, EXECUTABLE);
            }
        }
    }

    @Override
    public void remove() throws IOException {
        try (HookDirectory hooks = open()) {
            for (String name : NAMES) {
                if (!isOurs(hooks, name)) {
                    continue;
                }
                if (hooks.exists(name + KEPT)) {
                    hooks.rename(name + KEPT, name);
                } else {
                    hooks.remove(name);
                }
            }
        }
    }

    @Override
    public List<String> files() {
        List<String> files = new ArrayList<>();
        NAMES.forEach(name -> files.add(directory.resolve(RawPath.of(name)).shown()));
        return files;
    }

    private HookDirectory open() throws IOException {
        return HookDirectory.make(directory.parent(), directory.name());
    }

    private static boolean isOurs(HookDirectory hooks, String name) throws IOException {
        return hooks.read(name).orElse("").contains(MARK);
    }

    private String text() throws IOException {
        return HookScript.of("git.sh", program);
    }
}
