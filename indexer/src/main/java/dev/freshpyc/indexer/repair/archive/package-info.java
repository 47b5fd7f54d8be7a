/**
 * Repairs bytecode in archives: {@link dev.freshpyc.indexer.repair.archive.MemberCollector} plans, {@link
 * dev.freshpyc.indexer.repair.archive.MemberMaker} makes the new contents of members, and {@link
 * dev.freshpyc.indexer.repair.archive.ArchiveRepair} writes a new archive beside each old archive. All other members
 * keep every byte.
 */
@NullMarked
package dev.freshpyc.indexer.repair.archive;

import org.jspecify.annotations.NullMarked;
