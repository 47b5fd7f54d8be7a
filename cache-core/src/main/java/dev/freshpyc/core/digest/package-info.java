/**
 * Digests and checksums. SHA-256 identifies a content, even against an attacker. CRC-32C detects damage only, in the
 * files that freshpyc writes for itself.
 */
@NullMarked
package dev.freshpyc.core.digest;

import org.jspecify.annotations.NullMarked;
