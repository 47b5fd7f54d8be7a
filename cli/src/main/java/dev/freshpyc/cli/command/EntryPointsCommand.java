package dev.freshpyc.cli.command;

import dev.freshpyc.cli.option.CommandFailure;
import dev.freshpyc.cli.option.EnvironmentArguments;
import dev.freshpyc.cli.option.ExitCode;
import dev.freshpyc.cli.option.IndexArguments;
import dev.freshpyc.cli.option.InterpreterQuestion;
import dev.freshpyc.cli.option.MetadataPath;
import dev.freshpyc.cli.option.Options;
import dev.freshpyc.cli.option.PythonTimeout;
import dev.freshpyc.cli.option.RootArgument;
import dev.freshpyc.cli.option.Streams;
import dev.freshpyc.cli.render.DocumentFormat;
import dev.freshpyc.cli.render.EntryPointReport;
import dev.freshpyc.core.metadata.EntryPointAnswer;
import dev.freshpyc.core.metadata.PathEntryMetadata;
import dev.freshpyc.core.path.JavaPath;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.indexer.fs.CanonicalPath;
import dev.freshpyc.indexer.metadata.EntryPointCache;
import dev.freshpyc.indexer.metadata.EntryPointCache.Belief;
import dev.freshpyc.indexer.metadata.ReaderInstallation;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code freshpyc entry-points}: the answer of {@code importlib.metadata.entry_points()}, from a cache. */
final class EntryPointsCommand implements Command {

    private static final String GROUP = "--group";
    private static final String NAME = "--name";
    private static final String STRICT = "--strict";
    private static final String ASSUME_FRESH = "--assume-fresh";
    private static final String INSTALL_READER = "--install-reader";

    @Override
    public CommandSpec spec() {
        CommandSpec spec = CommandSpec.create().name("entry-points");
        spec.usageMessage()
                .description("Prints the entry points of installed distributions, as importlib.metadata finds them.");
        IndexArguments.declare(spec);
        EnvironmentArguments.declare(
                spec,
                "Answer as this interpreter does. Without PATH, for its sys.path (default: python3)."
                        + " With PATH and without this option: as Python 3.14.");
        return spec.addOption(Options.value(GROUP, "GROUP", String.class, "Only this group, such as console_scripts."))
                .addOption(Options.value(NAME, "NAME", String.class, "Only entry points of this name."))
                .addOption(Options.value("--format", "FORMAT", DocumentFormat.class, "text or json."))
                .addOption(PythonTimeout.option())
                .addOption(InterpreterQuestion.isolation())
                .addOption(RootArgument.option())
                .addOption(
                        Options.flag(STRICT, "Answer nothing if a distribution is broken, as importlib.metadata does."))
                .addOption(Options.flag(ASSUME_FRESH, "Use the cache without checking that it is up to date."))
                .addOption(Options.value(
                        INSTALL_READER,
                        "DIR",
                        String.class,
                        "Write " + ReaderInstallation.FILE + " to DIR, with which Python programs read the cache."))
                .addPositional(
                        Options.paths(
                                "PATH",
                                "Directories and zip files as on sys.path. Default: the sys.path of every interpreter that is named."));
    }

    @Override
    public int run(ParseResult parsed, Streams streams) {
        @Nullable String readerDirectory = parsed.matchedOptionValue(INSTALL_READER, (String) null);
        if (readerDirectory != null) {
            return installReader(readerDirectory, streams);
        }
        Optional<RawPath> root = RootArgument.of(parsed);
        MetadataPath.MetadataTarget target = MetadataPath.of(
                parsed.matchedPositionalValue(0, List.of()), InterpreterQuestion.of(parsed), root, streams.err());
        EntryPointCache cache = IndexArguments.entryPoints(parsed, streams.err());
        Belief belief = parsed.hasMatchedOption(ASSUME_FRESH) ? Belief.ASSUMED : Belief.STAT;
        Map<RawPath, PathEntryMetadata> known = MetadataPath.entries(target.paths())
                .collect(Collectors.toMap(Function.identity(), entry -> cache.metadata(entry, belief)));
        EntryPointAnswer answer = EntryPointAnswer.ofSeveral(target.paths().stream()
                        .map(path -> EntryPointAnswer.of(entries(path, known), path.rules()))
                        .toList())
                .select(option(parsed, GROUP), option(parsed, NAME));
        EntryPointReport.complain(answer, streams.err());
        if (answer.faults().isEmpty() || !parsed.hasMatchedOption(STRICT)) {
            DocumentFormat format = parsed.matchedOptionValue("--format", DocumentFormat.TEXT);
            EntryPointReport.print(answer, format, streams.out());
        }
        return answer.faults().isEmpty() && !target.unanswered() ? ExitCode.OK : ExitCode.INCOMPLETE;
    }

    private static List<EntryPointAnswer.EntryMetadata> entries(
            MetadataPath path, Map<RawPath, PathEntryMetadata> known) {
        return path.entries().stream()
                .map(entry -> new EntryPointAnswer.EntryMetadata(entry, Objects.requireNonNull(known.get(entry))))
                .toList();
    }

    private static Optional<String> option(ParseResult parsed, String name) {
        @Nullable String value = parsed.matchedOptionValue(name, (String) null);
        return Optional.ofNullable(value);
    }

    private static int installReader(String directory, Streams streams) {
        try {
            Path file = ReaderInstallation.install(JavaPath.of(directory));
            streams.out().println(JavaPath.toRaw(file).shown());
            return ExitCode.OK;
        } catch (FileAlreadyExistsException foreign) {
            throw new CommandFailure(
                    ExitCode.INCOMPLETE,
                    RawPath.of(foreign.getFile()).shown()
                            + " is not freshpyc's, and is not replaced; remove it or choose another directory");
        } catch (IOException refused) {
            RawPath named = RawPath.of(directory);
            if (!CanonicalPath.isDirectory(named)) {
                throw new CommandFailure(
                        ExitCode.INCOMPLETE, named.shown() + " is no directory; choose one that exists");
            }
            throw new CommandFailure(
                    ExitCode.INCOMPLETE,
                    "cannot write " + ReaderInstallation.FILE + " to " + named.shown()
                            + "; choose a directory that you may write to");
        }
    }
}
