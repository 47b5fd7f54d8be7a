package dev.freshpyc.indexer.hook;

import dev.freshpyc.core.path.RawPath;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Makes the package manager of a system run a script once at the end of every run: apt through {@code DPkg::Post-Invoke}
 * (apt.conf(5)), dnf 4 and dnf 5 through their plugins for actions (dnf-post-transaction-actions(8), libdnf5-actions(8)). The
 * packages of freshpyc have triggers instead; these hooks are for systems without the package.
 */
public final class SystemHook implements Hook {

    private static final RawPath STATE = RawPath.of("var/lib/freshpyc");
    private static final int READABLE = 0644;

    private final RawPath root;
    private final String program;
    private final String tool;
    private final List<Snippet> snippets;
    private final String advice;

    /** A file that makes one package manager run the script; written where the package manager has its directory. */
    private record Snippet(RawPath directory, String name, String text) {

        String shown() {
            return "/" + directory.shown() + "/" + name;
        }
    }

    private SystemHook(RawPath root, String program, String tool, List<Snippet> snippets, String advice) {
        this.root = root;
        this.program = program;
        this.tool = tool;
        this.snippets = snippets;
        this.advice = advice;
    }

    /**
     * The hook of apt.
     *
     * @param root the root directory of the system, without links
     * @param program the program as a process in that system names it
     */
    public static SystemHook apt(RawPath root, String program) {
        Snippet apt = new Snippet(RawPath.of("etc/apt/apt.conf.d"), "90freshpyc", """
                // Written by 'freshpyc hook install dpkg'; 'freshpyc hook remove dpkg' removes it.
                DPkg::Post-Invoke { "test ! -f /var/lib/freshpyc/hook-dpkg || sh /var/lib/freshpyc/hook-dpkg || true"; };
                """);
        return new SystemHook(
                root, program, "dpkg", List.of(apt), "there is no etc/apt/apt.conf.d: apt is not installed here");
    }

    /** The hook of dnf; rpm itself runs nothing that no package brought. */
    public static SystemHook dnf(RawPath root, String program) {
        String head = "# Written by 'freshpyc hook install rpm'; 'freshpyc hook remove rpm' removes it.\n";
        Snippet four = new Snippet(
                RawPath.of("etc/dnf/plugins/post-transaction-actions.d"),
                "freshpyc.action",
                head + "*:any:test ! -f /var/lib/freshpyc/hook-rpm || sh /var/lib/freshpyc/hook-rpm || true\n");
        Snippet five = new Snippet(
                RawPath.of("etc/dnf/libdnf5-plugins/actions.d"),
                "freshpyc.actions",
                head + "post_transaction::::/bin/sh /var/lib/freshpyc/hook-rpm\n");
        return new SystemHook(
                root,
                program,
                "rpm",
                List.of(four, five),
                "dnf has no directory for actions: install python3-dnf-plugin-post-transaction-actions for dnf 4, or"
                        + " libdnf5-plugin-actions for dnf 5");
    }

    @Override
    public HookState state() throws IOException {
        Optional<String> script = read(STATE, script());
        boolean current = script.equals(Optional.of(text()));
        boolean any = script.isPresent();
        int right = 0;
        for (Snippet snippet : possible()) {
            Optional<String> found = read(snippet.directory(), snippet.name());
            any |= found.isPresent();
            current &= found.equals(Optional.of(snippet.text()));
            right++;
        }
        if (!any) {
            return HookState.ABSENT;
        }
        return current && right > 0 ? HookState.INSTALLED : HookState.OUTDATED;
    }

    /** The script first: the package manager may run at any moment. */
    @Override
    public void install() throws IOException {
        List<Snippet> possible = possible();
        if (possible.isEmpty()) {
            throw new IOException(advice);
        }
        try (HookDirectory state = HookDirectory.make(root, STATE)) {
            state.write(script(), text(), READABLE);
        }
        for (Snippet snippet : possible) {
            try (HookDirectory configuration = HookDirectory.make(root, snippet.directory())) {
                configuration.write(snippet.name(), snippet.text(), READABLE);
            }
        }
    }

    @Override
    public void remove() throws IOException {
        for (Snippet snippet : snippets) {
            removeFrom(snippet.directory(), List.of(snippet.name()));
        }
        removeFrom(STATE, List.of(script(), tool + "-paths", tool + "-time"));
    }

    @Override
    public List<String> files() throws IOException {
        List<String> files = new ArrayList<>();
        possible().forEach(snippet -> files.add(snippet.shown()));
        files.add("/" + STATE.shown() + "/" + script());
        return files;
    }

    private List<Snippet> possible() throws IOException {
        List<Snippet> possible = new ArrayList<>();
        for (Snippet snippet : snippets) {
            Optional<HookDirectory> open = HookDirectory.open(root, snippet.directory());
            if (open.isPresent()) {
                open.get().close();
                possible.add(snippet);
            }
        }
        return possible;
    }

    private String script() {
        return "hook-" + tool;
    }

    private String text() throws IOException {
        return HookScript.of(tool + ".sh", program);
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
