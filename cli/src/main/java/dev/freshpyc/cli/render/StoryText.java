package dev.freshpyc.cli.render;

import dev.freshpyc.cli.page.Page;
import dev.freshpyc.core.file.FileStamp;
import dev.freshpyc.core.observe.Observation.SourceContent;
import dev.freshpyc.core.observe.Observation.SourceState;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.proof.ContentProof;
import dev.freshpyc.core.pyc.HeaderLayout;
import dev.freshpyc.core.pyc.KnownInterpreter;
import dev.freshpyc.core.pyc.Magic;
import dev.freshpyc.core.pyc.MagicTable;
import dev.freshpyc.core.pyc.OptimizationLevel;
import dev.freshpyc.core.pyc.PycHeader;
import dev.freshpyc.core.verdict.InterpreterAnswer;
import dev.freshpyc.core.verdict.Reason;
import dev.freshpyc.core.verdict.Verdict;
import dev.freshpyc.indexer.audit.Explainer.DirectoryAnswer;
import dev.freshpyc.indexer.audit.Explainer.Explanation;
import dev.freshpyc.indexer.audit.Explainer.Story;
import dev.freshpyc.indexer.audit.Finding;
import dev.freshpyc.indexer.scan.MemberPair;
import dev.freshpyc.indexer.scan.SourceScan.Order;
import java.io.PrintStream;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Prints the output of {@code explain}. */
public final class StoryText {

    private final PrintStream out;
    private final Supplier<Optional<KnownInterpreter>> standard;
    private final Map<RawPath, ContentProof> proofs;
    private final Optional<LayerNotes> layers;

    /**
     * Stories on {@code out}.
     *
     * @param standard the interpreter that imports legacy files without a source
     * @param proofs the proofs by content that verdicts rest on, by pyc
     * @param layers of the image that the files are in; empty for files of a system
     */
    public StoryText(
            PrintStream out,
            Supplier<Optional<KnownInterpreter>> standard,
            Map<RawPath, ContentProof> proofs,
            Optional<LayerNotes> layers) {
        this.out = out;
        this.standard = standard;
        this.proofs = proofs;
        this.layers = layers;
    }

    public void print(Explanation answer, StoryMending mending) {
        out.println(answer.target().shown().shown());
        out.println("  source    " + source(answer));
        answer.target().source().ifPresent(_ -> layer(answer.target().shown()));
        order(answer);
        if (answer.stories().isEmpty()) {
            out.println("  bytecode  none" + needs(answer.order()));
        }
        for (Story story : answer.stories()) {
            out.println();
            print(story);
        }
        Optional<RawPath> source =
                answer.target().source().map(_ -> answer.target().shown());
        mend(mending.of(answer.stories(), source));
    }

    /** Prints the findings of a directory, a line each. */
    public void print(DirectoryAnswer answer, StoryMending mending) {
        out.println(answer.target().directory().shown() + (answer.target().cacheAlone() ? "/__pycache__" : ""));
        out.println("  directory  " + Words.count(answer.stories().size(), "pyc") + ", without its subdirectories");
        answer.refusals()
                .forEach((directory, errno) -> out.println("  " + directory.shown() + "  unreadable (" + errno + ")"));
        for (Story story : answer.stories()) {
            out.println("  " + story.path().shown() + "  " + FindingText.verdict(story.finding()) + ": "
                    + answer(story.finding())
                    + story.left().map(why -> "; repair leaves it: " + why).orElse(""));
        }
        Set<String> commands = new LinkedHashSet<>(Mending.of(answer.refusals()));
        commands.addAll(mending.of(answer.stories(), Optional.empty()));
        mend(commands);
    }

    /** Prints which layer of the image a file is from. */
    private void layer(RawPath file) {
        layers.flatMap(notes -> notes.origin(file)).ifPresent(text -> out.println("  layer     " + text));
    }

    private void mend(Set<String> commands) {
        if (!commands.isEmpty()) {
            out.println();
            out.println("To mend:");
            commands.forEach(command -> out.println("  " + command));
        }
    }

    /** Prints the file that imports find in place of the source, and the modules that imports do not find because of the source. */
    private void order(Explanation answer) {
        RawPath entry = answer.entry().shownPath();
        answer.order()
                .hider()
                .ifPresent(hider ->
                        out.println("  imports   find " + entry.locate(hider).shown() + " in place of this source"));
        switch (answer.order().own()) {
            case NONE -> {}
            case ASKED ->
                out.println(
                        "  imports   find the module in the interpreter itself: neither this source nor its edits are read");
            case RELEASES ->
                out.println(
                        "  imports   of CPython 3.11 and later find the module in the interpreter itself, unless -X frozen_modules=off is"
                                + " given: neither this source nor its edits are read");
        }
        if (answer.order().unreached()) {
            out.println("  imports   do not get here: the directory in the archive is no package");
        }
        for (RawPath hidden : answer.order().hidden()) {
            out.println("  imports   find this package, and not "
                    + entry.locate(hidden).shown());
        }
    }

    /** Who needs bytecode of the source. */
    private static String needs(Order order) {
        if (order.hider().isPresent() || order.unreached()) {
            return ", and none is needed";
        }
        return switch (order.own()) {
            case NONE -> ": every interpreter compiles the source at every start";
            case ASKED -> ", and none is needed";
            case RELEASES -> ": interpreters before CPython 3.11 compile the source at every start";
        };
    }

    private static String source(Explanation answer) {
        return answer.target().source().isEmpty()
                ? "none: no source belongs to a file of this name"
                : source(answer.sourceState());
    }

    private void print(Story story) {
        Finding finding = story.finding();
        Verdict verdict = finding.verdict();
        out.println(story.path().shown());
        out.println("  read by   " + reader(finding));
        MemberPair members = finding.members();
        if (members != null) {
            out.println("  member    number " + (members.pyc().index() + 1) + " of the archive, at byte "
                    + Words.number(members.pyc().headerAt())
                    + "; nothing is written into an archive, so what is compiled is compiled at every start");
        }
        layer(story.path());
        out.println("  header    " + header(finding.header()));
        if (story.seen().source() instanceof SourceState.Present source
                && source.content() instanceof SourceContent.Hash read) {
            out.println("  source    has the hash " + read.hash());
        }
        out.println("  verdict   " + FindingText.verdict(finding) + ", evidence: " + evidence(finding));
        out.println("  import    " + answer(finding));
        out.println("  to fix    " + Remedy.of(finding));
        story.left().ifPresent(why -> out.println("  repair    leaves it: " + why));
        if (verdict.kind() != Verdict.Kind.FRESH) {
            out.println("  more      "
                    + Page.about(verdict).stream().map("freshpyc docs "::concat).collect(Collectors.joining(", ")));
        }
    }

    private String evidence(Finding finding) {
        Verdict verdict = finding.verdict();
        if (verdict.evidence() == null) {
            return "none";
        }
        @Nullable
        ContentProof proof = verdict.isProvenElsewhere() && finding.pyc() != null ? proofs.get(finding.pyc()) : null;
        return verdict.evidence().label()
                + (proof == null
                        ? ""
                        : ", the same two contents were proven ("
                                + proof.evidence().label() + ") in " + proof.origin());
    }

    private static String source(SourceState state) {
        return switch (state) {
            case SourceState.Absent _ -> "none: there is no regular file with this name";
            case SourceState.Directory _ -> "none: a directory has this name";
            case SourceState.Unreachable(var errno) -> "cannot be read (" + errno + ")";
            case SourceState.Present present -> stamp(present.stamp());
        };
    }

    private static String stamp(FileStamp stamp) {
        return Words.count(stamp.size(), "byte") + ", mtime " + moment(stamp.mtimeSeconds())
                + (stamp.mtimeNanos() == 0 ? "" : " and " + Words.number(stamp.mtimeNanos()) + " ns");
    }

    private String reader(Finding finding) {
        if (finding.verdict().kind() == Verdict.Kind.OTHER_TOOL) {
            return "the tool that wrote it; no import reads it";
        }
        if (finding.verdict().reason().equals(Reason.UNREQUESTED_NAME)) {
            return "no interpreter: none asks for a file of this name";
        }
        if (finding.members() != null) {
            return finding.members()
                    .reader()
                    .map(version -> version
                            + (finding.level().equals(OptimizationLevel.NONE) ? "" : " with -O")
                            + ", and every other interpreter that imports it: its name has no tag")
                    .orElse("any interpreter that imports it: its name has no tag");
        }
        if (finding.tag() == null) {
            Optional<KnownInterpreter> reader = finding.source() == null ? standard.get() : Optional.empty();
            return "any interpreter that imports it: its name has no tag"
                    + reader.map(known -> "; judged for " + known.version()).orElse("");
        }
        String level = finding.level().name().isEmpty()
                ? ""
                : ", optimization level " + finding.level().name();
        return RawPath.of(finding.tag().name()).shown() + level;
    }

    static String header(@Nullable PycHeader header) {
        return switch (header) {
            case PycHeader.Timestamped stamped ->
                magic(stamped.magic()) + ", timestamp: mtime "
                        + moment(Integer.toUnsignedLong(stamped.mtime()))
                        + (stamped.layout() == HeaderLayout.MTIME
                                ? ""
                                : ", source size " + Words.number(Integer.toUnsignedLong(stamped.size())));
            case PycHeader.Hashed hashed ->
                magic(hashed.magic()) + ", " + (hashed.checkSource() ? "checked" : "unchecked") + " source hash "
                        + hashed.hash();
            case PycHeader.BadFlags bad -> magic(bad.magic()) + ", unknown flags 0x" + Integer.toHexString(bad.flags());
            case PycHeader.Cut(int length) -> "ends after " + Words.count(length, "byte");
            case null -> "not read";
        };
    }

    private static String magic(Magic magic) {
        return "magic " + magic.number()
                + MagicTable.owner(magic).map(version -> " (" + version + ")").orElse("");
    }

    /** A sentence about the interpreter's use of the file. */
    static String answer(Finding finding) {
        return (isPassedOver(finding) ? "rejects it" : answer(finding.verdict().interpreter()))
                + (finding.unread() ? " by its header; the body could not be read to its end" : "")
                + why(finding);
    }

    /** Whether the interpreter looks at a member of an archive, rejects it, and takes another member. */
    private static boolean isPassedOver(Finding finding) {
        return finding.verdict().interpreter() == InterpreterAnswer.IGNORES
                && finding.hider() != null
                && finding.verdict().kind() != Verdict.Kind.SHADOWED;
    }

    private static String why(Finding finding) {
        if (finding.hider() != null) {
            return ": it imports "
                    + finding.entry().shownPath().locate(finding.hider()).shown() + " instead";
        }
        return finding.verdict().reason().equals(Reason.FROZEN)
                ? ": it has the module frozen into its program; with -X frozen_modules=off, it reads the files"
                : finding.verdict().reason().equals(Reason.BUILT_IN) ? ": it has the module built in" : "";
    }

    private static String answer(@Nullable InterpreterAnswer answer) {
        return switch (answer) {
            case LOADS -> "loads it";
            case RECOMPILES -> "distrusts it and compiles the source";
            case IGNORES -> "never reads it";
            case FAILS -> "fails, and does not fall back to the source";
            case null -> "unknown";
        };
    }

    private static String moment(long seconds) {
        boolean printable = Math.abs(seconds) < 100_000_000_000L;
        return seconds + (printable ? " (" + Instant.ofEpochSecond(seconds) + ")" : "");
    }
}
