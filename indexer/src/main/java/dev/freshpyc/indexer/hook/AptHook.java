package dev.freshpyc.indexer.hook;

import dev.freshpyc.core.path.RawPath;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * Makes apt run the dpkg script once at the end of every run ({@code DPkg::Post-Invoke} of apt.conf(5)). The package has a dpkg
 * trigger instead; this hook is for systems without the package.
 */
public final class AptHook implements Hook {

    private static final RawPath CONFIGURATION = RawPath.of("etc/apt/apt.conf.d");
    private static final RawPath STATE = RawPath.of("var/lib/freshpyc");
    private static final String SNIPPET = "90freshpyc";
    private static final String SCRIPT = "hook-dpkg";
    private static final String SNIPPET_TEXT = """
            // Written by 'freshpyc hook install dpkg'; 'freshpyc hook remove dpkg' removes it.
            DPkg::Post-Invoke { "test ! -f /var/lib/freshpyc/hook-dpkg || sh /var/lib/freshpyc/hook-dpkg || true"; };
            """;
    private static final int READABLE = 0644;

    private final RawPath root;
    private final String program;

    /**
     * The hook of one system.
     *
     * @param root the root directory of the system, without links
     * @param program the program as a process in that system names it
     */
    public AptHook(RawPath root, String program) {
        this.root = root;
        this.program = program;
    }

    @Override
    public State state() throws IOException {
        Optional<String> snippet = read(CONFIGURATION, SNIPPET);
        Optional<String> script = read(STATE, SCRIPT);
        if (snippet.isEmpty() && script.isEmpty()) {
            return State.ABSENT;
        }
        return snippet.equals(Optional.of(SNIPPET_TEXT)) && script.equals(Optional.of(text()))
                ? State.INSTALLED
                : State.OUTDATED;
    }

    /** The script first: apt may run at any moment. */
    @Override
    public void install() throws IOException {
        try (HookDirectory state = HookDirectory.make(root, STATE);
                HookDirectory configuration = HookDirectory.make(root, CONFIGURATION)) {
            state.write(SCRIPT, text(), READABLE);
            configuration.write(SNIPPET, SNIPPET_TEXT, READABLE);
        }
    }

    @Override
    public void remove() throws IOException {
        removeFrom(CONFIGURATION, List.of(SNIPPET));
        removeFrom(STATE, List.of(SCRIPT, "dpkg-paths", "dpkg-time"));
    }

    @Override
    public List<String> files() {
        return List.of("/" + CONFIGURATION.shown() + "/" + SNIPPET, "/" + STATE.shown() + "/" + SCRIPT);
    }

    private String text() throws IOException {
        return HookScript.of("dpkg.sh", program);
    }

    private Optional<String> read(RawPath directory, String name) throws IOException {
        Optional<HookDirectory> open = HookDirectory.open(root, directory);
        if (open.isEmpty()) {
            return Optional.empty();
        }
        try (HookDirectory files = open.get()) {
            return files.read(name);
        }
    }

    private void removeFrom(RawPath directory, List<String> names) throws IOException {
        Optional<HookDirectory> open = HookDirectory.open(root, directory);
        if (open.isEmpty()) {
            return;
        }
        try (HookDirectory files = open.get()) {
            for (String name : names) {
                if (files.exists(name)) {
                    files.remove(name);
                }
            }
        }
    }
}
