package io.syncline.common.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.junit.jupiter.api.Test;

final class CausesTest {

    private final RecordTooLargeException tooLarge = new RecordTooLargeException("1000012 bytes");

    @Test
    void aFailureIsFoundByItselfAndBehindOthers() {
        Throwable wrapped = new KafkaException("in an error state", new KafkaException("sent before", tooLarge));

        assertThat(Causes.find(tooLarge, RecordTooLargeException.class)).containsSame(tooLarge);
        assertThat(Causes.find(wrapped, RecordTooLargeException.class)).containsSame(tooLarge);
    }

    @Test
    void whatIsNotBehindAFailureIsNotFound() {
        assertThat(Causes.find(new KafkaException("fenced", tooLarge), SQLException.class))
                .isEmpty();
        assertThat(Causes.find(new SQLException("gone"), OutOfMemoryError.class))
                .isEmpty();
    }
}
