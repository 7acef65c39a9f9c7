package io.syncline.common.row;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class ParameterSinkTest {

    @Test
    void textAndNumbersBecomeStringsAndTheRestItsBytes() {
        ParameterSink sink = new ParameterSink();
        byte[] bytes = "_12ü_".getBytes(StandardCharsets.UTF_8);

        sink.number(bytes, 1, 2);
        sink.temporal(bytes, 1, 2);
        sink.text(bytes, 3, 2);
        sink.binary(bytes, 3, 2);
        sink.nothing();

        assertThat(sink.values()).containsExactly("12", "12", "ü", new byte[] {(byte) 0xc3, (byte) 0xbc}, null);
    }
}
