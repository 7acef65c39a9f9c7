package io.syncline.common.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.syncline.common.protocol.ExtractorOwnership.Guard;
import java.util.EnumSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every interleaving of two extractors that own one table in turn, or believe they do. */
final class ExtractorOwnershipTest {

    @Test
    void withAllGuardsEachChangeIsPublishedOnceAndInOrder() {
        Explorer.Result result = Explorer.explore(new ExtractorOwnership(EnumSet.noneOf(Guard.class)));

        assertThat(result.violation()).isEmpty();
        assertThat(result.states()).isGreaterThan(500);
    }

    @ParameterizedTest
    @EnumSource
    void withoutAGuardSomethingGoesWrong(Guard removed) {
        Explorer.Result result = Explorer.explore(new ExtractorOwnership(EnumSet.of(removed)));

        assertThat(result.violation()).isPresent();
    }
}
