/**
 * Freshpyc as a library: the only package for other programs. Verdicts, reasons and evidence have the words of the reports.
 *
 * <p>Opening the indexes of a machine:
 * {@snippet :
 * Freshpyc freshpyc = Freshpyc.open(Path.of("/var/cache/freshpyc"));
 * }
 *
 * <p>Looking a file up, without reading the file:
 * {@snippet :
 * for (AuditResult.FileVerdict pyc : freshpyc.lookup(Path.of("/usr/lib/python3/dist-packages/yaml/loader.py"))) {
 *     System.out.println(pyc.tag().orElse("legacy") + " " + pyc.verdict());
 * }
 * }
 *
 * <p>Auditing path entries:
 * {@snippet :
 * AuditResult audit = freshpyc.audit(List.of(Path.of("/usr/lib/python3/dist-packages")));
 * System.out.println(audit.verdicts() + " " + audit.findings());
 * }
 *
 * <p>Refreshing the index, as an installer does after every install:
 * {@snippet :
 * RefreshResult refreshed = freshpyc.refresh(List.of(Path.of("/usr/lib/python3/dist-packages")));
 * System.out.println(refreshed.seen() + " pycs, " + refreshed.problems());
 * }
 *
 * <p>Planning a repair, and applying it:
 * {@snippet :
 * RepairResult planned =
 *         freshpyc.planRepair(List.of(Path.of("/usr/lib/python3/dist-packages")), RepairMode.CHECKED_HASH);
 * if (planned.recompiled() == 0) {
 *     RepairResult done = freshpyc.repair(List.of(Path.of("/usr/lib/python3/dist-packages")), RepairMode.CHECKED_HASH);
 *     System.out.println(done.restamped() + " headers written, " + done.problems());
 * }
 * }
 */
@NullMarked
package dev.freshpyc.indexer.library;

import org.jspecify.annotations.NullMarked;
