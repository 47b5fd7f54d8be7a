package dev.freshpyc.cli.render;

import java.util.Optional;

/**
 * The parts of an audit's report besides its findings.
 *
 * @param after the transport for which the verdicts are predicted; empty for today's verdicts
 * @param layers of the image that is audited; empty for the files of a system
 * @param mending the commands that mend the findings
 * @param all whether fresh files are listed too
 * @param palette the colours of text
 * @param hints whether text names options and commands that could come next
 */
public record AuditView(
        Optional<Survival> after,
        Optional<LayerNotes> layers,
        AuditMending mending,
        boolean all,
        Palette palette,
        boolean hints) {}
