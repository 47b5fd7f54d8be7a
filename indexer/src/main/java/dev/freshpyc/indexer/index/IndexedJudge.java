package dev.freshpyc.indexer.index;

import dev.freshpyc.core.digest.Sha256;
import dev.freshpyc.core.file.FileStamp;
import dev.freshpyc.core.observe.Observation.Placement;
import dev.freshpyc.core.observe.Observation.PycState;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.proof.ContentProof;
import dev.freshpyc.core.pyc.CacheTag;
import dev.freshpyc.core.pyc.PycHeader;
import dev.freshpyc.core.record.ContentFacts;
import dev.freshpyc.core.record.PycRecord;
import dev.freshpyc.core.record.SourceRecord;
import dev.freshpyc.core.verdict.Evidence;
import dev.freshpyc.core.verdict.InterpreterAnswer;
import dev.freshpyc.core.verdict.Verdict;
import dev.freshpyc.indexer.judge.Judge;
import dev.freshpyc.indexer.judge.OutsideEvidence;
import dev.freshpyc.indexer.scan.PairFacts;
import dev.freshpyc.indexer.scan.PathEntry;
import dev.freshpyc.indexer.scan.Sighting;
import java.util.Optional;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * Judges with the help of the index. A pair whose stamps equal the recorded ones is not opened. Every other pair is
 * read, and a recorded proof of its contents holds, whatever its times are now.
 */
public final class IndexedJudge implements Judge {

    /** Finds the record of a source. */
    @FunctionalInterface
    public interface RecordFinder extends BiFunction<PathEntry, RawPath, Optional<SourceRecord>> {}

    /**
     * A verdict, and the record that the index should keep.
     *
     * @param record the record that the index should keep of the pyc; empty for a pyc without a record
     * @param reused whether the verdict is that of an earlier run, since neither file has changed
     * @param content SHA-256 of the source; null where it is unknown
     * @param before the record of the body that an earlier run proved for the source's present content, if the pyc has
     *     another body now; only a comparison of the code tells whether the new body is right
     */
    public record Judgement(
            Verdict verdict,
            Optional<PycRecord> record,
            boolean reused,
            @Nullable Sha256 content,
            Optional<PycRecord> before) {

        private static Judgement of(
                Verdict verdict, Optional<PycRecord> record, boolean reused, @Nullable Sha256 content) {
            return new Judgement(verdict, record, reused, content, Optional.empty());
        }

        /** The same judgement with another record. */
        public Judgement withRecord(Optional<PycRecord> other) {
            return new Judgement(verdict, other, reused, content, before);
        }

        /** Whether the body replaced a proven body, and only a comparison of the code can tell whether it is right. */
        public boolean isReplaced() {
            return before.isPresent() && verdict.isOpen();
        }

        /**
         * The record that the index keeps when {@code found} is the record of the pyc. If {@code found} tells nothing
         * about a body that replaced a proven body, the record of the proven body stays, with the present verdict and
         * without a stamp, so that the next run reads the file again.
         */
        public Optional<PycRecord> remembered(Optional<PycRecord> found) {
            return before.isEmpty() || found.map(this::isSettling).orElse(true)
                    ? found
                    : found.map(
                            now -> before.get().withStamp(FileStamp.UNSETTLED).withVerdict(now.verdict()));
        }

        /** Whether a record says that the body was compiled from the source, or that it was not. */
        private boolean isSettling(PycRecord now) {
            boolean proven = content != null && (content.equals(now.provenFor()) || now.isProvenFor(content));
            return proven || now.verdict().isRefutedByCompiling();
        }
    }

    private final Judge byFiles;
    private final RecordFinder finder;
    private final IndexRules rules;
    private final OutsideEvidence outside;
    private final FileDigester digester = new FileDigester();
    private final CodeNames names = new CodeNames();
    private @Nullable KnownSource memo;

    /**
     * A judge for one worker.
     *
     * @param byFiles judges the pairs that have to be read
     * @param outside asked about those pairs; weaker evidence than the index
     */
    public IndexedJudge(Judge byFiles, RecordFinder finder, IndexRules rules, OutsideEvidence outside) {
        this.outside = outside;
        this.byFiles = byFiles;
        this.finder = finder;
        this.rules = rules;
    }

    @Override
    public Verdict judge(Sighting sighting) {
        return judgeAndRecord(sighting).verdict();
    }

    /** The digester of this judge, which counts what was read. */
    public FileDigester digester() {
        return digester;
    }

    /** What is known of the source of the last pyc that was judged. */
    public @Nullable KnownSource source() {
        return memo;
    }

    /** Judges a pyc; the record holds what the index should keep of the pyc. */
    public Judgement judgeAndRecord(Sighting sighting) {
        Optional<RawPath> key =
                sighting.hasPyc() && isRecorded(sighting.placement()) ? sighting.sourceKey() : Optional.empty();
        if (key.isEmpty()) {
            return Judgement.of(byFiles.judge(sighting), Optional.empty(), false, null);
        }
        KnownSource source = enter(key.get(), sighting);
        @Nullable CacheTag tag = sighting.tag();
        Optional<PycRecord> prior = source.pyc(tag == null ? null : tag.name(), sighting.level());
        Optional<FileStamp> stamp = sighting.pycStampNow();
        boolean unchanged = prior.isPresent()
                && stamp.isPresent()
                && rules.isEqual(prior.get().stamp(), stamp.get(), sighting.isPycStampStable(stamp.get()));
        if (unchanged && source.isUnchanged()) {
            leave(sighting.facts(), source, prior.get());
        }
        if (rules.reuseVerdicts()
                && unchanged
                && source.isUnchanged()
                && rules.isComplete(source, prior.get())
                && !isProvenSince(source, prior.get())) {
            if (prior.get().facts().whole()) {
                sighting.facts().knowBodyWhole();
            }
            return Judgement.of(prior.get().verdict(), prior, true, source.knownContent());
        }
        return read(sighting, source, prior, stamp, unchanged);
    }

    /** Leaves the digests of an unchanged pair to later judges, unless nothing but portable stamps says that the pair is unchanged. */
    private static void leave(PairFacts facts, KnownSource source, PycRecord pyc) {
        @Nullable FileStamp then = source.stampThen();
        @Nullable Sha256 content = source.contentThen();
        if (content != null
                && pyc.body() != null
                && then != null
                && !then.isPortable()
                && !pyc.stamp().isPortable()) {
            facts.knowUnchanged(pyc, content);
        }
    }

    /** Whether the pair was proven elsewhere, or a server vouched for it, since the record was made. */
    private boolean isProvenSince(KnownSource source, PycRecord prior) {
        @Nullable Sha256 content = source.knownContent();
        return content != null && outside.isNewFor(prior, content);
    }

    private Judgement read(
            Sighting sighting,
            KnownSource source,
            Optional<PycRecord> prior,
            Optional<FileStamp> stamp,
            boolean unchanged) {
        Verdict byHeader = byFiles.judge(sighting);
        if (stamp.isEmpty() || !(sighting.observation().pyc() instanceof PycState.Read pyc)) {
            return Judgement.of(byHeader, Optional.empty(), false, null);
        }
        @Nullable Sha256 content = rules.digests() ? source.content(sighting, digester) : source.knownContent();
        @Nullable Sha256 body = unchanged ? prior.orElseThrow().body() : null;
        if (body == null && rules.digests()) {
            body = digester.digest(sighting.openPyc(), bodyAt(pyc.header()));
        }
        boolean torn = !sighting.pycStampNow().equals(stamp); // the header was read after the stamp was taken
        Verdict plain = withoutRecall(sighting, byHeader, source, prior, content, body);
        boolean sameBody = isBodyOf(prior, body);
        boolean sameContent = content != null && content.equals(source.contentThen());
        RecordedProof.@Nullable Proven known = sameBody && !plain.isProvenElsewhere() && !plain.isRefutedByCompiling()
                ? RecordedProof.recall(plain, content, sighting.head(), prior.orElseThrow(), source.contentThen())
                : null;
        ContentFacts facts = prior.filter(one -> !torn && sighting.head().hasMagicOf(one.head()))
                .map(one -> one.facts().ofSame(sameBody, sameContent))
                .orElse(ContentFacts.NOTHING);
        if (facts.whole()) {
            sighting.facts().knowBodyWhole();
        }
        Verdict own = known == null && body != null ? checkedByName(sighting, plain, pyc.header()) : plain;
        boolean sameHead =
                prior.isPresent() && sighting.head().equals(prior.get().head());
        Verdict verdict =
                source.isChanging() || torn ? Verdict.changing() : RecordedProof.weigh(own, content, known, sameHead);
        RecordedProof.@Nullable Proven proven = torn || source.isChanging()
                ? (torn ? null : known)
                : RecordedProof.after(own, content, known, sameHead, byProof(sighting, own, content, body));
        boolean settled = !torn && isSettled(stamp.get(), sighting) && isSettled(source, sighting);
        return new Judgement(
                verdict,
                Optional.of(new PycRecord(
                        sighting.tag() == null ? null : sighting.tag().name(),
                        sighting.level(),
                        settled ? stamp.get() : FileStamp.UNSETTLED,
                        sighting.head(),
                        torn ? null : body,
                        proven == null ? null : proven.content(),
                        proven == null ? null : proven.basis(),
                        settled ? verdict : verdict.asRacy(),
                        facts)),
                false,
                content,
                plain.isProvenElsewhere() ? Optional.empty() : ofAnotherBody(prior, content, body));
    }

    /** The evidence of the proof by content that a verdict rests on; null if the verdict rests on no such proof. */
    private @Nullable Evidence byProof(
            Sighting sighting, Verdict verdict, @Nullable Sha256 content, @Nullable Sha256 body) {
        if (!verdict.isProvenElsewhere() || content == null || body == null) {
            return null;
        }
        return outside.proof(sighting, content, body)
                .map(ContentProof::evidence)
                .orElse(Evidence.HEADER);
    }

    /** The verdict. If the code names another source, matching times are no evidence. */
    private Verdict checkedByName(Sighting sighting, Verdict verdict, PycHeader header) {
        boolean another = verdict.isFreshByTimes()
                && header instanceof PycHeader.Intact intact
                && names.isOfAnotherSource(sighting, intact.magic(), intact.layout());
        return another ? verdict.withoutProof() : verdict;
    }

    /** The verdict by the files and by evidence from outside, before a proof that was recorded for the body counts. */
    private Verdict withoutRecall(
            Sighting sighting,
            Verdict byHeader,
            KnownSource source,
            Optional<PycRecord> prior,
            @Nullable Sha256 content,
            @Nullable Sha256 body) {
        boolean sameBody = isBodyOf(prior, body);
        boolean changed =
                body != null && !sameBody && prior.isPresent() && prior.get().body() != null;
        Verdict judged = changed && byHeader.interpreter() == InterpreterAnswer.LOADS
                ? byFiles.judgeWithBody(sighting)
                : byHeader;
        boolean proven = sameBody
                && body != null
                && content != null
                && content.equals(prior.orElseThrow().provenFor())
                && !outside.isRefuted(sighting, content, body);
        @Nullable
        Sha256 unprovenBody = proven ? null : body; // the index is stronger evidence than a proof from elsewhere
        Verdict weighed = rules.digests() ? outside.weigh(sighting, judged, content, unprovenBody) : judged;
        return body == null || content == null || prior.isEmpty() || outside.isRestored(sighting, content, body)
                ? weighed
                : RecordedProof.doubt(weighed, content, body, sighting.head(), prior.get(), source.contentThen());
    }

    private static boolean isBodyOf(Optional<PycRecord> prior, @Nullable Sha256 body) {
        return prior.isPresent() && body != null && body.equals(prior.get().body());
    }

    private static Optional<PycRecord> ofAnotherBody(
            Optional<PycRecord> prior, @Nullable Sha256 content, @Nullable Sha256 body) {
        return content == null || body == null
                ? Optional.empty()
                : prior.filter(one -> RecordedProof.isOfAnotherBody(one, content, body));
    }

    private KnownSource enter(RawPath key, Sighting sighting) {
        KnownSource known = memo;
        if (known == null || !known.isOf(sighting.entry(), key)) {
            known = new KnownSource(key, finder.apply(sighting.entry(), key), sighting, rules);
            memo = known;
        }
        return known;
    }

    private boolean isSettled(KnownSource source, Sighting sighting) {
        return source.stamp() == null || (!source.isChanging() && isSettled(source.stamp(), sighting));
    }

    private boolean isSettled(FileStamp stamp, Sighting sighting) {
        return !rules.window().coversAny(stamp, sighting.takenAtNanos());
    }

    private static long bodyAt(PycHeader header) {
        return header instanceof PycHeader.Intact intact ? intact.layout().length() : 0;
    }

    /** Whether an index has records of pycs in such a place. */
    public static boolean isRecorded(Placement placement) {
        return switch (placement) {
            case CACHE, LEGACY, LEGACY_OPTIMIZED, ARCHIVE, ARCHIVE_FIRST -> true;
            case BYPASSED,
                    UNTAGGED,
                    OF_TOOL,
                    UNREQUESTED,
                    HIDDEN_BY_PACKAGE,
                    HIDDEN_BY_EXTENSION,
                    HIDDEN_BY_MODULE,
                    HIDDEN_BY_ENTRY,
                    BUILT_IN,
                    FROZEN,
                    OUTSIDE_PACKAGE -> false;
        };
    }
}
