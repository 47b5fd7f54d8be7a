package dev.freshpyc.indexer.manifest;

import dev.freshpyc.core.manifest.ManifestRows;
import dev.freshpyc.core.manifest.Manifests;
import dev.freshpyc.core.manifest.RpmPackage;
import dev.freshpyc.core.manifest.rpm.PackageHeaders;
import dev.freshpyc.core.path.RawPath;
import java.nio.ByteBuffer;

/**
 * Makes a manifest of every package in RPM's database, named {@code …/rpmdb.sqlite#17} by the number that {@code rpm -q
 * --querybynumber} takes, since two versions of one package may be installed.
 */
final class RpmManifests implements PackageHeaders {
    private final RawPath database;
    private final ManifestRows.Rows rows;
    private final Manifests manifests;

    RpmManifests(RawPath database, ManifestRows.Rows rows, Manifests manifests) {
        this.database = database;
        this.rows = rows;
        this.manifests = manifests;
    }

    @Override
    public boolean header(long number, ByteBuffer header) {
        if (manifests.isFull()) {
            manifests.countRefused();
            return false;
        }
        RpmPackage manifest = new RpmPackage(RawPath.of(database.toPython() + "#" + number), rows);
        manifest.take(header, () -> manifests.isFull(manifest));
        manifests.count(manifest);
        return true;
    }

    @Override
    public void damaged() {
        manifests.countRefused();
    }
}
