package dev.rivulet.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TransportHeadTest {
    @Test
    void knowsTheStreamsOfBroadcastersAndOfCameras() {
        assertThat(TransportHead.packet(bytes(stream(0, 188)))).contains(188);
        assertThat(TransportHead.packet(bytes(stream(4, 192)))).contains(192);
    }

    @Test
    void nothingElseIsOne() {
        assertThat(TransportHead.packet(bytes(new byte[2000]))).isEmpty();
        byte[] once = new byte[2000];
        once[0] = 0x47;
        assertThat(TransportHead.packet(bytes(once))).isEmpty();
        assertThat(TransportHead.packet(bytes(stream(1, 188)))).isEmpty();
        assertThat(TransportHead.packet(bytes(Arrays.copyOf(stream(0, 188), 900))))
                .isEmpty();
    }

    private static byte[] stream(int first, int packet) {
        byte[] stream = new byte[2000];
        for (int at = first; at < stream.length; at += packet) {
            stream[at] = 0x47;
        }
        return stream;
    }

    private static MovieHead.Bytes bytes(byte[] film) {
        return (offset, length) -> offset + length <= film.length
                ? Optional.of(Arrays.copyOfRange(film, (int) offset, (int) offset + length))
                : Optional.empty();
    }
}
