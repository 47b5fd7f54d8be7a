package dev.freshpyc.cli.render;

import dev.freshpyc.core.file.Errno;
import dev.freshpyc.core.observe.Observation.PycState;
import dev.freshpyc.core.observe.Observation.SourceState;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.text.ShellWord;
import dev.freshpyc.core.verdict.Reason;
import dev.freshpyc.core.verdict.Verdict;
import dev.freshpyc.indexer.audit.Explainer.Story;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The commands that mend what {@code explain} found among the files of a system.
 *
 * @param options the options of {@code repair}, each name followed by its value
 * @param verified whether the code was compared with the source's, so that the repair must do so too
 * @param entry the argument of {@code repair}: the archive of the members, the indexed entry of the files, or their directory
 */
public record Mending(List<String> options, boolean verified, RawPath entry) implements StoryMending {

    private static final Reason REFUSED = Reason.of(Errno.EACCES);

    @Override
    public Set<String> of(List<Story> stories, Optional<RawPath> source) {
        Set<String> commands = new LinkedHashSet<>();
        boolean linked = stories.stream().anyMatch(story -> isRepaired(story) && story.links() > 1);
        stories.forEach(story -> command(story, source, linked).ifPresent(commands::add));
        return commands;
    }

    /** The commands for directories that could not be read. */
    static Set<String> of(Map<RawPath, Errno> refusals) {
        Set<String> commands = new LinkedHashSet<>();
        refusals.forEach((directory, errno) -> {
            if (errno.equals(Errno.EACCES)) {
                commands.add("chmod a+rx " + ShellWord.ofPath(directory));
            }
        });
        return commands;
    }

    private Optional<String> command(Story story, Optional<RawPath> source, boolean linked) {
        if (story.left().isPresent()) {
            return Optional.empty(); // the story itself says why
        }
        if (isRepaired(story)) {
            return Optional.of(repair(linked));
        }
        if (story.finding().members() != null) {
            return Optional.empty(); // no command takes a member out of an archive
        }
        return switch (story.finding().verdict().kind()) {
            case ORPHANED, FATAL, MALFORMED -> removal(story.finding().verdict(), story.path());
            case UNREADABLE -> unreadable(story, source);
            case FRESH, NEEDLESS, STALE, IMPOSTOR, FOREIGN, SOURCELESS, SHADOWED, OTHER_TOOL, MISSING, UNDECIDED ->
                Optional.empty();
        };
    }

    /** The command that removes a file which no repair mends; empty where a directory may have the name, since nobody knows what that holds. */
    static Optional<String> removal(Verdict verdict, RawPath file) {
        return verdict.reason().equals(Reason.NOT_A_FILE)
                ? Optional.empty()
                : Optional.of("rm " + ShellWord.ofPath(file));
    }

    private static Optional<String> unreadable(Story story, Optional<RawPath> source) {
        boolean bytecode = story.seen().pyc() instanceof PycState.Unreadable;
        Optional<RawPath> file = bytecode ? Optional.of(story.path()) : source;
        return file.filter(_ -> story.finding().verdict().reason().equals(REFUSED))
                .map(path -> "chmod a+r " + ShellWord.ofPath(path));
    }

    /** Whether {@code repair} mends the file; without a source, nothing can be compiled. */
    private static boolean isRepaired(Story story) {
        boolean source = story.seen().source() instanceof SourceState.Present
                && story.left().isEmpty();
        return switch (story.finding().verdict().kind()) {
            case NEEDLESS, STALE, IMPOSTOR, FATAL, FOREIGN, MALFORMED -> source;
            case FRESH, ORPHANED, SOURCELESS, SHADOWED, OTHER_TOOL, MISSING, UNDECIDED, UNREADABLE -> false;
        };
    }

    private String repair(boolean linked) {
        StringBuilder command = new StringBuilder("freshpyc repair");
        options.forEach(word -> command.append(' ').append(ShellWord.of(RawPath.of(word))));
        if (verified) {
            command.append(TreeMending.VERIFYING);
        }
        if (linked) {
            command.append(" --hardlinks break"); // links outside the tree are left by default
        }
        return command.append(' ').append(ShellWord.ofPath(entry)).toString();
    }
}
