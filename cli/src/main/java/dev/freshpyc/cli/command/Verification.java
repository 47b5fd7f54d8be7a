package dev.freshpyc.cli.command;

import dev.freshpyc.cli.option.IndexArguments;
import dev.freshpyc.cli.option.Options;
import dev.freshpyc.core.proof.ContentProof;
import dev.freshpyc.core.proof.ProofDraft;
import dev.freshpyc.core.proof.ProofStore;
import dev.freshpyc.indexer.judge.Judge;
import dev.freshpyc.indexer.prove.Compilers;
import dev.freshpyc.indexer.prove.VerifyingJudge;
import java.io.IOException;
import java.io.PrintStream;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** {@code audit --verify}: the compilers, and the proofs by content that get the results. */
final class Verification implements AutoCloseable {

    private static final String VERIFY = "--verify";

    private final Optional<Compilers> compilers;
    private final Optional<ProofDraft> proofs;
    private final PrintStream err;

    private Verification(Optional<Compilers> compilers, Optional<ProofDraft> proofs, PrintStream err) {
        this.compilers = compilers;
        this.proofs = proofs;
        this.err = err;
    }

    /** Whether the command line asks for a verification. */
    static boolean isAsked(ParseResult parsed) {
        return parsed.hasMatchedOption(VERIFY);
    }

    static OptionSpec option() {
        return Options.flag(
                VERIFY,
                "Believe no header, index or manifest: compile each source with the interpreter of its bytecode and compare the code."
                        + " Other code is impostor (code), also in files with a right hash; what cannot be compared is undecided."
                        + " A later run compiles only what has changed.");
    }

    /**
     * The verification that the command line asks for; one that verifies nothing without the option.
     *
     * @param compilers called only with the option; not closed
     */
    static Verification of(ParseResult parsed, Supplier<Compilers> compilers, PrintStream err) {
        if (!isAsked(parsed)) {
            return new Verification(Optional.empty(), Optional.empty(), err);
        }
        boolean keeps = !parsed.hasMatchedOption("--no-index")
                && IndexArguments.location(parsed).isPresent();
        Optional<ProofStore> store = keeps ? IndexArguments.proofs(parsed, err) : Optional.empty();
        int today = ContentProof.day(InstantSource.system());
        return new Verification(Optional.of(compilers.get()), store.map(kept -> kept.draft(today)), err);
    }

    /**
     * The judge for one worker that verifies the verdicts of {@code byFiles}; {@code byFiles} itself without {@code --verify}.
     */
    Judge judge(Judge byFiles) {
        return compilers
                .<Judge>map(one -> new VerifyingJudge(byFiles, one, proofs))
                .orElse(byFiles);
    }

    /** Keeps the proofs. A failure is only printed, since the verdicts hold without the proofs. */
    @Override
    public void close() {
        if (proofs.isPresent()) {
            try (ProofDraft draft = proofs.get()) {
                draft.publish();
            } catch (IOException refused) {
                err.println("freshpyc: a later run will compile again: " + refused.getMessage());
            }
        }
    }
}
