/** Opens a tree's files a second time, for a write or a compilation: never through a symbolic link, and only while they are what the plan saw. */
@NullMarked
package dev.freshpyc.indexer.repair.tree;

import org.jspecify.annotations.NullMarked;
