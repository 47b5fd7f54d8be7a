package dev.freshpyc.cli.option;

import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.indexer.fs.CanonicalPath;
import dev.freshpyc.indexer.fs.TreeWriter;
import dev.freshpyc.indexer.fs.TreeWriter.SystemCallException;
import dev.freshpyc.indexer.host.HostFiles;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** The option {@code --root}: the root directory of the system that the files belong to, such as an image or a container. */
public final class RootArgument {

    private static final String NAME = "--root";
    private static final RawPath TOP = RawPath.of("/");

    private RootArgument() {}

    public static OptionSpec option() {
        return Options.value(
                NAME,
                "DIR",
                String.class,
                "Treat DIR as the root directory: every PATH and symbolic link is resolved inside DIR.");
    }

    /** The option of a command that takes no PATH, and is about the indexes of path entries. */
    public static OptionSpec ofEntries() {
        return Options.value(NAME, "DIR", String.class, "Only the indexes of path entries inside DIR.");
    }

    /** The root directory, absolute and without links; empty for this system's. */
    public static Optional<RawPath> of(ParseResult parsed) {
        @Nullable String given = parsed.matchedOptionValue(NAME, (String) null);
        if (given == null) {
            return Optional.empty();
        }
        RawPath root = RawPath.of(given);
        if (!CanonicalPath.isDirectory(root)) {
            throw new CommandFailure(
                    ExitCode.INCOMPLETE,
                    NAME + " " + root.shown()
                            + ": no such directory; give the root directory of a system or of an image");
        }
        return Optional.of(CanonicalPath.of(root));
    }

    /** Whether a path lies inside the root directory that the user named; true for every path where the user named none. */
    public static Predicate<RawPath> contains(ParseResult parsed) {
        return of(parsed)
                .<Predicate<RawPath>>map(root -> path -> path.seenFrom(root).isPresent())
                .orElse(_ -> true);
    }

    /**
     * The path of the file that {@code inside} leads to for a process with the root directory {@code root}. A path that leads nowhere is
     * returned without its dots.
     */
    public static RawPath resolve(Optional<RawPath> root, RawPath inside) {
        return root.map(top -> resolve(top, inside)).orElse(inside);
    }

    private static RawPath resolve(RawPath root, RawPath inside) {
        try (TreeWriter files = HostFiles.newWriter()) {
            return files.resolveInRoot(root, inside);
        } catch (SystemCallException leadsNowhere) {
            return root.resolve(TOP.resolve(inside).normalized());
        }
    }
}
