package dev.rivulet.job;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VideoIdTest {
    @Test
    void readsWhatItWrites() {
        VideoId id = VideoId.random();

        assertThat(VideoId.parse(id.toString())).contains(id);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1-1-1-1-1",
                "6C2C3A5E-0F4B-4E8A-9D5D-0A1B2C3D4E5F",
                "6c2c3a5e-0f4b-4e8a-9d5d-0a1b2c3d4e5",
                "6c2c3a5e-0f4b-4e8a-9d5d-0a1b2c3d4e5f ",
                "6c2c3a5e0f4b4e8a9d5d0a1b2c3d4e5f",
                "6c2c3a5e-0f4b-4e8a-9d5d-0a1b2c3d4e5g",
                "000000000000000000-0-0-0-00000000000",
                "../../../../../../../../../etc/passwd",
                "{c2c3a5e-0f4b-4e8a-9d5d-0a1b2c3d4e5}",
                "6c2c3a5e-0f4b-4e8a-9d5d-+a1b2c3d4e5f"
            })
    void nothingElseIsAnId(String text) {
        assertThat(VideoId.parse(text)).isEmpty();
    }
}
