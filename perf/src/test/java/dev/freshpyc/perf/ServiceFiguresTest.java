package dev.freshpyc.perf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.freshpyc.perf.measure.Claim;
import dev.freshpyc.perf.service.Rate;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Checks which claim each rate of the service is compared with. */
class ServiceFiguresTest {

    @Test
    void eachRateHasItsClaim() {
        ServiceFigures figures = new ServiceFigures(
                List.of(
                        new Rate("lookups over 16 connections", 0, 100_000, 5),
                        new Rate("rows through the batch", 1_000, 1_000, 1),
                        new Rate("questions one by one", 1_000, 20_000, 1),
                        new Rate("durable reports one by one", 1_000, 3_000, 1),
                        new Rate("questions through the batch", 1_000, 50_000, 0.25),
                        new Rate("rows through the batch", 1_000_000, 999_000, 60),
                        new Rate("questions one by one", 1_000_000, 20_000, 2),
                        new Rate("hashserv get-stream", 1_000_000, 300_000, 4)),
                6_000,
                0,
                140,
                300,
                160);

        assertThat(figures.claims())
                .extracting(Claim::what, Claim::measured, Claim::held)
                .containsExactly(
                        tuple("questions one by one (1,000 rows)", 20_000.0, true),
                        tuple("questions one by one (1,000,000 rows)", 10_000.0, true),
                        tuple("time of a question, most rows / fewest", 2.0, false),
                        tuple("durable reports one by one (1,000 rows)", 3_000.0, false),
                        tuple("questions through the batch (1,000 rows)", 200_000.0, true),
                        tuple("all rows into an empty database", 61.0, false),
                        tuple("hashserv get-stream (1,000,000 rows)", 75_000.0, false),
                        tuple("lookups over 16 connections", 20_000.0, true),
                        tuple("processor time of ten idle seconds", 0.0, true),
                        tuple("idle, resident", 140.0, true));
    }
}
