package dev.freshpyc.indexer.hook;

import dev.freshpyc.core.path.RawPath;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * A script for the composition of a system image, which repairs and seals a root before {@code ostree commit}. ostree runs nothing
 * by itself: the treefile of rpm-ostree names the script ({@code postprocess-script}), a Containerfile or a build script runs it.
 */
public final class ComposeStep implements Hook {

    private static final String SCRIPT = "freshpyc-compose";
    private static final int EXECUTABLE = 0755;

    private final RawPath directory;
    private final String program;

    /**
     * The script of one composition.
     *
     * @param directory where its treefile or build script is, without links
     */
    public ComposeStep(RawPath directory, String program) {
        this.directory = directory;
        this.program = program;
    }

    @Override
    public HookState state() throws IOException {
        try (HookDirectory files = open()) {
            if (!files.exists(SCRIPT)) {
                return HookState.ABSENT;
            }
            return files.read(SCRIPT).equals(Optional.of(text())) ? HookState.INSTALLED : HookState.OUTDATED;
        }
    }

    @Override
    public void install() throws IOException {
        try (HookDirectory files = open()) {
            files.write(SCRIPT, text(), EXECUTABLE);
        }
    }

    @Override
    public void remove() throws IOException {
        try (HookDirectory files = open()) {
            if (files.exists(SCRIPT)) {
                files.remove(SCRIPT);
            }
        }
    }

    @Override
    public List<String> files() {
        return List.of(directory.resolve(RawPath.of(SCRIPT)).shown());
    }

    private HookDirectory open() throws IOException {
        return HookDirectory.make(directory.parent(), directory.name());
    }

    private String text() throws IOException {
        return HookScript.of("ostree.sh", program);
    }
}
