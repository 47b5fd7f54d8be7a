package dev.freshpyc.indexer.index;

import dev.freshpyc.core.digest.Sha256;
import dev.freshpyc.core.file.FileStamp;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.proof.ProvenPair;
import dev.freshpyc.core.pyc.CacheTag;
import dev.freshpyc.core.record.PycRecord;
import dev.freshpyc.indexer.index.IndexedJudge.RecordFinder;
import dev.freshpyc.indexer.judge.OutsideEvidence;
import dev.freshpyc.indexer.scan.Sighting;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds the digests of a source and its pyc in the index, without opening the files, if the stamps of both are the recorded ones. */
public final class RecordedPairs {

    private final RecordFinder finder;
    private final IndexRules rules;

    public RecordedPairs(RecordFinder finder, IndexRules rules) {
        this.finder = finder;
        this.rules = rules;
    }

    /** The digests of a sighted pair; empty if the index does not know them. */
    public Optional<ProvenPair> find(Sighting sighting) {
        Optional<RawPath> key = sighting.hasPyc() ? sighting.sourceKey() : Optional.empty();
        return key.flatMap(source -> find(source, sighting));
    }

    private Optional<ProvenPair> find(RawPath key, Sighting sighting) {
        KnownSource source = new KnownSource(key, finder.apply(sighting.entry(), key), sighting, rules);
        @Nullable CacheTag tag = sighting.tag();
        @Nullable Sha256 content = source.knownContent();
        Optional<FileStamp> stamp = sighting.pycStampNow();
        return source.pyc(tag == null ? null : tag.name(), sighting.level())
                .filter(pyc -> content != null && stamp.isPresent() && isUnchanged(pyc, stamp.get(), sighting))
                .flatMap(pyc -> pair(pyc, content));
    }

    private boolean isUnchanged(PycRecord pyc, FileStamp now, Sighting sighting) {
        return rules.isEqual(pyc.stamp(), now, sighting.isPycStampStable(now));
    }

    private static Optional<ProvenPair> pair(PycRecord pyc, @Nullable Sha256 content) {
        @Nullable Sha256 body = pyc.body();
        return content == null || body == null
                ? Optional.empty()
                : OutsideEvidence.pair(pyc.head(), pyc.level(), content, body);
    }
}
