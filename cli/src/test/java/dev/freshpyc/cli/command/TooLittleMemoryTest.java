package dev.freshpyc.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** A full heap is distinguished from a defect, also when a worker thread ran out of memory. */
class TooLittleMemoryTest {

    @Test
    void aFullHeapIsFoundBehindOtherExceptions() {
        Throwable full = new OutOfMemoryError("Java heap space");

        assertThat(TooLittleMemory.isReasonOf(new IllegalStateException("the scan broke off", full)))
                .isTrue();
        assertThat(TooLittleMemory.isReasonOf(new IllegalStateException("the scan broke off", new Error("another"))))
                .isFalse();
    }

    @Test
    void theMessageSaysWhatToDo() {
        assertThat(TooLittleMemory.line())
                .contains("MiB", "-j 1", "-Xmx", "journal")
                .doesNotContain("\n");
    }
}
