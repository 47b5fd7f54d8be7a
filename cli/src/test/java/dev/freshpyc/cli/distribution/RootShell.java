package dev.freshpyc.cli.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshpyc.cli.repair.Shell;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Runs commands in a root directory that has {@code freshpyc} installed. Every command sees a {@code /proc} of its own, which ends
 * with the command.
 */
record RootShell(Path root) {

    private static final String WITH_PROC =
            "mount -t proc proc \"$0/proc\" && exec env -u PYTHONDONTWRITEBYTECODE HOME=/root"
                    + " LC_ALL=C.UTF-8 DEBIAN_FRONTEND=noninteractive PATH=/usr/sbin:/usr/bin:/sbin:/bin ";

    /**
     * The part of an audit that may differ between two indexes: one may have a proof where the other has only the
     * header.
     */
    private static final String BY_INDEX = "\"evidence\":\"index\"";

    private static final String BY_HEADER = "\"evidence\":\"header\"";

    /** Runs a shell command inside the root directory, requires success and returns what the command printed. */
    String run(String command) throws IOException, InterruptedException {
        return Shell.run("unshare", "--mount", "sh", "-c", WITH_PROC + "chroot \"$0\" sh -c \"$1\"", root, command);
    }

    /** Runs a program of this system that changes the root directory, where {@code /proc} is needed for its scripts. */
    String runOutside(String command) throws IOException, InterruptedException {
        return Shell.run("unshare", "--mount", "sh", "-c", WITH_PROC + "sh -c \"$1\"", root, command);
    }

    /** The generation of the index of a path entry. */
    int generation(String entry) throws IOException, InterruptedException {
        String status = run("freshpyc status --format json");
        Matcher found = Pattern.compile(Pattern.quote("\"entry\":\"" + entry + "\",\"generation\":") + "(\\d+)")
                .matcher(status);
        assertThat(found.find()).as(status).isTrue();
        return Integer.parseInt(found.group(1));
    }

    /** Requires that the index which a hook keeps gives every file the verdict that a new index gives. */
    void requireTrueIndex(String entries) throws IOException, InterruptedException {
        run("rm -rf /tmp/new; freshpyc refresh -q --index /tmp/new " + entries);
        assertThat(records("/var/cache/freshpyc"))
                .isEqualTo(records("/tmp/new"))
                .contains("records are valid");
        assertThat(audit("/var/cache/freshpyc", entries)).isEqualTo(audit("/tmp/new", entries));
    }

    /** Requires the AOT caches that the package makes when it is installed. */
    void requireCaches() throws IOException, InterruptedException {
        assertThat(run("cd /usr/lib/freshpyc-runtime/lib && ls *.aot"))
                .containsPattern("freshpyc-\\w+\\.aot\nindex-\\w+\\.aot");
    }

    /** The paths of all files whose name has {@code freshpyc} in it, except in temporary directories and in the cache of apt. */
    String leftFiles() throws IOException, InterruptedException {
        List<Object> command = new ArrayList<>(List.of("find", root, "-xdev", "("));
        for (String skipped : List.of("proc", "tmp", "root", "var/cache/apt")) {
            command.addAll(List.of("-path", root.resolve(skipped), "-o"));
        }
        command.set(command.size() - 1, ")");
        command.addAll(List.of("-prune", "-o", "-name", "*freshpyc*", "-print"));
        return Shell.run(command.toArray());
    }

    private String records(String index) throws IOException, InterruptedException {
        return run("freshpyc index verify --index " + index);
    }

    private String audit(String index, String entries) throws IOException, InterruptedException {
        return run("freshpyc audit --all --format jsonl --index " + index + " " + entries)
                .replace(BY_INDEX, BY_HEADER);
    }
}
