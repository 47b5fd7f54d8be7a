package dev.freshpyc.cli.hook;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A repository of the real git. Its hooks run a {@link HookedProgram}.
 *
 * @param path the working tree, without symbolic links in the path
 * @param index the directory of the indexes, for the hooks
 */
record HookedRepository(Path path, HookedProgram program, Path index) {

    /** The exit code and the output of git. */
    record Ended(int code, String printed) {}

    /** Makes a repository with the branch {@code main}, beside the program and the index in {@code directory}. */
    static HookedRepository in(Path directory, String name) throws IOException, InterruptedException {
        HookedRepository made = new HookedRepository(
                Files.createDirectory(directory.resolve(name)).toRealPath(),
                HookedProgram.in(directory),
                directory.resolve("index"));
        made.git("init", "-q", "-b", "main");
        return made;
    }

    /** Runs git and requires success. */
    void git(String... words) throws IOException, InterruptedException {
        Ended ended = run(words);
        assertThat(ended.code())
                .as("git %s%n%s", String.join(" ", words), ended.printed())
                .isZero();
    }

    /** Runs git, which may fail. */
    Ended run(String... words) throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(List.of("git", "-c", "user.name=Test", "-c", "user.email=test@example.org"));
        command.addAll(List.of(words));
        ProcessBuilder git =
                new ProcessBuilder(command).directory(path.toFile()).redirectErrorStream(true);
        git.environment().put("FRESHPYC_PROGRAM", program.script().toString());
        git.environment().put("FRESHPYC_INDEX", index.toString());
        Process process = git.start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ended(process.waitFor(), printed);
    }
}
