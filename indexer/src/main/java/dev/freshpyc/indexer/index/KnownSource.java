package dev.freshpyc.indexer.index;

import dev.freshpyc.core.digest.Sha256;
import dev.freshpyc.core.file.FileStamp;
import dev.freshpyc.core.observe.Observation.SourceState;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.pyc.OptimizationLevel;
import dev.freshpyc.core.record.PycRecord;
import dev.freshpyc.core.record.SourceRecord;
import dev.freshpyc.indexer.scan.PathEntry;
import dev.freshpyc.indexer.scan.Sighting;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is known of one source while its pycs are judged one after the other: the source is read once for all of them. */
public final class KnownSource {

    private final PathEntry entry;
    private final RawPath key;
    private final Optional<SourceRecord> prior;
    private final @Nullable FileStamp stamp;
    private final boolean trusted;
    private @Nullable Sha256 content;
    private boolean read;
    private boolean changing;

    /**
     * Begins a source.
     *
     * @param prior the record of the last run
     * @param rules say whether an equal stamp means an equal file
     */
    KnownSource(RawPath key, Optional<SourceRecord> prior, Sighting sighting, IndexRules rules) {
        this.entry = sighting.entry();
        this.key = key;
        this.prior = prior;
        this.stamp = sighting.sourceState() instanceof SourceState.Present present ? present.stamp() : null;
        this.trusted = prior.isPresent()
                && !(sighting.sourceState() instanceof SourceState.Unreachable)
                && isUnchanged(prior.get().stamp(), stamp, sighting, rules);
    }

    boolean isOf(PathEntry otherEntry, RawPath otherKey) {
        return entry.equals(otherEntry) && key.equals(otherKey);
    }

    public RawPath key() {
        return key;
    }

    public Optional<SourceRecord> prior() {
        return prior;
    }

    public @Nullable FileStamp stamp() {
        return stamp;
    }

    /** The recorded stamp of the source; null where the source was absent, or has no record. */
    @Nullable
    FileStamp stampThen() {
        return prior.isPresent() ? prior.get().stamp() : null;
    }

    /** The recorded digest of the source's content, whether or not the content has changed since. */
    @Nullable
    Sha256 contentThen() {
        return prior.isPresent() ? prior.get().content() : null;
    }

    /** Whether the stamp says that the source has not changed since it was recorded. */
    boolean isUnchanged() {
        return trusted;
    }

    /** Whether the source changed while it was read. */
    public boolean isChanging() {
        return changing;
    }

    /** The record of one pyc of this source. */
    Optional<PycRecord> pyc(@Nullable String tag, OptimizationLevel level) {
        return prior.flatMap(record ->
                record.pycs().stream().filter(pyc -> pyc.isOf(tag, level)).findFirst());
    }

    /** The content's digest: the recorded one where the source has not changed, otherwise read; null when reading fails. */
    @Nullable
    Sha256 content(Sighting sighting, FileDigester digester) {
        if (!read && stamp != null) {
            read = true;
            content = trusted ? prior.orElseThrow().content() : null;
            if (content == null) {
                content = digester.digest(sighting.openSource(), 0);
                changing = !sighting.sourceStampNow().equals(Optional.of(stamp));
            }
        }
        return changing ? null : content;
    }

    /** The digest as far as it is known without reading. */
    public @Nullable Sha256 knownContent() {
        if (read) {
            return changing ? null : content;
        }
        return trusted ? prior.orElseThrow().content() : null;
    }

    private static boolean isUnchanged(
            @Nullable FileStamp recorded, @Nullable FileStamp seen, Sighting sighting, IndexRules rules) {
        boolean stable = sighting.isSourceStampStable();
        if (recorded != null && seen != null) {
            return rules.isEqual(recorded, seen, stable);
        }
        boolean bothAbsent = recorded == null && seen == null;
        return bothAbsent && rules.trustStamps() && stable;
    }
}
