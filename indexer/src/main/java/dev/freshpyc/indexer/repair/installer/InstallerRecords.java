package dev.freshpyc.indexer.repair.installer;

import dev.freshpyc.core.digest.Sha256;
import dev.freshpyc.core.manifest.DigestAlgorithm;
import dev.freshpyc.core.manifest.ExpectedDigest;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.indexer.judge.ManifestEvidence;
import dev.freshpyc.indexer.repair.change.FilePlace;
import dev.freshpyc.indexer.repair.change.RepairOptions.RecordPolicy;
import dev.freshpyc.indexer.scan.Sighting;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Tells which files stand in the records of package managers, and what the user's policy means for each. Thread-safe. */
public final class InstallerRecords {

    private final ManifestEvidence manifests;
    private final RecordPolicy policy;

    /** The records that {@code manifests} finds, under a policy. */
    public InstallerRecords(ManifestEvidence manifests, RecordPolicy policy) {
        this.manifests = manifests;
        this.policy = policy;
    }

    /**
     * The record for whose sake a sighted pyc is left as it is; empty for a file that may be changed or removed. Reads the pyc where a
     * record lists it: a record that lists another content than the file has is not true already, and keeping the file would only keep
     * what has replaced the installed file.
     */
    public Optional<RawPath> keeper(Sighting sighting) {
        return policy == RecordPolicy.KEEP && sighting.hasPyc()
                ? listed(FilePlace.of(sighting))
                        .filter(digest -> !ManifestEvidence.differs(sighting, digest))
                        .map(ExpectedDigest::manifest)
                        .findFirst()
                : Optional.empty();
    }

    /** Whether a change of a file makes a record untrue, so that a verification of the package reports the file. */
    public boolean isPackaged(FilePlace place) {
        return listed(place).anyMatch(digest -> policy != RecordPolicy.UPDATE || !digest.isInRecord());
    }

    /** The RECORD files that are brought up to date after a change of a file; absolute. */
    public List<RawPath> updated(FilePlace place) {
        return inRecords(place).map(ExpectedDigest::manifest).distinct().toList();
    }

    /** The RECORD files that are brought up to date where they list another digest for a file than that content's. */
    public List<RawPath> updated(FilePlace place, Sha256 content) {
        return inRecords(place)
                .filter(digest -> digest.algorithm() != DigestAlgorithm.SHA256 || !digest.matches(content.toBytes()))
                .map(ExpectedDigest::manifest)
                .distinct()
                .toList();
    }

    /**
     * Whether a RECORD that is to be brought up to date lists another content for a sighted pyc than the pyc has: an earlier run
     * or somebody else has changed the pyc alone. Reads the pyc where a RECORD lists it.
     */
    public boolean isOutdated(Sighting sighting, FilePlace place) {
        return inRecords(place).anyMatch(digest -> ManifestEvidence.differs(sighting, digest));
    }

    private Stream<ExpectedDigest> inRecords(FilePlace place) {
        return policy == RecordPolicy.UPDATE ? listed(place).filter(ExpectedDigest::isInRecord) : Stream.empty();
    }

    private Stream<ExpectedDigest> listed(FilePlace place) {
        return manifests.listed(place.entry(), place.pyc()).stream();
    }
}
