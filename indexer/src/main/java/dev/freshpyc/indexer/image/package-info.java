/**
 * Container images as file systems: the layers of an image are merged into a tree in memory, and the tree is read
 * through the same ports as the files of a host.
 *
 * <p>The tree has the files that decide what an interpreter does: sources, bytecode, extension modules, links,
 * directories, and the files from which {@code sys.path} is computed. The tree also has the manifests of package
 * managers. Other files are left out, so that an image of gigabytes fits into a small heap.
 *
 * <p>Layers are merged as the OCI image specification says: a file of a higher layer replaces the file of a lower
 * layer, and whiteouts remove files of lower layers only; the position of a whiteout in its layer does not matter. A
 * link in the path of a member is followed, inside the image, as containerd and umoci do.
 */
@NullMarked
package dev.freshpyc.indexer.image;

import org.jspecify.annotations.NullMarked;
