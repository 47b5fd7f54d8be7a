package dev.freshpyc.cli.command;

import dev.freshpyc.cli.option.CommandFailure;
import dev.freshpyc.cli.option.ExitCode;
import dev.freshpyc.cli.option.IndexArguments;
import dev.freshpyc.cli.option.Options;
import dev.freshpyc.cli.option.Streams;
import dev.freshpyc.cli.option.ValueConverters;
import dev.freshpyc.cli.render.DocumentFormat;
import dev.freshpyc.cli.render.ProofsReport;
import dev.freshpyc.core.path.JavaPath;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.proof.ContentProof;
import dev.freshpyc.core.proof.ExportedProofs;
import dev.freshpyc.core.proof.ProofStore;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/** {@code freshpyc proofs export|import|stats}: proofs by content, for other paths and other machines. */
final class ProofsCommand implements Command {

    private static final String TRUST = "--trust";
    private static final String SIGN = "--sign";

    /** The task of the command. */
    enum Task {
        EXPORT,
        IMPORT,
        STATS;

        static Task of(String word) {
            return ValueConverters.oneOf(values(), word);
        }
    }

    @Override
    public CommandSpec spec() {
        CommandSpec spec = CommandSpec.create().name("proofs");
        spec.usageMessage()
                .description(
                        "export writes all proofs to FILE; import adds the proofs of FILE, from another machine or an image; stats"
                                + " counts the proofs. A proof says that one content of a bytecode file was compiled from one content"
                                + " of a source.",
                        "The file must be root's or yours, or have a signature in FILE.sig that KEY verifies.");
        IndexArguments.declare(spec);
        return spec.addOption(IndexArguments.mostProofs())
                .addOption(
                        Options.value(
                                SIGN,
                                "KEY",
                                String.class,
                                "With export: sign with the Ed25519 private key in this file (PEM, PKCS #8); the signature goes to FILE.sig."))
                .addOption(
                        Options.value(
                                TRUST,
                                "KEY",
                                String.class,
                                "With import: believe the file if FILE.sig is the signature of the Ed25519 public key in this file (PEM), whoever owns the file."))
                .addOption(Options.value("--format", "FORMAT", DocumentFormat.class, "With stats: text or json."))
                .addPositional(Options.word("export|import|stats", 0, Task.class, "What to do."))
                .addPositional(PositionalParamSpec.builder()
                        .paramLabel("FILE")
                        .index("1")
                        .arity("0..1")
                        .type(String.class)
                        .description("The file to write or to take.")
                        .build());
    }

    @Override
    public int run(ParseResult parsed, Streams streams) {
        ProofStore store = IndexArguments.proofs(parsed, streams.err())
                .orElseThrow(
                        () -> new CommandFailure(ExitCode.USAGE, "--max-proofs 0 keeps no proofs: give 1 or more"));
        Task task = parsed.matchedPositionalValue(0, Task.STATS);
        Optional<Path> sign = key(parsed, SIGN, task == Task.EXPORT);
        Optional<Path> trust = key(parsed, TRUST, task == Task.IMPORT);
        return switch (task) {
            case EXPORT -> exportTo(file(parsed, task), store, sign, streams);
            case IMPORT -> importFrom(file(parsed, task), store, trust, streams);
            case STATS -> {
                if (parsed.hasMatchedPositional(1)) {
                    throw new CommandFailure(
                            ExitCode.USAGE,
                            "proofs stats counts the proofs beside the index and takes no FILE: import FILE first, with --index"
                                    + " and an empty directory to count FILE alone");
                }
                ProofsReport.print(
                        StoreReads.ask(store::stats),
                        parsed.matchedOptionValue("--format", DocumentFormat.TEXT),
                        streams.out());
                yield ExitCode.OK;
            }
        };
    }

    private static int exportTo(Path file, ProofStore store, Optional<Path> key, Streams streams) {
        long proofs = ask(() -> ExportedProofs.write(store, file, key));
        streams.out().println(shown(file) + ": " + proofs + " proofs");
        return ExitCode.OK;
    }

    private static int importFrom(Path file, ProofStore store, Optional<Path> key, Streams streams) {
        int today = ContentProof.day(InstantSource.system());
        long proofs = ask(() -> ExportedProofs.read(store, file, key, today));
        streams.out().println(shown(file) + ": " + proofs + " proofs imported");
        return ExitCode.OK;
    }

    private static <T> T ask(StoreReads.StoreRead<T> question) {
        try {
            return question.ask();
        } catch (NoSuchFileException missing) {
            throw new CommandFailure(
                    ExitCode.INCOMPLETE, RawPath.of(missing.getFile()).shown() + ": no such file");
        } catch (FileSystemException refused) {
            @Nullable String why = refused.getReason();
            throw new CommandFailure(
                    ExitCode.INCOMPLETE,
                    RawPath.of(refused.getFile()).shown() + ": " + (why == null ? "permission denied" : why));
        } catch (IOException refused) {
            throw new CommandFailure(ExitCode.INCOMPLETE, String.valueOf(refused.getMessage()));
        }
    }

    private static Path file(ParseResult parsed, Task task) {
        @Nullable String file = parsed.matchedPositionalValue(1, (String) null);
        if (file == null) {
            throw new CommandFailure(
                    ExitCode.USAGE, "proofs " + (task == Task.EXPORT ? "export" : "import") + " needs a FILE");
        }
        return JavaPath.of(file);
    }

    private static Optional<Path> key(ParseResult parsed, String option, boolean fits) {
        @Nullable String file = parsed.matchedOptionValue(option, (String) null);
        if (file != null && !fits) {
            throw new CommandFailure(
                    ExitCode.USAGE, option + " is for proofs " + (option.equals(SIGN) ? "export" : "import"));
        }
        return Optional.ofNullable(file).map(JavaPath::of);
    }

    private static String shown(Path file) {
        return JavaPath.toRaw(file).shown();
    }
}
